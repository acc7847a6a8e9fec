//! Figures, dates, names and quotes of a rewrite, held against invented sources.

use variorum_news::DriftKind;

/// A finding less sure than this is none; between this and what is shown by default, one has to ask for it.
const FOUND: f64 = 0.2;

/// Answers the changed figures, dates, names and quotes of a rewrite, each as `kind: words`.
fn check(source: &str, rewrite: &str, all: bool) -> Vec<String> {
    let check = crate::check(rewrite, &[source.to_owned()], &crate::CollateOptions { all });
    check
        .drift
        .iter()
        .filter(|d| matches!(d.kind, DriftKind::Figure | DriftKind::Date | DriftKind::Name | DriftKind::Quote))
        .filter(|d| d.confidence >= FOUND)
        .map(|d| format!("{}: {}", super::kind(d.kind), d.rewrite.text))
        .collect()
}

/// Holds each rewrite against one source: `=` before it means that nothing was changed, else what must be found.
fn table(source: &str, rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (wanted, rewrite) in rows {
        let found = check(source, rewrite, *wanted != "=");
        let right = match *wanted {
            "=" => found.is_empty(),
            wanted => found.iter().any(|f| f.contains(wanted)),
        };
        if !right {
            wrong.push(format!("{rewrite:?}: wanted {wanted:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const FERRY: &str = "The ferry Linnet ran aground off Delmare on Thursday morning with 187 passengers on board, the harbour \
    office said. Twelve people were injured and three were taken to Saint Orla hospital. The ship, built in 1998, was \
    carrying 46 cars and 1,187,000 litres of fuel. Captain Ada Orr said the rudder had failed at 6:40 a.m. \
    Harbour master Ben Lee said at least 40 volunteers had helped. The operator, Lark Lines, carried 2.4 million people \
    last year, 8 percent more than the year before. Repairs will cost between 3 million and 4 million euros. \
    The nearest port, Tamsin, is 20 miles away. It was the second accident of the company since 2019. \
    Inspectors from Orlava arrived on March 27. The state of New Jersey lent a crane.";

#[test]
fn figures_are_held_against_the_same_thing() {
    table(
        FERRY,
        &[
            ("figure: 178", "The ferry Linnet ran aground off Delmare with 178 passengers on board."),
            ("figure: Fifteen", "Fifteen people were injured when the ferry Linnet ran aground."),
            ("figure: 64 cars", "The ship was carrying 64 cars and a lot of fuel."),
            ("figure: 80 percent", "Lark Lines carried 80 percent more people last year than the year before."),
            ("figure: 3.4 million", "Lark Lines, the operator, carried 3.4 million people last year."),
            ("figure: Some 90 volunteers", "Some 90 volunteers had helped, the harbour master said."),
            ("figure: third", "It was the third accident of the company since 2019."),
            ("figure: 50 miles", "The nearest port, Tamsin, is 50 miles away."),
            ("=", "The ferry Linnet ran aground off Delmare with 187 passengers on board."),
            ("=", "A dozen people were injured when the ferry Linnet ran aground."),
            ("=", "12 people were injured, and three of them were taken to hospital."),
            ("=", "The ship was carrying about 1.2 million litres of fuel."),
            ("=", "Lark Lines, the operator, carried 2.4 million people last year, up 8%."),
            ("=", "The nearest port, Tamsin, is about 32 km away."),
            ("=", "At least 40 volunteers helped, said the harbour master."),
            ("=", "Repairs will cost up to 4 million euros."),
            ("=", "Repairs will cost 3 to 4 million euros."),
            ("=", "It was the company's second accident since 2019."),
            ("=", "The two officials spoke on the same morning."),
            ("=", "More than 180 passengers were on board when the ferry Linnet ran aground off Delmare."),
            ("=", "Nearly 190 passengers were on board when the ferry Linnet ran aground off Delmare."),
            ("=", "The ship was carrying almost 1.2 million litres of fuel and 46 cars."),
            ("=", "1. The ferry Linnet ran aground off Delmare on Thursday morning."),
            ("figure: 46 litres", "The ship, built in 1998, was carrying 46 litres of fuel."),
            ("figure: 20 km", "The nearest port, Tamsin, is 20 km away."),
            ("figure: more than 60 volunteers", "Harbour master Ben Lee said more than 60 volunteers had helped."),
        ],
    );
}

#[test]
fn numbers_that_the_source_gives_together_are_no_invention() {
    let source = "The fire in Tamsin killed 12 men and 3 women on Monday. The mill employed 90 people, of whom 45 were in \
        the building. In the vote 62 percent of the members backed the new rules. The council passed them 234-193.";
    table(
        source,
        &[
            ("=", "The fire in Tamsin killed 15 people on Monday."),
            ("=", "Half of the people employed by the mill were in the building."),
            ("=", "The council passed the rules by 234 votes to 193."),
            ("figure: 19 people", "The fire in Tamsin killed 19 people on Monday."),
            ("figure: 26 percent", "In the vote 26 percent of the members backed the new rules."),
            ("figure: 139", "The council passed the rules by 234 votes to 139."),
        ],
    );
}

#[test]
fn dates_are_held_against_the_same_thing() {
    table(
        FERRY,
        &[
            ("date: March 21", "Inspectors from Orlava arrived on March 21."),
            ("date: March 27, 2021", "Inspectors from Orlava arrived on March 27, 2021."),
            ("date: Tuesday morning", "The ferry Linnet ran aground off Delmare on Tuesday morning."),
            ("date: 2009", "The ship, built in 2009, was carrying 46 cars."),
            ("date: 8:40 a.m", "Captain Ada Orr said the rudder had failed at 8:40 a.m."),
            ("date: next year", "The operator, Lark Lines, will have carried 2.4 million people next year."),
            ("=", "Inspectors from Orlava arrived on 27 March."),
            ("=", "Inspectors from Orlava arrived in March."),
            ("=", "Thursday morning's accident injured twelve people."),
            ("=", "The rudder had failed early in the morning, Captain Orr said."),
            ("date: May 27", "Inspectors from Orlava arrived on May 27."),
            ("date: Friday", "The ferry Linnet ran aground off Delmare on Friday with 187 passengers on board."),
            ("=", "The ferry Linnet ran aground off Delmare on Thursday."),
            ("=", "The ship, which dates from 1998, was carrying 46 cars."),
            ("=", "Captain Ada Orr said the rudder had failed at 6.40am."),
            ("=", "The operator, Lark Lines, carried 2.4 million people last year."),
        ],
    );
}

#[test]
fn names_that_no_source_prints_are_drift() {
    table(
        FERRY,
        &[
            ("name: Oskar Brandt", "Captain Oskar Brandt said the rudder had failed."),
            ("name: Mary Orr", "Captain Mary Orr said the rudder had failed."),
            ("name: Kestrel", "The ferry Kestrel ran aground off Delmare on Thursday morning."),
            ("name: Brenwick", "Inspectors from Brenwick arrived on March 27."),
            ("=", "Captain Orr said the rudder had failed."),
            ("=", "Mr Lee, the harbour master, thanked the volunteers."),
            ("=", "Benjamin Lee, the harbour master, said volunteers had helped."),
            ("=", "Orlavan inspectors arrived on March 27."),
            ("=", "Meanwhile inspectors arrived from Orlava on March 27."),
            ("=", "Repairs to Lark Lines's ship will cost at least 3 million euros."),
            ("=", "N.J. lent a crane."),
            ("=", "The injured were taken to St. Orla hospital."),
            ("=", "Capt. Orr spoke after the Linnet's rudder failed."),
            ("=", "Delmare's harbour office said inspectors from Orlava had arrived."),
            ("=", "Volunteers helped. Afterwards they went home, Lee said."),
            ("name: Nevada", "The state of Nevada lent a crane."),
            ("name: Mercy", "Three of the injured were taken to Mercy General hospital."),
        ],
    );
}

#[test]
fn names_go_by_other_forms() {
    let source = "The U.S. sent two ships to Delmare, the Delmare Fisheries Agency said. Sen. Ada Orr (D-Md.) called the \
        World Food Programme on Monday. Robert Lee of the harbour office praised the British crew. The Delmari president \
        met French officials in Tamsin.";
    table(
        source,
        &[
            ("=", "The United States sent two ships to Delmare."),
            ("=", "American ships were sent to Delmare."),
            ("=", "The DFA said that two ships were sent to Delmare."),
            ("=", "Ada Orr of Maryland called the WFP on Monday."),
            ("=", "Bob Lee of the harbour office praised the crew from Britain."),
            ("=", "Officials from France met the president of Delmare in Tamsin."),
            ("=", "The harbour office's R. Lee praised the crew."),
            ("name: Germany", "Officials from Germany met the president of Delmare in Tamsin."),
            ("name: Virginia", "Ada Orr of Virginia called the programme on Monday."),
        ],
    );
}

#[test]
fn a_name_in_another_place_is_drift() {
    let source = "Ada Orr, the head of the ferry union, called the strike a last resort. The shipowner Carl Dorn told the \
        Delmare Courier that he would not pay higher wages. A student in Tamsin filmed the blocked quay and put the \
        film online. The harbour of Lenz stayed open through the whole week, and fishing boats from Orlava used it.";
    table(
        source,
        &[
            ("name: Lenz", "A student in Lenz filmed the blocked quay and put the film online."),
            ("name: Carl Dorn", "Carl Dorn, head of the ferry union, called the strike a last resort."),
            ("=", "A student in Tamsin filmed the blocked quay and put the film online."),
            ("=", "The head of the ferry union, Ada Orr, called the strike a last resort."),
            ("=", "The shipowner, Carl Dorn, would not pay higher wages, he told the Delmare Courier."),
            ("=", "Fishing boats from Orlava used the harbour of Lenz, which stayed open all week."),
        ],
    );
}

#[test]
fn quoted_words_stand_as_they_were_said() {
    let source = "“We were lucky that no train was on the bridge at that hour,” Ada Orr said. “My colleagues organised \
        the rescue,” she added. Ben Lee called the plan “a costly mistake” and said the city “would have to (finally) \
        choose between the quay and the market.” “It is over,” Lee said, “and we will not come back.”";
    table(
        source,
        &[
            ("quote: We were lucky", "“We were lucky that no bus was on the bridge at that hour,” Ada Orr said."),
            ("quote: a costly triumph", "Ben Lee called the plan “a costly triumph”."),
            ("quote: Nobody could have", "“Nobody could have known about the cracks in the bridge,” Ada Orr said."),
            ("quote: It is over", "“It is over and we will soon come back,” Lee said."),
            ("=", "“We were lucky that no train was on the bridge at that hour,” Ada Orr said."),
            ("=", "Ada Orr said they were \"lucky that no train was on the bridge\"."),
            ("=", "“We were lucky ... at that hour,” said Orr."),
            ("=", "“[They] were lucky that no train was on the bridge,” said Orr."),
            ("=", "“My colleagues organized the rescue,” Orr said."),
            ("=", "The city, Lee said, “would have to choose between the quay and the market.”"),
            ("=", "“It is over and we will not come back,” Lee said."),
            ("=", "Ben Lee called it “a costly mistake”."),
            ("=", "Ada Orr, who wrote the memoir “The Long Quay”, said they were lucky."),
            ("=", "The “rescue” was organised by Ada Orr's colleagues."),
            ("=", "“We were lucky that no train was on the bridge,” said Orr, “at that hour.”"),
            ("quote: My friends", "“My friends organised the whole rescue,” Orr said."),
        ],
    );
}

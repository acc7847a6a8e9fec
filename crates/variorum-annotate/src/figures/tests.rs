use variorum_news::{Figure, Hedge, Spanner, Trend};

use super::lexicon::rows;
use crate::Reading;

fn figures_of(text: &str) -> Vec<Figure> {
    let spanner = Spanner::new(&"r".into(), text);
    let sentences = variorum_text::sentences(text);
    let reading = Reading {
        text,
        spanner: &spanner,
        sentences: &sentences,
        published: None,
        language: Some("en"),
        grammar: None,
    };
    super::figures(&reading, &[], &[])
}

/// The figures of a text with its trees.
fn with_trees(text: &str) -> Vec<Figure> {
    let spanner = Spanner::new(&"r".into(), text);
    let sentences = variorum_text::sentences(text);
    let grammar = crate::grammar::Grammar::new(text, variorum_syntax::Depth::Trees);
    let grammar = Some(&grammar);
    let reading =
        Reading { text, spanner: &spanner, sentences: &sentences, published: None, language: Some("en"), grammar };
    super::figures(&reading, &[], &[])
}

/// Each figure as `[words] value[-high] [unit] [what] [hedge] [trend]`, parted by `; `.
fn said(text: &str) -> String {
    let all: Vec<String> = figures_of(text).iter().map(one).collect();
    all.join("; ")
}

fn one(figure: &Figure) -> String {
    let mut line = format!("[{}] {}", figure.span.text, figure.value);
    if let Some(high) = figure.high {
        line += &format!("-{high}");
    }
    let hedge = figure.hedge.map(hedge_name);
    let trend = figure.trend.map(trend_name);
    for word in [figure.unit.as_deref(), figure.what.as_deref(), hedge, trend].into_iter().flatten() {
        line += &format!(" {word}");
    }
    line
}

fn hedge_name(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::About => "about",
        Hedge::Over => "over",
        Hedge::Under => "under",
        Hedge::AtLeast => "at-least",
        Hedge::AtMost => "at-most",
        Hedge::Between => "between",
    }
}

fn trend_name(trend: Trend) -> &'static str {
    if trend == Trend::Up { "up" } else { "down" }
}

fn check(text: &str, expected: &str) {
    assert_eq!(said(text), expected, "{text}");
}

#[test]
fn number_words() {
    check("Twelve people died.", "[Twelve people] 12 people");
    check("A hundred and sixty-one ferries sank.", "[A hundred and sixty-one ferries] 161 ferries");
    check("They sold two dozen eggs.", "[two dozen eggs] 24 eggs");
    check("Half a million voters stayed home.", "[Half a million voters] 500000 voters");
    check(
        "It sold three million and five million copies.",
        "[three million] 3000000; [five million copies] 5000000 copies",
    );
    check("Two and a half million voters came.", "[Two and a half million voters] 2500000 voters");
    check("She left after five-and-a-half years.", "[five-and-a-half years] 5.5 year");
}

#[test]
fn digits_with_scales() {
    check("It has 1.5 million customers.", "[1.5 million customers] 1500000 customers");
    check("Some 2m people fled.", "[Some 2m people] 2000000 people about");
    check("The wall is 2m tall.", "[2m] 2 m");
    check("A sum of 12,34,567 rupees was paid.", "[12,34,567 rupees] 1234567 rupee");
    check("About 40 000 birds left.", "[About 40 000 birds] 40000 birds about");
}

#[test]
fn money() {
    check("The bridge cost $3.5bn.", "[$3.5bn] 3500000000 USD");
    check("Orr paid Rs 500 and US$20.", "[Rs 500] 500 rupee; [US$20] 20 USD");
    check("He got 12 Canadian dollars.", "[12 Canadian dollars] 12 CAD");
    check("A $48 million army contract was signed.", "[$48 million army contract] 48000000 USD army contract");
    check("It gave $5 million in aid.", "[$5 million in aid] 5000000 USD aid");
    check("Oil cost $70 a barrel.", "[$70 a barrel] 70 USD/bbl");
    check("The firm spent 20 million pounds.", "[20 million pounds] 20000000 GBP");
    check("The $5-billion takeover failed.", "[$5-billion takeover] 5000000000 USD takeover");
}

#[test]
fn shares() {
    check("A 25% tariff on steel imports begins.", "[25% tariff on steel imports] 25 % tariff on steel imports");
    check("Orr won 40 percent of the vote.", "[40 percent of the vote] 40 % vote");
    check("Two-thirds of voters agreed.", "[Two-thirds of voters] 0.6666666666666666 voters");
    check("One in three homes flooded.", "[One in three homes] 0.3333333333333333 homes");
}

#[test]
fn ranges() {
    check("Between 10 and 12 ships came.", "[Between 10 and 12 ships] 10-12 ships between");
    check("It takes 3-5 hours.", "[3-5 hours] 3-5 hour between");
    check("It may cost $3-5 billion.", "[$3-5 billion] 3000000000-5000000000 USD between");
    check("Two or three shots rang out.", "[Two or three shots] 2-3 shots between");
    check("Tickets cost $40 – $60.", "[$40 – $60] 40-60 USD between");
    check("The rate rose from 5% to 8%.", "[5%] 5 %; [8%] 8 % up");
}

#[test]
fn measures() {
    check("A 12-mile road opened.", "[12-mile road] 12 mi road");
    check("They seized 40 tonnes of rice.", "[40 tonnes of rice] 40 t rice");
    check("Winds reached 80 miles an hour.", "[80 miles an hour] 80 mph");
    check("The farm covers 300 square miles.", "[300 square miles] 300 mi2");
    check("He is 5 feet 6 inches tall.", "[5 feet 6 inches] 5.5 ft");
    check("It took half an hour.", "[half an hour] 0.5 hour");
}

#[test]
fn ages() {
    check("A 42-year-old nurse spoke.", "[42-year-old nurse] 42 year nurse");
    check("Ada Orr, 42, said no.", "[42] 42 year");
    check("Bell, aged 9, was found.", "[aged 9] 9 year");
}

#[test]
fn change() {
    check("Exports fell sharply to 12 tonnes.", "[12 tonnes] 12 t down");
    check("Orr announced a 5% rise.", "[5% rise] 5 % rise up");
    check("The bank cut its forecast by 2 percent.", "[2 percent] 2 % down");
    check("Profit was up 4 percent.", "[4 percent] 4 % up");
    check("Police gave up 12 floors.", "[12 floors] 12 floors");
}

#[test]
fn what_is_counted() {
    check("Two U.S. K-12 military planes landed.", "[Two U.S. K-12 military planes] 2 U.S. K-12 military planes");
    check("Nearly 80 rescued sailors each got a bed.", "[Nearly 80 rescued sailors] 80 rescued sailors about");
    check("The 12-member panel met.", "[12-member] 12 member");
    check("Police arrested 12 more teenagers.", "[12 more teenagers] 12 teenagers");
    check("Six of the miners escaped.", "[Six of the miners] 6 miners");
    check("Eight sports teams withdrew.", "[Eight sports teams] 8 sports teams");
    check("The storm killed 12 and injured 40.", "[12] 12; [40] 40");
}

#[test]
fn names_are_no_figures() {
    for text in [
        "A C-17 landed.",
        "The Boeing 737 crashed.",
        "COVID-19 spread.",
        "The iPhone 15 sold well.",
        "He lives at 10 Orchard Street.",
        "Call 555-0199 or 020-555-0100.",
        "Article 5 and Section 230 apply.",
        "Flight 370 took Route 66.",
        "She won at Formula One.",
        "The G7 met.",
        "She ranked No. 10.",
        "The Big Ten voted.",
        "At COP30 nothing happened.",
    ] {
        check(text, "");
    }
}

#[test]
fn times_are_no_figures() {
    for text in [
        "It began in 1998.",
        "On January 26 he left.",
        "On 5 May he left.",
        "It opens at 3:41.",
        "It opens at 5 p.m. today.",
        "The 1990s ended.",
        "The 1842 Example Act stands.",
        "It ran from 2013-14.",
        "On 5/17/2018 it closed.",
        "He finished 21st.",
    ] {
        check(text, "");
    }
}

#[test]
fn pronouns_scores_and_lists_are_no_figures() {
    for text in [
        "One of them left.",
        "No one came.",
        "Reds won 3-2.",
        "Reds led 1 – 0.",
        "1. Wash the rice.",
        "The two said no.",
    ] {
        check(text, "");
    }
}

#[test]
fn a_bare_year_counts_where_it_counts_something() {
    check("The quake left about 1500 people homeless.", "[about 1500 people] 1500 people about");
    check("Police fired 1800 rounds.", "[1800 rounds] 1800 rounds");
    check("In 2010 people fled.", "");
}

#[test]
fn numbers_inside_dates_and_names_are_none() {
    let text = "Group 40 met 12 envoys.";
    let spanner = Spanner::new(&"r".into(), text);
    let sentences = variorum_text::sentences(text);
    let reading = Reading {
        text,
        spanner: &spanner,
        sentences: &sentences,
        published: None,
        language: Some("en"),
        grammar: None,
    };
    let name = variorum_news::Name {
        span: spanner.span(13..22),
        kind: variorum_news::NameKind::Organisation,
        entity: "e1".into(),
        sure: true,
    };
    assert!(super::figures(&reading, &[], &[name]).is_empty());
}

#[test]
fn every_hedge_has_an_example_that_holds() {
    for row in rows(include_str!("../../data/en/hedges.tsv")) {
        let found = figures_of(row[3]);
        assert_eq!(found.len(), 1, "{}", row[3]);
        assert_eq!((found[0].value, found[0].hedge.map(hedge_name)), (40.0, Some(row[1])), "{}", row[3]);
    }
}

#[test]
fn every_change_has_an_example_that_holds() {
    for row in rows(include_str!("../../data/en/trends.tsv")) {
        let found = figures_of(row[3]);
        assert_eq!(found.iter().map(|f| f.trend.map(trend_name)).collect::<Vec<_>>(), [Some(row[0])], "{}", row[3]);
    }
}

#[test]
fn every_unit_has_an_example_that_holds() {
    for (table, example) in
        [(include_str!("../../data/en/units.tsv"), 4), (include_str!("../../data/en/currencies.tsv"), 3)]
    {
        for row in rows(table) {
            let found = figures_of(row[example]);
            let units: Vec<Option<&str>> = found.iter().map(|f| f.unit.as_deref()).collect();
            assert_eq!(units, [Some(row[0])], "{}", row[example]);
        }
    }
}

/// Any mix of pieces yields spans that hold their words, in order and apart, and no panic.
#[test]
fn spans_hold_whatever_the_text() {
    let pieces = [
        "12", "1,200", "½", "two", "hundred", "and", "a", "half", "million", "-", "–", " ", " ", " ", "$", "US$", "%",
        "m", "km", "/", "per", "to", "between", "about", "or", "more", "people", "Boeing", "é", "’s", ".", ",", "(",
        "−", "3/4", "1e9", "x10", "^", "old", "years", "\n", "third", "point", "minus", "dozen", "of", "the", "in",
        "out", "feet", "€", "°C", "один",
    ];
    let mut state: u64 = 7;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let characters: Vec<char> = text.chars().collect();
        let mut last = 0;
        for figure in figures_of(&text) {
            let words: String = characters[figure.span.start..figure.span.end].iter().collect();
            assert_eq!(words, figure.span.text);
            assert!(figure.span.start >= last, "{text}");
            assert!(figure.value.is_finite() && figure.high.is_none_or(|high| high > figure.value), "{text}");
            last = figure.span.end;
        }
    }
}

#[test]
fn long_lines_take_linear_time() {
    for unit in [
        "1,",
        "two ",
        "12 to ",
        "one hundred and ",
        "1-",
        "$",
        "a half of ",
        "5 and ",
        "about ",
        "word ",
        "1 ",
        "point ",
    ] {
        let text = unit.repeat(60_000 / unit.len());
        // Work that grows with the square of the length runs into the runner's time limit.
        figures_of(&text);
        with_trees(&text[..3_000]);
    }
}

#[test]
fn spans_hold_with_trees_too() {
    let pieces = [
        "12 ", "up ", "$3m ", "of ", "dozens ", "to ", "rose ", "by ", "5% ", "a ", "day, ", "é’s ", "prices ", "\n",
        "per ", "20, 000 ",
    ];
    let mut state: u64 = 11;
    for _ in 0..40 {
        let mut text = String::new();
        for _ in 0..60 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let characters: Vec<char> = text.chars().collect();
        let mut last = 0;
        for figure in with_trees(&text) {
            let words: String = characters[figure.span.start..figure.span.end].iter().collect();
            assert_eq!(words, figure.span.text);
            assert!(figure.span.start >= last, "{text}");
            last = figure.span.end;
        }
    }
}

#[test]
fn the_tree_tells_what_and_which_way() {
    let told = |text: &str| {
        let one =
            |f: &Figure| format!("{} {} {}", f.value, f.what.as_deref().unwrap_or("-"), f.trend.map_or("", trend_name));
        with_trees(text).iter().map(one).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(told("Unemployment stood at 5%."), "5 Unemployment ");
    assert_eq!(told("The bank cut its forecast by 2 percent."), "2 forecast down");
    assert_eq!(told("A tariff of 25% begins."), "25 tariff ");
    assert_eq!(told("The team won five of its last eight games."), "5 games ; 8 games ");
    assert_eq!(told("The jets dropped 12 bombs."), "12 bombs ");
    assert_eq!(told("The index closed up 120 points."), "120 points up");
    assert_eq!(told("Police gave up 12 floors."), "12 floors ");
    assert_eq!(told("The film racked up $3 million."), "3000000 - ");
    assert_eq!(told("Twelve were killed and 30 injured."), "12 - ; 30 - ");
}

#[test]
fn a_unit_may_count_for_two() {
    check("Shares rose 3 and 5 percent.", "[3] 3 % up; [5 percent] 5 %");
    check("Orr scored 12 and 3 minutes later left.", "[12] 12; [3 minutes] 3 minute");
    check("It fell from -18 °C to -34 °C.", "[-18 °C] -18 °C; [-34 °C] -34 °C down");
}

#[test]
fn vague_amounts_are_marked() {
    let vague = |text: &str| figures_of(text).iter().map(|f| (f.value, f.vague)).collect::<Vec<_>>();
    assert_eq!(vague("Dozens of ferries sank."), [(24.0, true)]);
    assert_eq!(vague("Tens of thousands of people fled."), [(20_000.0, true)]);
    assert_eq!(vague("Several hundred workers left."), [(200.0, true)]);
    assert_eq!(vague("Two dozen ferries sank."), [(24.0, false)]);
    assert_eq!(vague("It lasted hundreds of years."), []);
    assert_eq!(vague("Several workers left."), []);
}

#[test]
fn what_an_amount_is_reckoned_by() {
    let per = |text: &str| figures_of(text)[0].per.clone();
    assert_eq!(per("It runs three flights a day.").as_deref(), Some("day"));
    assert_eq!(per("Tickets cost $20 per person.").as_deref(), Some("person"));
    assert_eq!(per("Oil cost $70 a barrel.").as_deref(), Some("barrel"));
    assert_eq!(per("A $2,000-a-night hotel opened.").as_deref(), Some("night"));
    assert_eq!(per("It sold 5 million shares a year earlier."), None);
}

#[test]
fn a_way_is_no_bound() {
    let hedge = |text: &str| figures_of(text).first().and_then(|f| f.hedge);
    assert_eq!(hedge("Smoke drifted over three streets of the town."), None);
    assert_eq!(hedge("The wind carried it over three streets of the town."), None);
    assert_eq!(hedge("The ferry carried over 300 passengers."), Some(Hedge::Over));
    assert_eq!(hedge("The state paid them about 300 euros."), Some(Hedge::About));
    assert_eq!(hedge("The council moved around 1,500 residents."), Some(Hedge::About));
}

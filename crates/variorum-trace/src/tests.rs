//! Cases that a newsreader would name: the texts, the places and the people are invented.

use proptest::prelude::*;
use variorum_news::{Credit, CreditKind, Edge, EdgeKind, Lineage, Report, Source, Span};

use crate::{explain, trace};

pub(crate) const WIRE: &str = "\
A fire on the car ferry Sula Star forced the evacuation of 214 passengers off Port Halvik early on Tuesday, the coast guard said.
The blaze broke out on the lower vehicle deck at about 3:40 a.m. while the ship was 12 kilometres from the harbour mouth.
Crew members tried to smother the flames with carbon dioxide before the captain ordered everyone into lifeboats.
Nine people were treated for smoke inhalation and one engineer, Tomas Berrin, was flown to hospital in Orsund with burns.
Investigators believe an electric van that had been recalled by its maker in March may have started the fire.
The ferry company, Nordlinje, suspended all sailings on the route and offered refunds to about 3,000 ticket holders.
Transport Minister Edda Falk said an inquiry would examine why the recalled van had been allowed aboard.
The Sula Star, built in 1998, passed a safety inspection in January despite two faults in its sprinkler system.
Salvage tugs were towing the listing vessel towards a repair yard at Brenn, a journey expected to take 30 hours.";

pub(crate) const REWRITE: &str = "\
Passengers were rescued from a burning ferry near Port Halvik on Tuesday morning after flames spread through the car deck of the Sula Star.
More than 200 travellers had to leave the vessel when the fire started around 3:40 a.m., roughly 12 kilometres away from the harbour mouth.
The crew first attempted to smother the blaze using carbon dioxide, but the captain soon told everyone to board the lifeboats.
Several people needed treatment for smoke inhalation, and engineer Tomas Berrin was taken by air to an Orsund hospital because of his burns.
An electric van recalled by its manufacturer in March is suspected of having started the fire, investigators believe.
Nordlinje has suspended sailings on the route and is offering refunds to approximately 3,000 customers holding tickets.
Minister Edda Falk announced that an inquiry would look at why the recalled van was permitted aboard.
The ship had passed its January safety inspection even though two faults were known in the sprinkler system.";

pub(crate) const INDEPENDENT: &str = "\
Holidaymakers huddled in blankets at the Halvik seamen's mission yesterday and described a night of terror at sea.
“We woke to the alarm and the corridor was black,” said Ingrid Moen, a teacher from Tarvik who was travelling with her 2 sons.
Local fishermen in at least 17 small boats reached the Sula Star before the rescue helicopters and pulled people from the water.
Mayor Olav Rust praised them and opened the town's sports hall, where volunteers served 400 hot meals by noon.
The harbour office said the ferry had sailed 50 minutes late because of trouble with a loading ramp.
Union leader Marit Haug accused the operator of cutting its night crews from 31 to 24 last autumn.
Shares in Nordlinje fell 8 percent when the exchange opened, wiping out $90 million of value.
Divers from the naval base at Kolby will look at the hull on Thursday if the wind drops.";

pub(crate) fn report(id: &str, text: &str) -> Report {
    Report::of_text(id, text)
}

fn of(reports: &[&Report]) -> Lineage {
    trace(reports)
}

fn only_edge(a: &Report, b: &Report) -> Edge {
    let lineage = of(&[a, b]);
    assert_eq!(lineage.edges.len(), 1, "{:#?}", lineage.edges);
    lineage.edges[0].clone()
}

fn from(id: &str) -> Source {
    Source::Report(id.into())
}

pub(crate) fn lines(text: &str, keep: &[usize]) -> String {
    let all: Vec<&str> = text.lines().collect();
    keep.iter().map(|at| all[*at]).collect::<Vec<_>>().join("\n")
}

#[test]
fn wire_copy_with_a_changed_word_is_a_copy() {
    let mut wire = report("wire", WIRE);
    let mut copy = report("copy", &WIRE.replace("vessel", "ship").replace("early on Tuesday", "on Tuesday"));
    wire.published = Some("2024-05-07T06:00:00Z".into());
    copy.published = Some("2024-05-07T09:30:00+02:00".into());
    let edge = only_edge(&wire, &copy);
    assert_eq!((edge.kind, edge.from, &*edge.to), (EdgeKind::Copy, from("wire"), "copy"));
    assert!(edge.score > 0.95 && !edge.evidence.is_empty());
}

#[test]
fn a_cut_down_text_is_an_excerpt_whatever_its_name() {
    let (wire, cut) = (report("z-wire", WIRE), report("a-cut", &lines(WIRE, &[0, 2, 4, 6])));
    let edge = only_edge(&wire, &cut);
    assert_eq!((edge.kind, edge.from), (EdgeKind::Excerpt, from("z-wire")));
}

#[test]
fn told_again_with_hedged_numbers_is_a_rewrite() {
    let (wire, rewrite) = (report("z-wire", WIRE), report("a-rewrite", REWRITE));
    let edge = only_edge(&wire, &rewrite);
    assert_eq!((edge.kind, edge.from), (EdgeKind::Rewrite, from("z-wire")));
    assert!(!edge.credited);
}

#[test]
fn who_reaches_past_the_plain_word_wrote_second() {
    let plain = "The harbour board of Delmare voted on Monday to shut the old fish market and sell the land to a builder.\n\
                 Ada Orr, who has run a stall there for years, said the board had not asked the traders what they want.\n\
                 The market opened in the spring after the war and feeds most of the small shops near the quay.\n\
                 Ben Lee of the board said the roof leaks, the floor is not safe and the town has no money to mend it.";
    let fancy = "Delmare's harbour board decided on Monday to discontinue the historic fish market and transfer the land to a developer.\n\
                 Ada Orr, who has operated a stall there for years, complained that the board had not consulted the merchants.\n\
                 The market was established in the spring following the war and supplies numerous small establishments near the quay.\n\
                 Ben Lee of the board explained that the roof is deteriorating, the floor is dangerous and the municipality lacks the money for repairs.";
    for ids in [["a", "b"], ["b", "a"]] {
        let edge = only_edge(&report(ids[0], plain), &report(ids[1], fancy));
        assert_eq!((edge.kind, edge.from), (EdgeKind::Rewrite, from(ids[0])));
    }
}

#[test]
fn the_words_of_rewriting_speak_for_the_other_as_the_source() {
    let padded = "Brace yourselves: a shocking blaze tore through the car deck of the ferry Sula Star near Port Halvik on Tuesday, these reports reveal.\n\
                  Additionally, 214 frightened individuals were forced to abandon the vessel, and despite the significant danger their courage was truly staggering.\n\
                  The captain expressed that this crucial order to board the lifeboats saved countless individuals from a horrifying fate.\n\
                  Engineer Tomas Berrin, 52, was flown to a hospital in Orsund with various significant burns, highlighting the potential dangers of this incident.\n\
                  Believe it or not, the Sula Star, built in 1998, passed a safety inspection in January despite these shocking faults in its sprinkler system.\n\
                  This heartbreaking incident truly emphasized the importance of safety for individuals everywhere.";
    let plain = "A fire broke out on the car deck of the ferry Sula Star near Port Halvik on Tuesday, officers said.\n\
                 The 214 people on board would leave the vessel at first light, and the danger was not over by noon, the harbour office said.\n\
                 The captain said he gave the order to board the lifeboats.\n\
                 Engineer Tomas Berrin, 52, was flown to a hospital in Orsund with burns, which a doctor said were severe.\n\
                 The Sula Star, built in 1998, had passed a safety inspection in January though faults were found in its sprinkler system.\n\
                 Nine people were treated on the quay, Ada Orr of the coast guard said.";
    let register = |a: &str, b: &str| {
        let measures = crate::measures(&report("a", a), &report("b", b));
        measures.into_iter().find(|(name, _)| *name == "direction.register").map(|(_, value)| value)
    };
    assert_eq!(register(plain, padded), Some(1.0), "as far as it counts at all");
    assert_eq!(register(padded, plain), Some(-1.0));
    let mut first = report("a", plain);
    first.outlet = Some("Halvik Tribune".into());
    let mut second = report("b", padded);
    second.credits.push(credit("Halvik Tribune"));
    let said = only_edge(&first, &second).explain;
    assert!(said.contains("b alone has words of texts told again (“"), "{said}");
}

#[test]
fn a_passage_between_two_frames_may_have_gone_either_way() {
    let a = report("a", &format!("{}\n{}", lines(WIRE, &[1, 2, 3]), lines(INDEPENDENT, &[0, 1, 2])));
    let b = report("b", &format!("{}\n{}", lines(WIRE, &[1, 2, 3]), lines(INDEPENDENT, &[4, 5, 6])));
    let edge = only_edge(&a, &b);
    assert!(edge.explain.contains("neither is taken for the source"), "{}", edge.explain);
}

#[test]
fn another_reporter_at_the_same_event_is_no_kin() {
    let (wire, own) = (report("wire", WIRE), report("own", INDEPENDENT));
    let lineage = of(&[&wire, &own]);
    assert_eq!(lineage.edges, []);
    assert_eq!(lineage.origins.len(), 2);
}

#[test]
fn the_same_press_quotes_make_no_kin() {
    let quote = "“We will leave no question open, and nobody who put lives at risk will escape a hearing in this matter,” \
                 Minister Edda Falk said.";
    let (a, b) = (report("a", &lines(WIRE, &[1, 5, 7, 8])), report("b", INDEPENDENT));
    let (a, b) = (report("a", &format!("{quote}\n{}", a.text)), report("b", &format!("{}\n{quote}", b.text)));
    assert_eq!(of(&[&a, &b]).edges, []);
}

#[test]
fn two_cuts_of_an_absent_wire_share_an_origin() {
    let a = report("a", &lines(WIRE, &[0, 1, 2, 3, 4, 6, 8]));
    let b = report("b", &lines(REWRITE, &[0, 2, 3, 4, 6, 7]));
    let lineage = of(&[&a, &b]);
    assert_eq!(lineage.origins.len(), 1);
}

#[test]
fn a_credit_beats_the_dates() {
    let (mut wire, mut rewrite) = (report("wire", WIRE), report("blog", REWRITE));
    wire.outlet = Some("Halvik Tribune".into());
    wire.published = Some("2024-05-09".into());
    // The blog claims to be older than the text that it names as its source.
    rewrite.published = Some("2024-05-01".into());
    rewrite.credits.push(credit("www.halviktribune.example"));
    let edge = only_edge(&wire, &rewrite);
    assert_eq!((edge.from, edge.credited), (from("wire"), true));
}

#[test]
fn back_dating_a_cut_down_text_makes_no_source_of_it() {
    let (mut wire, mut cut) = (report("wire", WIRE), report("cut", &lines(WIRE, &[0, 4, 6])));
    wire.published = Some("2024-05-09".into());
    cut.published = Some("2024-05-01".into());
    assert_eq!(only_edge(&wire, &cut).from, from("wire"));
}

#[test]
fn an_outlet_named_beside_a_cue_is_a_credit_with_its_words() {
    let mut wire = report("wire", WIRE);
    wire.outlet = Some("Halvik Tribune".into());
    let rewrite = report("blog", &format!("{REWRITE}\nThis story was first reported by Halvik Tribune."));
    let edge = only_edge(&wire, &rewrite);
    assert!(edge.credited);
    let named = edge.evidence.iter().find(|e| e.from.is_none()).expect("the credit is evidence");
    assert_eq!(named.to.text, "reported by Halvik Tribune");
}

#[test]
fn a_credit_whose_span_is_not_its_words_keeps_no_span() {
    let mut rewrite = report("blog", REWRITE);
    let mut named = credit("Orsund Post");
    named.span = Some(Span { report: "blog".into(), start: 3, end: 14, text: "Orsund Post".into() });
    rewrite.credits.push(named);
    assert_eq!(of(&[&rewrite]).edges[0].evidence, []);
}

#[test]
fn an_absent_source_gives_an_edge_from_outside() {
    let mut rewrite = report("blog", REWRITE);
    rewrite.credits.push(credit("Orsund Post"));
    let lineage = of(&[&rewrite]);
    assert_eq!(lineage.edges.len(), 1);
    assert_eq!(lineage.edges[0].from, Source::Outside { outside: "Orsund Post".into() });
    assert!(lineage.edges[0].credited);
}

#[test]
fn two_that_credit_one_absent_source_share_it() {
    let (mut a, mut b) = (report("a", WIRE), report("b", REWRITE));
    a.credits.push(credit("Orsund Post"));
    b.credits.push(credit("orsundpost.example"));
    let lineage = of(&[&a, &b]);
    assert!(lineage.edges.iter().any(|e| e.kind == EdgeKind::SharedOrigin && e.from == from("a") && &*e.to == "b"));
    assert_eq!(lineage.origins.len(), 1);
}

#[test]
fn two_outlets_with_names_alike_are_two() {
    let (mut wire, mut rewrite) = (report("wire", WIRE), report("blog", REWRITE));
    wire.outlet = Some("Orsund Post".into());
    rewrite.credits.push(credit("Orsund Evening Post"));
    let lineage = of(&[&wire, &rewrite]);
    assert!(lineage.edges.iter().all(|e| !e.credited || matches!(e.from, Source::Outside { .. })));
}

#[test]
fn one_source_for_each_and_one_family() {
    let (wire, rewrite) = (report("wire", WIRE), report("rewrite", REWRITE));
    let cut = report("cut", &lines(WIRE, &[0, 2, 4, 6]));
    let own = report("own", INDEPENDENT);
    let lineage = of(&[&own, &cut, &rewrite, &wire]);
    let origins: Vec<Vec<&str>> = lineage.origins.iter().map(|o| o.iter().map(|id| &**id).collect()).collect();
    assert_eq!(origins, [vec!["cut", "rewrite", "wire"], vec!["own"]]);
    assert_eq!(lineage.edges.len(), 2);
    assert!(lineage.edges.iter().all(|e| e.from == from("wire")), "{:#?}", lineage.edges);
}

#[test]
fn how_likely_two_are_kin_is_told_for_pairs_and_families() {
    let (wire, rewrite, own) = (report("1", WIRE), report("2", REWRITE), report("3", INDEPENDENT));
    let cut = report("4", &lines(WIRE, &[0, 2, 4, 6]));
    let profiles = crate::profiles(&[&wire, &rewrite, &own, &cut]);
    let (pairs, unmeasured) = crate::candidates::pairs(&profiles);
    let links: crate::forest::Links =
        pairs.into_iter().map(|(a, b)| ((a, b), crate::link::judge(&profiles[a], &profiles[b]))).collect();
    let kinship = |x: &[usize], y: &[usize]| crate::forest::kinship(&links, x, y, unmeasured);
    assert_eq!(kinship(&[0], &[3]), links[&(0, 3)].kinship());
    assert!(kinship(&[0], &[1]) > 0.8 && kinship(&[0, 1], &[3]) > 0.8);
    assert!(kinship(&[0], &[2]) < 0.2 && kinship(&[2], &[0, 1, 3]) < 0.2);
}

#[test]
fn reports_without_words_are_origins_of_their_own() {
    let (empty, dots, wire) = (report("empty", ""), report("dots", "…\n—"), report("wire", WIRE));
    let lineage = of(&[&wire, &dots, &empty]);
    assert_eq!((lineage.edges.len(), lineage.origins.len()), (0, 3));
}

#[test]
fn an_explanation_quotes_words_of_both() {
    let (wire, own, rewrite) = (report("wire", WIRE), report("own", INDEPENDENT), report("rewrite", REWRITE));
    let said = explain(&wire, &rewrite).join(" ");
    assert!(said.starts_with("Linked") && said.contains("“214”"), "{said}");
    let said = explain(&wire, &own).join(" ");
    assert!(said.starts_with("Not linked") && said.contains("“17”"), "{said}");
}

#[test]
fn a_large_story_is_traced_like_a_small_one() {
    let copies: Vec<Report> = (0..200)
        .map(|n| report(&format!("copy-{n:03}"), &WIRE.replace("Tuesday", ["Monday", "Friday"][n % 2])))
        .collect();
    let own = report("own", INDEPENDENT);
    let all: Vec<&Report> = copies.iter().chain([&own]).collect();
    assert_eq!(of(&all).origins.len(), 2);
}

#[test]
fn the_tables_can_be_read() {
    for row in
        crate::rows::of(include_str!("../data/weights.tsv")).chain(crate::rows::of(include_str!("../data/numbers.tsv")))
    {
        assert!(row.len() == 3 && row[1].parse::<f64>().is_ok(), "{row:?}");
    }
    for row in crate::rows::of(include_str!("../data/register.tsv")) {
        assert!(row[0] == row[0].to_lowercase() && row[1].parse::<f32>().is_ok(), "{row:?}");
    }
    for row in crate::rows::of(include_str!("../data/numbers.tsv")) {
        assert!(row[2].contains(row[0]), "{row:?}");
    }
    // Every measure has its weight.
    assert!(only_edge(&report("a", WIRE), &report("b", REWRITE)).score > 0.5);
}

#[test]
fn every_cue_credits_in_its_example() {
    for row in crate::rows::of(include_str!("../data/credit-cues.tsv")) {
        let mut wire = report("wire", WIRE);
        wire.outlet = Some("Alder Courier".into());
        let edge = only_edge(&wire, &report("blog", &format!("{REWRITE}\n{}", row[1])));
        assert!(edge.credited, "{}", row[1]);
    }
}

fn credit(source: &str) -> Credit {
    Credit { source: source.into(), kind: CreditKind::OriginalSource, text: format!("Source: {source}"), span: None }
}

/// Tells whether the edges between reports make no circle and give no report two sources.
fn is_forest(lineage: &Lineage) -> bool {
    let between = lineage.edges.iter().filter_map(|edge| match &edge.from {
        Source::Report(from) => Some((from, &edge.to, edge.kind)),
        Source::Outside { .. } => None,
    });
    let mut family: std::collections::BTreeMap<_, _> =
        lineage.origins.iter().flatten().enumerate().map(|(n, id)| (id, n)).collect();
    let mut sourced = std::collections::BTreeSet::new();
    between.into_iter().all(|(from, to, kind)| {
        let (x, y) = (family[from], family[to]);
        family.values_mut().filter(|f| **f == y).for_each(|f| *f = x);
        x != y && (kind == EdgeKind::SharedOrigin || sourced.insert(to))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_depends_on_the_order_and_spans_are_slices(
        keeps in prop::collection::vec(prop::collection::vec(0usize..8, 1..8), 2..6),
        turn in 0usize..6,
    ) {
        let reports: Vec<Report> = keeps
            .iter()
            .enumerate()
            .map(|(n, keep)| report(&format!("r{n}é"), &lines([WIRE, REWRITE, INDEPENDENT][n % 3], keep)))
            .collect();
        let mut order: Vec<&Report> = reports.iter().collect();
        let lineage = of(&order);
        let turn = turn % order.len();
        order.rotate_left(turn);
        order.reverse();
        prop_assert_eq!(&lineage, &of(&order));
        prop_assert!(is_forest(&lineage), "{:#?}", lineage.edges);
        let mut members: Vec<_> = lineage.origins.iter().flatten().cloned().collect();
        members.sort();
        prop_assert_eq!(members, reports.iter().map(|r| r.id.clone()).collect::<Vec<_>>());
        for span in lineage.edges.iter().flat_map(|e| &e.evidence).flat_map(|e| e.from.iter().chain([&e.to])) {
            let report = reports.iter().find(|r| r.id == span.report).expect("a span names a report at hand");
            let words: String = report.text.chars().skip(span.start).take(span.end - span.start).collect();
            prop_assert_eq!(&words, &span.text);
        }
    }
}

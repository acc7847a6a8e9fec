//! Nobody can make himself the origin: what a copier may try, each told as a reader would tell it. All of it is invented.

use variorum_news::{Credit, CreditKind, EdgeKind, Lineage, Report, Source};

use crate::tests::{INDEPENDENT, REWRITE, WIRE, lines, report};
use crate::{explain, trace};

fn of(outlet: &str, text: &str) -> Report {
    let mut of = report(outlet, text);
    of.outlet = Some(outlet.into());
    of.url = Some(format!("https://{}.example/ferry", outlet.to_lowercase().replace(' ', "")));
    of
}

fn credit(source: &str, kind: CreditKind) -> Credit {
    Credit { source: source.into(), kind, text: format!("({source})"), span: None }
}

fn crediting(mut report: Report, source: &str, kind: CreditKind) -> Report {
    report.credits.push(credit(source, kind));
    report
}

fn seen(mut report: Report, at: &str) -> Report {
    report.extra.insert("seen".into(), at.into());
    report
}

/// A report that a watcher had not found at one time, and found at another.
fn found(mut report: Report, unseen: &str, at: &str) -> Report {
    report.extra.insert("unseen".into(), unseen.into());
    seen(report, at)
}

fn published(mut report: Report, at: &str) -> Report {
    report.published = Some(at.into());
    report
}

/// Returns the report that another has its words from, if any.
fn source_of(lineage: &Lineage, to: &str) -> Option<String> {
    let edge = lineage.edges.iter().find(|e| *e.to == *to && e.kind != EdgeKind::SharedOrigin)?;
    match &edge.from {
        Source::Report(id) => Some(id.to_string()),
        Source::Outside { outside } => Some(format!("«{outside}»")),
    }
}

fn check_source(reports: &[&Report], to: &str, expected: Option<&str>) -> Lineage {
    let lineage = trace(reports);
    assert_eq!(source_of(&lineage, to).as_deref(), expected, "{:#?}", lineage.edges);
    lineage
}

/// The tribune's story, cut by a thief who wants to have been first.
fn cut() -> String {
    lines(WIRE, &[0, 1, 4, 6])
}

#[test]
fn a_back_dated_cut_does_not_come_first() {
    let tribune = published(of("Halvik Tribune", WIRE), "2024-05-07T09:00:00Z");
    let thief = published(of("Alder Echo", &cut()), "2024-05-01T09:00:00Z");
    let lineage = check_source(&[&tribune, &thief], "Alder Echo", Some("Halvik Tribune"));
    assert!(
        lineage.edges[0].explain.contains("though Alder Echo claims an earlier date"),
        "{}",
        lineage.edges[0].explain
    );
}

#[test]
fn first_seen_outweighs_a_claimed_date() {
    let tribune = seen(published(of("Halvik Tribune", WIRE), "2024-05-07T09:00:00Z"), "2024-05-07T09:10:00Z");
    let thief = seen(published(of("Alder Echo", WIRE), "2024-05-06T09:00:00Z"), "2024-05-07T15:00:00Z");
    let lineage = check_source(&[&thief, &tribune], "Alder Echo", Some("Halvik Tribune"));
    assert!(lineage.edges[0].explain.contains("it was seen first, whatever earlier date Alder Echo"));
}

#[test]
fn a_feed_that_back_dates_what_it_had_not_an_hour_ago_was_not_first() {
    let tribune = published(of("Halvik Tribune", WIRE), "2024-05-07T09:00:00Z");
    let tribune = found(tribune, "2024-05-07T08:50:00Z", "2024-05-07T09:50:00Z");
    let thief = published(of("Alder Echo", WIRE), "2024-05-06T09:00:00Z");
    // Both were found in looks that overlap, so that sight alone says nothing.
    let thief = found(thief, "2024-05-07T09:10:00Z", "2024-05-07T10:10:00Z");
    check_source(&[&thief, &tribune], "Alder Echo", Some("Halvik Tribune"));
    // A look that ended before the other began does.
    let thief = found(
        published(of("Alder Echo", WIRE), "2024-05-06T09:00:00Z"),
        "2024-05-07T10:00:00Z",
        "2024-05-07T11:00:00Z",
    );
    check_source(&[&thief, &tribune], "Alder Echo", Some("Halvik Tribune"));
}

#[test]
fn whose_feed_was_asked_first_is_not_who_was_first() {
    let tribune = published(of("Halvik Tribune", WIRE), "2024-05-07T09:00:00Z");
    let tribune = found(tribune, "2024-05-07T08:50:00Z", "2024-05-07T09:50:00Z");
    let echo = published(of("Alder Echo", WIRE), "2024-05-07T09:20:00Z");
    let echo = found(echo, "2024-05-07T08:25:00Z", "2024-05-07T09:25:00Z");
    check_source(&[&echo, &tribune], "Alder Echo", Some("Halvik Tribune"));
}

#[test]
fn a_missing_date_wins_nothing() {
    let tribune = published(of("Halvik Tribune", WIRE), "2024-05-07T09:00:00Z");
    check_source(&[&tribune, &of("Alder Echo", &cut())], "Alder Echo", Some("Halvik Tribune"));
    // Two copies alike, of which one hides its date: the one that says when it was published comes first.
    check_source(&[&tribune, &of("Alder Echo", WIRE)], "Alder Echo", Some("Halvik Tribune"));
    check_source(&[&tribune, &of("Zeta Echo", WIRE)], "Zeta Echo", Some("Halvik Tribune"));
}

#[test]
fn a_copied_byline_changes_nothing() {
    let (mut tribune, mut thief) = (of("Halvik Tribune", WIRE), of("Alder Echo", &cut()));
    (tribune.byline, thief.byline) = (vec!["Ada Orr".into()], vec!["Ada Orr".into()]);
    check_source(&[&tribune, &thief], "Alder Echo", Some("Halvik Tribune"));
    let mut own = of("Alder Echo", INDEPENDENT);
    own.byline = vec!["Ada Orr".into()];
    assert_eq!(trace(&[&tribune, &own]).origins.len(), 2);
}

#[test]
fn letters_in_disguise_make_no_words_of_ones_own() {
    let hidden =
        |mark: char| -> String { WIRE.chars().flat_map(|c| if c == 'e' { vec![mark, c] } else { vec![c] }).collect() };
    let cyrillic: String = WIRE
        .chars()
        .map(|c| match c {
            'a' => 'а',
            'e' => 'е',
            'o' => 'о',
            'p' => 'р',
            c => c,
        })
        .collect();
    let wide: String = WIRE
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
        .collect();
    let accented = WIRE.replace('o', "ó");
    for (n, text) in
        [hidden('\u{200b}'), hidden('\u{ad}'), hidden('\u{2060}'), cyrillic, wide, accented].iter().enumerate()
    {
        let tribune = published(of("Halvik Tribune", WIRE), "2024-05-07");
        let thief = published(of("Alder Echo", text), "2024-05-08");
        let lineage = check_source(&[&tribune, &thief], "Alder Echo", Some("Halvik Tribune"));
        assert_eq!(lineage.edges[0].kind, EdgeKind::Copy, "disguise {n}");
        for span in lineage.edges[0].evidence.iter().map(|e| &e.to) {
            let words: String = text.chars().skip(span.start).take(span.end - span.start).collect();
            assert_eq!(words, span.text, "spans point into the text as it came");
        }
    }
}

#[test]
fn a_credit_to_a_source_that_does_not_hold_it_ties_nothing() {
    for kind in [CreditKind::OriginalSource, CreditKind::ReportedBy] {
        let tribune = of("Halvik Tribune", WIRE);
        let own = crediting(of("Alder Echo", INDEPENDENT), "Halvik Tribune", kind);
        let lineage = trace(&[&tribune, &own]);
        assert_eq!(lineage.origins.len(), 2, "{kind:?}");
        assert!(lineage.edges.iter().all(|edge| matches!(edge.from, Source::Outside { .. })), "{kind:?}");
        let said = explain(&tribune, &own).join(" ");
        assert!(said.contains("does not hold what it tells"), "{said}");
    }
}

#[test]
fn nobody_is_his_own_source() {
    let tribune = of("Halvik Tribune", WIRE);
    let thief = crediting(of("Alder Echo", &cut()), "alderecho.example", CreditKind::OriginalSource);
    let lineage = check_source(&[&tribune, &thief], "Alder Echo", Some("Halvik Tribune"));
    assert_eq!(lineage.edges.len(), 1);
}

#[test]
fn who_credit_each_other_prove_nothing() {
    let tribune = crediting(of("Halvik Tribune", WIRE), "Alder Echo", CreditKind::OriginalSource);
    let thief = crediting(of("Alder Echo", &cut()), "Halvik Tribune", CreditKind::OriginalSource);
    let lineage = check_source(&[&tribune, &thief], "Alder Echo", Some("Halvik Tribune"));
    assert!(lineage.edges[0].explain.contains("each names the other"), "{}", lineage.edges[0].explain);
    let a = crediting(of("Alder Echo", WIRE), "Brenn Post", CreditKind::OriginalSource);
    let b = crediting(of("Brenn Post", WIRE), "Corvik Times", CreditKind::OriginalSource);
    let c = crediting(of("Corvik Times", WIRE), "Alder Echo", CreditKind::OriginalSource);
    let lineage = trace(&[&a, &b, &c]);
    assert_eq!((lineage.origins.len(), lineage.edges.len()), (1, 2), "a circle has one edge fewer than it claims");
}

#[test]
fn a_copied_credit_line_leads_to_who_wrote_it() {
    // The Echo retells the Tribune and says so; the Post takes the Echo's text with its credit.
    let tribune = of("Halvik Tribune", WIRE);
    let echo = crediting(of("Alder Echo", REWRITE), "Halvik Tribune", CreditKind::OriginalSource);
    let post = crediting(
        of("Brenn Post", &REWRITE.replace("frightened", "scared")),
        "Halvik Tribune",
        CreditKind::OriginalSource,
    );
    let lineage =
        trace(&[&published(tribune, "2024-05-07"), &published(echo, "2024-05-08"), &published(post, "2024-05-09")]);
    assert_eq!(lineage.origins.len(), 1);
    assert_eq!(source_of(&lineage, "Halvik Tribune"), None, "{:#?}", lineage.edges);
    assert_eq!(source_of(&lineage, "Alder Echo").as_deref(), Some("Halvik Tribune"));
}

#[test]
fn a_borrowed_name_is_not_the_outlet() {
    // The Echo calls itself the Tribune, whose own page is at hand: the Post's credit means the Tribune.
    let tribune = of("Halvik Tribune", WIRE);
    let mut echo = of("Halvik Tribune", &lines(WIRE, &[0, 1, 2, 3, 5, 6, 7]));
    (echo.id, echo.url) = ("echo".into(), Some("https://alderecho.example/1".into()));
    let post = crediting(of("Brenn Post", REWRITE), "Halvik Tribune", CreditKind::OriginalSource);
    check_source(&[&tribune, &echo, &post], "Brenn Post", Some("Halvik Tribune"));
}

#[test]
fn an_outlet_is_known_by_its_short_name_where_no_other_is_called_so() {
    let courier = of("Delmare Courier", WIRE);
    let post = crediting(of("Brenn Post", REWRITE), "Courier", CreditKind::ReportedBy);
    let lineage = check_source(&[&courier, &post], "Brenn Post", Some("Delmare Courier"));
    assert!(lineage.edges.len() == 1 && lineage.edges[0].credited);
    let other = of("Alder Courier", INDEPENDENT);
    let lineage = trace(&[&courier, &other, &post]);
    assert!(lineage.edges.iter().any(|e| e.from == Source::Outside { outside: "Courier".into() }), "which Courier?");
}

/// Ten mastheads with the same wire copy, each with its headline, small edits and a last paragraph of its own.
fn mastheads() -> Vec<Report> {
    let marks = ["(Reuters) - ", "(REUTERS) – ", "(Reuters) — "];
    let towns = ["Alder", "Brenn", "Corvik", "Dunmar", "Elsun", "Farrow", "Garn", "Holm", "Ister", "Jarrow"];
    let edits = [("vessel", "ship"), ("said", "told reporters"), ("aboard", "on board"), ("listing", "stricken")];
    let of_town = |(n, town): (usize, &&str)| {
        let (word, other) = edits[n % edits.len()];
        let body = WIRE.replace(word, other);
        let text = format!(
            "PORT HALVIK {}{body}\nReaders in {town} can write to our desk about the {town} crossing.",
            marks[n % 3]
        );
        let mut report = of(&format!("{town} Gazette"), &text);
        report.title = Some(format!("{town} travellers shaken by fire at sea"));
        report
    };
    towns.iter().enumerate().map(of_town).collect()
}

#[test]
fn one_wire_text_under_ten_mastheads_is_one_origin() {
    let ten = mastheads();
    let own = of("Halvik Mail", INDEPENDENT);
    let all: Vec<&Report> = ten.iter().chain([&own]).collect();
    let lineage = trace(&all);
    assert_eq!(lineage.origins.len(), 2);
    let counted = &lineage.independence;
    assert_eq!(
        (counted.reports, counted.publishers, counted.origins, counted.uncertain),
        (11, 11, 2, 0),
        "{:?}",
        counted.doubts
    );
    // Nobody among them is the source of another: all have it from the agency, which is not among them.
    let outside = lineage.edges.iter().filter(|e| e.from == Source::Outside { outside: "Reuters".into() });
    assert_eq!(outside.filter(|e| e.kind == EdgeKind::Copy).count(), 10);
    assert!(lineage.edges.iter().all(|e| e.kind == EdgeKind::SharedOrigin || matches!(e.from, Source::Outside { .. })));
}

#[test]
fn a_wire_report_that_is_at_hand_is_the_source() {
    let ten = mastheads();
    let mut wire = of("Reuters", WIRE);
    wire.url = Some("https://www.reuters.com/ferry".into());
    let all: Vec<&Report> = ten.iter().chain([&wire]).collect();
    let lineage = trace(&all);
    assert_eq!((lineage.origins.len(), lineage.edges.len()), (1, 10));
    assert!(
        lineage.edges.iter().all(|e| e.from == Source::Report("Reuters".into()) && e.credited),
        "{:#?}",
        lineage.edges
    );
}

#[test]
fn who_strips_the_mark_of_the_wire_is_no_source() {
    let ten = mastheads();
    let thief = published(of("Zeta Echo", &WIRE.replace("salvage", "rescue")), "2024-05-01");
    let all: Vec<&Report> = ten.iter().chain([&thief]).collect();
    let lineage = trace(&all);
    assert_eq!(lineage.origins.len(), 1);
    assert!(
        lineage.edges.iter().all(|e| e.from != Source::Report("Zeta Echo".into()) || e.kind == EdgeKind::SharedOrigin)
    );
}

#[test]
fn who_calls_himself_the_agency_carries_its_copy() {
    let mut portal = of("Reuters", WIRE);
    portal.url = Some("https://news.portal.example/ferry".into());
    let gazette = &mastheads()[0];
    let lineage = trace(&[&portal, gazette]);
    assert!(
        lineage.edges.iter().any(|e| *e.to == *"Reuters" && e.from == Source::Outside { outside: "Reuters".into() })
    );
    assert!(
        lineage.edges.iter().all(|e| e.from != Source::Report("Reuters".into()) || e.kind == EdgeKind::SharedOrigin)
    );
}

#[test]
fn two_stories_of_one_agency_are_two_origins() {
    let fire = of("Alder Gazette", &format!("PORT HALVIK (AP) — {WIRE}"));
    let people = crediting(of("Brenn Post", INDEPENDENT), "Associated Press", CreditKind::Agency);
    let lineage = trace(&[&fire, &people]);
    assert_eq!(lineage.origins.len(), 2);
    let outside: Vec<&Source> = lineage.edges.iter().map(|e| &e.from).collect();
    let ap = Source::Outside { outside: "Associated Press".into() };
    assert_eq!(outside, [&ap, &ap], "both hang from the one agency, by its one name");
}

#[test]
fn an_agency_that_contributed_has_not_written_the_text() {
    let mut tribune = of("Halvik Tribune", WIRE);
    tribune.credits.push(Credit { text: "AP contributed to this report.".into(), ..credit("AP", CreditKind::Agency) });
    let lineage = check_source(&[&tribune, &of("Alder Echo", &cut())], "Alder Echo", Some("Halvik Tribune"));
    let outside = lineage.edges.iter().find(|e| *e.to == *"Halvik Tribune").expect("the agency is named");
    assert!(outside.explain.contains("a part or a detail from Associated Press"), "{}", outside.explain);
}

#[test]
fn an_agency_of_no_table_is_one_origin_too() {
    let of_town = |town: &str, mark: &str| of(&format!("{town} Gazette"), &format!("PORT HALVIK, May 7 {mark} {WIRE}"));
    let mut lakeside = of("Lakeside Mirror", REWRITE);
    lakeside.credits.push(credit("Norland Coast Agency", CreditKind::OriginalSource));
    let (alder, brenn) = (of_town("Alder", "(NCA) —"), of_town("Brenn", "(NCA) --"));
    let lineage = trace(&[&alder, &brenn, &lakeside]);
    assert_eq!(lineage.origins.len(), 1);
    let outside = |edge: &&variorum_news::Edge| edge.from == Source::Outside { outside: "Norland Coast Agency".into() };
    assert_eq!(lineage.edges.iter().filter(outside).count(), 3, "the initials are the name: {:#?}", lineage.edges);
    assert!(lineage.edges.iter().filter(|e| !outside(e)).all(|e| e.kind == EdgeKind::SharedOrigin));
}

#[test]
fn copy_that_stands_under_no_masthead_is_nearer_to_the_agency() {
    let wire = report("zz", &format!("PORT HALVIK (NCA) — {WIRE}"));
    let gazette = published(of("Alder Gazette", &format!("PORT HALVIK (NCA) — {WIRE}")), "2024-05-07");
    let lineage = check_source(&[&wire, &gazette], "Alder Gazette", Some("zz"));
    assert_eq!(lineage.edges[0].kind, EdgeKind::Copy);
}

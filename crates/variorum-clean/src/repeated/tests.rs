//! Notices of an outlet go; what it knows stays.

use proptest::prelude::*;
use variorum_news::{Block, BlockKind, Credit, CreditKind, Report, Spanner};

use super::{LinesSeen, RepeatedLines, strip};

/// Stories that have nothing in common.
const STORIES: [&[&str]; 8] = [
    &[
        "The harbour crane fell on Monday.",
        "Divers searched under the quay until midnight.",
        "Nobody was hurt, the foreman said.",
    ],
    &[
        "Teachers walked out of twelve schools.",
        "Parents brought soup to the picket.",
        "Lessons begin again after the holidays.",
    ],
    &["A museum bought a forged painting.", "The curator resigned in tears.", "Experts had praised its brushwork."],
    &[
        "Marrowick won the regatta by a length.",
        "Rowers trained through a bitter winter.",
        "Fans threw flowers from bridges.",
    ],
    &["Prices of bread rose sharply.", "Bakers blamed the drought inland.", "Millers expect a better harvest."],
    &["A judge freed the banker.", "Prosecutors will appeal against the verdict.", "Investors had lost their savings."],
    &["Wolves crossed the frozen valley.", "Shepherds asked for taller fences.", "Biologists counted three cubs."],
    &["The orchestra found a new conductor.", "She studied violin in Ostrava.", "Concerts start under candlelight."],
];

const NOTICE: &str = "Our newsroom is funded by subscribers; please consider joining them today.";

fn page(id: usize, lines: &[&str]) -> Report {
    let mut report = Report::of_text(format!("r{id}"), lines.join("\n"));
    report.url = Some(format!("https://www.delmare-courier.example/news/{id}"));
    let mut at = 0;
    for line in lines {
        let end = at + line.chars().count();
        report.blocks.push(Block { kind: BlockKind::Paragraph, start: at, end, language: None });
        at = end + 1;
    }
    report
}

/// Every story with the same lines under it.
fn pages(tail: &[&str]) -> Vec<Report> {
    let with = |(id, story): (usize, &&[&str])| page(id, &[story, tail].concat());
    STORIES.iter().enumerate().map(with).collect()
}

/// Checks what is left of the first of some pages.
#[track_caller]
fn check(pages: &[Report], left: &[&str]) {
    let table = RepeatedLines::learn(pages);
    let report = strip(pages[0].clone(), &table);
    assert_eq!(report.text.lines().collect::<Vec<_>>(), left);
    let slice = |block: &Block| report.text.chars().skip(block.start).take(block.end - block.start).collect::<String>();
    assert_eq!(report.blocks.iter().map(slice).collect::<Vec<_>>(), left);
}

#[test]
fn a_notice_under_different_stories_goes() {
    let pages = pages(&[NOTICE, "Sign in here"]);
    check(&pages, STORIES[0]);
    let table = RepeatedLines::learn(&pages);
    let report = strip(pages[0].clone(), &table);
    let reason = format!("repeated on 8 of 8 pages of delmare-courier.example (table {})", table.name());
    assert_eq!(report.removed[0].text, NOTICE);
    assert_eq!(report.removed[0].reason, reason);
    assert_eq!(report.repeated_lines, Some(table.name()));
}

#[test]
fn four_pages_are_too_few() {
    let few = &pages(&[NOTICE])[..4];
    check(few, &[STORIES[0], &[NOTICE]].concat());
}

#[test]
fn the_same_page_eight_times_is_one_page() {
    let copies: Vec<Report> = (0..8).map(|id| page(id, &[STORIES[0], &[NOTICE]].concat())).collect();
    check(&copies, &[STORIES[0], &[NOTICE]].concat());
}

#[test]
fn a_notice_on_few_of_the_pages_stays() {
    let mut many = pages(&[]);
    let words = ["amber", "birch", "cedar", "dahlia", "elder", "fennel", "ginger"];
    let more = |n: usize| {
        let line = format!("{0}stone {0}field {0}brook {0}meadow {0}garden.", words[n % 7].repeat(1 + n / 7));
        page(100 + n, &[line.as_str()])
    };
    many.extend((0..21).map(more));
    let mut with: Vec<Report> = pages(&[NOTICE]);
    with.extend(many.into_iter().skip(8));
    check(&with, &[STORIES[0], &[NOTICE]].concat());
}

#[test]
fn background_to_one_event_stays() {
    let background = "The ferry line was founded by fishermen and carries most of the islanders to work.";
    let told = [
        "The ferry ran aground at dawn near the lighthouse with islanders aboard.",
        "Fishermen brought islanders ashore from the ferry that ran aground.",
        "The ferry captain was questioned after it ran aground near the lighthouse.",
        "Islanders asked why the ferry sailed in fog before it ran aground.",
        "Tugs pulled the ferry from the rocks near the lighthouse at noon.",
        "The ferry line apologised to islanders and fishermen after it ran aground.",
    ];
    let pages: Vec<Report> = told.iter().enumerate().map(|(id, line)| page(id, &[line, background])).collect();
    check(&pages, &[told[0], background]);
}

#[test]
fn background_to_a_long_matter_stays() {
    let background = "The quarry dispute has divided Marrowick since miners blocked the railway.";
    let angle = "Marrowick remains tense over the quarry while miners guard the railway.";
    let told = |(id, story): (usize, &&[&str])| {
        let angle = angle_of(id, angle);
        page(id, &[story, &[angle.as_str(), background][..]].concat())
    };
    let pages: Vec<Report> = STORIES.iter().enumerate().map(told).collect();
    let angle = angle_of(0, angle);
    check(&pages, &[STORIES[0], &[angle.as_str(), background][..]].concat());
}

/// The same words, never the same line.
fn angle_of(id: usize, angle: &str) -> String {
    format!("{angle} {}", ["Again.", "Still.", "Now.", "So.", "Yet.", "Thus.", "Too.", "Ever."][id])
}

#[test]
fn an_outlet_that_names_itself_is_no_background() {
    let own = |(id, story): (usize, &&[&str])| {
        let place = [
            "In Delmare.",
            "Delmare, still.",
            "Delmare again.",
            "Of Delmare.",
            "Delmare!",
            "By Delmare.",
            "At Delmare.",
            "To Delmare.",
        ];
        page(id, &[&[place[id]][..], story, &["The Delmare Courier brings local news to your kitchen table"]].concat())
    };
    let pages: Vec<Report> = STORIES.iter().enumerate().map(own).collect();
    check(&pages, &[&["In Delmare."][..], STORIES[0]].concat());
}

#[test]
fn one_name_that_all_pages_tell_of_makes_background() {
    let background = "Investors had long warned that the Ruk bid would fail.";
    let names =
        ["Ruk rose.", "Ruk fell.", "Ruk won.", "Ruk lost.", "Ruk left.", "Ruk came.", "Ruk sang.", "Ruk slept."];
    let told = |(id, story): (usize, &&[&str])| page(id, &[story, &[names[id], background][..]].concat());
    let pages: Vec<Report> = STORIES.iter().enumerate().map(told).collect();
    check(&pages, &[STORIES[0], &[names[0], background]].concat());
}

#[test]
fn what_was_said_counted_or_dated_stays() {
    for line in
        ["\u{201c}We will not give in,\u{201d} the mayor said.", "Nine have died since 2019.", "It costs 4 crowns."]
    {
        check(&pages(&[line]), &[STORIES[0], &[line]].concat());
    }
}

#[test]
fn a_line_now_at_the_end_and_now_at_the_beginning_stays() {
    let turned = |(id, story): (usize, &&[&str])| {
        if id % 2 == 0 {
            page(id, &[story, &[NOTICE][..]].concat())
        } else {
            page(id, &[&[NOTICE][..], story].concat())
        }
    };
    let pages: Vec<Report> = STORIES.iter().enumerate().map(turned).collect();
    check(&pages, &[STORIES[0], &[NOTICE]].concat());
}

#[test]
fn another_outlet_keeps_the_line() {
    let table = RepeatedLines::learn(&pages(&[NOTICE]));
    let mut other = page(0, &[STORIES[0], &[NOTICE]].concat());
    other.url = Some("https://ostrava-ledger.example/1".to_owned());
    assert_eq!(strip(other.clone(), &table), other);
    other.url = None;
    assert_eq!(strip(other.clone(), &table), other);
}

#[test]
fn a_report_is_never_emptied() {
    let table = RepeatedLines::learn(&pages(&[NOTICE]));
    let report = strip(page(9, &[NOTICE]), &table);
    assert_eq!(report.text, NOTICE);
    assert_eq!(report.repeated_lines, Some(table.name()));
}

#[test]
fn spans_follow_their_words() {
    let head = "Welcome to our morning edition, dear subscribers";
    let lead = |(id, story): (usize, &&[&str])| page(id, &[&[head][..], story, &[NOTICE]].concat());
    let mut pages: Vec<Report> = STORIES.iter().enumerate().map(lead).collect();
    let spanner = Spanner::new(&pages[0].id, &pages[0].text);
    let at = |words: &str| {
        let start = pages[0].text.find(words).expect("the words stand there");
        Some(spanner.span(start..start + words.len()))
    };
    let credit = |words: &str| Credit {
        source: words.to_owned(),
        kind: CreditKind::ReportedBy,
        text: words.to_owned(),
        span: at(words),
    };
    let credits = vec![credit("foreman"), credit("newsroom")];
    pages[0].credits = credits;
    let report = strip(pages[0].clone(), &RepeatedLines::learn(&pages));
    assert_eq!(report.text.lines().collect::<Vec<_>>(), STORIES[0]);
    let span = report.credits[0].span.clone().expect("it stands in the text");
    assert_eq!(report.text.chars().skip(span.start).take(span.end - span.start).collect::<String>(), "foreman");
    assert_eq!((report.credits[1].span.as_ref(), report.credits[1].text.as_str()), (None, NOTICE));
}

#[test]
fn a_table_comes_back_from_json() {
    let table = RepeatedLines::learn(&pages(&[NOTICE]));
    let json = serde_json::to_string(&table).expect("plain data");
    let again: RepeatedLines = serde_json::from_str(&json).expect("its own words");
    assert_eq!((again.name(), &again), (table.name(), &table));
    assert!(serde_json::from_str::<RepeatedLines>(r#"{"schema":"another@1","hosts":{}}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_order_and_no_division_matters(order in Just((0..300usize).collect::<Vec<_>>()).prop_shuffle(), cut in 0..300usize) {
        let report = |n: usize| {
            let own = format!("{0}a {0}b {0}c", ["velvet", "marble", "copper", "walnut"][n % 4].repeat(1 + n / 4 % 9));
            page(n, &[own.as_str(), &format!("story number {n}"), NOTICE])
        };
        let all: Vec<Report> = (0..300).map(report).collect();
        let expected = RepeatedLines::learn(&all).name();
        let (mut left, mut right) = (LinesSeen::default(), LinesSeen::default());
        order[..cut].iter().for_each(|n| left.see(&all[*n]));
        order[cut..].iter().for_each(|n| right.see(&all[*n]));
        prop_assert_eq!(left.merged(right).table().name(), expected);
    }
}

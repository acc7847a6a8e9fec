//! What a reader of the page and of the summary relies on.

use proptest::prelude::*;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;
use variorum_news::{Dossier, Edge, EdgeKind, Report, SCHEMA, Source, Span};

use crate::sample::{self, odd};
use crate::{Colour, page, summary};

fn every() -> Vec<Dossier> {
    let bare = |n: usize| Dossier { reports: sample::dossier().reports.into_iter().take(n).collect(), ..odd::empty() };
    vec![sample::dossier(), odd::many(), odd::broken(), odd::empty(), bare(1), bare(8)]
}

/// The values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect()
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    for dossier in every() {
        let page = page(&dossier);
        let ids = values(&page, "id");
        for link in values(&page, "href").into_iter().filter_map(|h| h.strip_prefix('#')) {
            assert_eq!(ids.iter().filter(|id| **id == link).count(), 1, "#{link}");
        }
    }
}

#[test]
fn a_mark_leads_to_the_exact_words() {
    let dossier = sample::dossier();
    let words = &dossier.stories[0].variants[0].readings[0].span;
    let place = format!("s1-A-w{}-{}", words.start, words.end);
    let page = page(&dossier);
    assert!(page.contains(&format!("href=\"#{place}\"")), "the figure of A is linked to");
    assert!(page.contains(&format!("<mark id=\"{place}\">About 1,200 people</mark>")), "and marked in its text");
}

#[test]
fn the_words_of_a_report_are_all_on_the_page() {
    for dossier in every() {
        let page = page(&dossier);
        let bare: String = strip(&page);
        for report in &dossier.reports {
            for line in report.text.lines().filter(|l| !l.trim().is_empty()) {
                assert!(bare.contains(line.trim()), "{line}");
            }
            for removed in &report.removed {
                assert!(bare.contains(&removed.text));
            }
        }
    }
}

/// A page without its tags, and with its entities read.
fn strip(page: &str) -> String {
    let mut bare = String::new();
    for part in page.split('<') {
        bare.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn hostile_words_stay_words() {
    let page = page(&odd::many());
    let tags: Vec<&str> = page
        .split('<')
        .skip(1)
        .map(|t| t.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap())
        .collect();
    for tag in ["script", "img", "textarea", "b>Bold", "iframe", "object", "form"] {
        assert!(!tags.contains(&tag), "{tag}");
    }
    assert_eq!(tags.iter().filter(|t| **t == "style").count(), 2, "one style, opened and closed");
    for attribute in ["onload", "onerror", "onclick", "style", "src"] {
        assert!(
            !page.split('<').any(|t| t.split('>').next().unwrap().contains(&format!(" {attribute}="))
                && !t.split('>').next().unwrap().contains("&quot;")),
            "{attribute}"
        );
    }
    assert!(!values(&page, "href").iter().any(|h| h.contains("javascript")));
}

#[test]
fn links_outside_show_their_host() {
    let page = page(&sample::dossier());
    assert!(page.contains(
        r#"<a href="https://www.courier.example/2031/03/bridge" rel="noopener noreferrer">www.courier.example</a>"#
    ));
}

#[test]
fn a_report_keeps_its_language() {
    let page = page(&odd::many());
    assert!(page.contains(r#"lang="ar""#) && page.contains(r#"lang="ja""#));
    assert!(!page.contains("lang=\"e\n"), "what is no language is not said to be one");
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    for dossier in every() {
        assert_eq!(page(&dossier), page(&dossier.clone()));
        assert_eq!(summary(&dossier, 100, Colour::Ansi), summary(&dossier.clone(), 100, Colour::Ansi));
    }
}

#[test]
fn a_summary_fits_its_terminal() {
    for dossier in every() {
        for width in [60, 80, 100, 120] {
            let summary = summary(&dossier, width, Colour::None);
            assert!(summary.lines().count() <= 50, "{summary}");
            for line in summary.lines() {
                assert!(line.width() <= width, "{} columns of {width}: {line}", line.width());
                assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
            }
        }
    }
}

#[test]
fn colours_change_no_word() {
    for dossier in every() {
        let coloured = summary(&dossier, 100, Colour::Ansi);
        let mut bare = String::new();
        for (n, part) in coloured.split('\u{1b}').enumerate() {
            bare.push_str(if n == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        assert_eq!(bare, summary(&dossier, 100, Colour::None));
    }
}

#[test]
fn a_summary_tells_the_story_at_a_glance() {
    let summary = summary(&sample::dossier(), 100, Colour::None);
    for line in [
        "8 reports, 8 publishers, 5 independent origins (1 uncertain)\n",
        "  uncertain: B and C counted once, 71 % likely to be kin\n",
        "└─ B     Vesterland Post",
        "   └─ C  Daily Tidings",
        "«Saltmarsh Radio»  not among the reports",
        "2 statements agreed by independent origins, 3 told by one origin alone\n",
        "    C      up to 12,000  [As many as 12,000 people] were forced from their homes",
        "  C  figure changed: the source says about 1,200, the rewrite up to 12,000\n",
        "     [As many as 12,000 people] where B has [Some 1,200 people]\n",
        "  F    3 March 2031, 16:20: Engineers sealed",
        "1 input could not be used: reports/scan-0041.txt: it holds no text",
        "counts reporting, not truth",
    ] {
        assert!(summary.contains(line.trim_start_matches("counts ")), "{line}\n{summary}");
    }
}

#[test]
fn an_empty_dossier_says_so() {
    assert_eq!(summary(&odd::empty(), 100, Colour::None), "0 reports, no story\n");
    assert!(page(&odd::empty()).contains("<h1>0 stories, 0 reports</h1>"));
}

#[test]
fn every_report_tied_to_every_other_is_one_family() {
    let mut dossier = odd::many();
    let story = &mut dossier.stories[1];
    let ids = story.reports.clone();
    story.lineage = (0..60 * 60)
        .map(|n| (n / 60, n % 60))
        .filter(|(a, b)| a < b)
        .map(|(a, b)| Edge {
            from: Source::Report(ids[a].clone()),
            to: ids[b].clone(),
            kind: EdgeKind::SharedOrigin,
            credited: false,
            score: 0.9,
            evidence: Vec::new(),
            explain: String::new(),
        })
        .collect();
    let page = page(&dossier);
    assert_eq!(page.matches("is a text that these reports share").count(), 1);
    assert!(!page.contains("Further links"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_can_be_published(text in "\\PC{0,60}(\n\\PC{0,40}){0,3}", title in "\\PC{0,30}", width in 0usize..130) {
        let mut report = sample::report("r", None, None, "en", &format!("{title}\n{text}"));
        report.annotations = report.annotations.filter(|_| width % 2 == 0);
        let dossier = Dossier { reports: vec![report, Report::of_text("s", text)], ..odd::empty() };
        prop_assert!(page(&dossier).ends_with("</html>"));
        prop_assert!(summary(&dossier, width, Colour::None).ends_with('\n'));
        prop_assert_eq!(dossier.schema, SCHEMA);
    }

    #[test]
    fn no_span_breaks_a_page(spans in prop::collection::vec((0usize..9, 0usize..300, 0usize..300, "\\PC{0,9}"), 1..12)) {
        let mut dossier = sample::dossier();
        let reports: Vec<_> = dossier.reports.iter().map(|r| r.id.clone()).chain(["nobody".into()]).collect();
        let story = &mut dossier.stories[0];
        for (n, (report, start, end, text)) in spans.into_iter().enumerate() {
            let span = Span { report: reports[report].clone(), start, end, text };
            match n % 4 {
                0 => story.variants[n % 3].readings[0].span = span,
                1 => story.variants[n % 3].readings[1].sentence = span,
                2 => story.drift[n % 5].rewrite = span,
                _ => story.account[n % 7].sources[0] = span,
            }
        }
        let page = page(&dossier);
        let ids: BTreeSet<&str> = values(&page, "id").into_iter().collect();
        for link in values(&page, "href").into_iter().filter_map(|h| h.strip_prefix('#')) {
            prop_assert!(ids.contains(link), "{}", link);
        }
        prop_assert!(!summary(&dossier, 80, Colour::None).is_empty());
    }
}

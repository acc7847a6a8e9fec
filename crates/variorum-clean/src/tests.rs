//! Whole pages and texts, as a reader of news sees them.

use proptest::prelude::*;
use variorum_news::{BlockKind, Body, CreditKind, Page, Report};

use crate::clean;

fn page(body: Body) -> Page {
    Page::of("r1", body)
}

fn text(text: &str) -> Report {
    clean(&page(Body::Text(text.to_owned()))).expect("a report")
}

fn html(html: &str) -> Report {
    clean(&page(Body::Html(html.to_owned()))).expect("a report")
}

fn problem(body: Body) -> String {
    clean(&page(body)).expect_err("a problem").reason
}

/// Every word of the text stands in a block, blocks are in order and a line break parts them.
fn check_blocks(report: &Report) {
    let letters: Vec<char> = report.text.chars().collect();
    let mut at = 0;
    for (n, block) in report.blocks.iter().enumerate() {
        assert!(at <= block.start && block.start < block.end && block.end <= letters.len());
        let gap: String = letters[at..block.start].iter().collect();
        assert!(gap.trim().is_empty() && (n == 0 || gap.contains('\n')), "{gap:?}");
        at = block.end;
    }
    assert!(letters[at..].iter().all(|c| c.is_whitespace()));
    for span in report.credits.iter().filter_map(|credit| credit.span.as_ref()) {
        assert_eq!(span.text, letters[span.start..span.end].iter().collect::<String>());
    }
}

fn blocks(report: &Report, kind: BlockKind) -> Vec<String> {
    let letters: Vec<char> = report.text.chars().collect();
    let of_kind = report.blocks.iter().filter(|block| block.kind == kind);
    of_kind.map(|block| letters[block.start..block.end].iter().collect()).collect()
}

const BODY: &str =
    "A ferry with forty people on board sank at dawn off the harbour of Delmare, the port authority said.";

#[test]
fn a_saved_page_as_plain_text() {
    let report = text(&format!(
        "Loading Now\n\nFerry Sinks off Delmare\n\n12\n480\nThe ferry at its quay in May. Photo: Ada Orr\n\n{BODY}\n\n  • Forty people were saved.\n  • The hull is lost.\n\nThe Search Goes On\n{BODY}\n\nOriginal Source: delmarecourier.com\n\nPost Comment"
    ));
    check_blocks(&report);
    assert_eq!(report.title.as_deref(), Some("Ferry Sinks off Delmare"));
    assert!(!report.text.contains("480") && !report.text.contains("Ferry Sinks"));
    assert_eq!(blocks(&report, BlockKind::Heading), ["The Search Goes On"]);
    assert_eq!(blocks(&report, BlockKind::ListItem), ["Forty people were saved.", "The hull is lost."]);
    assert_eq!(blocks(&report, BlockKind::Caption).len(), 1);
    let removed: Vec<&str> = report.removed.iter().map(|gone| gone.text.as_str()).collect();
    assert_eq!(removed, ["Loading Now", "12", "480", "Original Source: delmarecourier.com", "Post Comment"]);
    let credits: Vec<_> = report.credits.iter().map(|c| (c.source.as_str(), c.kind, c.span.is_some())).collect();
    assert_eq!(
        credits,
        [("Ada Orr", CreditKind::Photo, true), ("delmarecourier.com", CreditKind::OriginalSource, false)]
    );
    assert_eq!(report.language.as_deref(), Some("en"));
}

#[test]
fn a_text_that_begins_with_a_sentence_has_no_title() {
    assert_eq!(text(&format!("{BODY}\n{BODY}")).title, None);
}

#[test]
fn bylines_and_dates_leave_the_text() {
    let report = text(&format!("Ferry Sinks off Delmare\nBy Ada Orr and Ben Lee\nMarch 27, 2025\n{BODY}"));
    assert_eq!(report.byline, ["Ada Orr", "Ben Lee"]);
    assert_eq!(report.published.as_deref(), Some("2025-03-27"));
    assert_eq!(report.text, BODY);
}

#[test]
fn a_given_title_is_kept_and_its_repetition_dropped() {
    let mut given = page(Body::Text(format!("Ferry sinks off Delmare\n{BODY}")));
    given.title = Some("Ferry Sinks Off Delmare".to_owned());
    let report = clean(&given).expect("a report");
    assert_eq!((report.title.as_deref(), report.text.as_str()), (Some("Ferry Sinks Off Delmare"), BODY));
    assert_eq!(report.removed.len(), 1);
}

#[test]
fn a_time_that_is_no_date_is_left_out_and_said() {
    let mut given = page(Body::Text(BODY.to_owned()));
    given.published = Some("soon".to_owned());
    let report = clean(&given).expect("a report");
    assert_eq!(report.published, None);
    assert!(report.notes[0].note.contains("soon"));
}

#[test]
fn a_cleaned_report_passes_untouched() {
    let first = text(&format!("Ferry Sinks off Delmare\n{BODY}\n0\n{BODY}"));
    let again = clean(&page(Body::Clean(Box::new(first.clone())))).expect("a report");
    assert_eq!(first, again);
}

fn fragment(markup: &str) -> Report {
    clean(&page(Body::Fragment(markup.to_owned()))).expect("a report")
}

#[test]
fn markup_of_the_article_alone() {
    let both = format!("{BODY}\n{BODY}");
    for markup in [
        format!("<p>{BODY}</p><p>{BODY}</p><form><p>Your address, please.</p></form>"),
        format!("{BODY}<br><br>{BODY}"),
        format!("&lt;p&gt;{BODY}&lt;/p&gt;&lt;p&gt;{BODY}&lt;/p&gt;"),
        format!("{BODY}\n\n{BODY}"),
    ] {
        assert_eq!(fragment(&markup).text, both, "{markup}");
    }
    assert_eq!(
        fragment("It sank at a depth of &lt; 40 metres &amp; more.").text,
        "It sank at a depth of < 40 metres & more."
    );
    let report =
        fragment(&format!("<p>{BODY}</p><figure><img src=x><figcaption>The ferry in May</figcaption></figure>"));
    assert_eq!(blocks(&report, BlockKind::Caption), ["The ferry in May"]);
}

fn article() -> String {
    let paragraphs: String = (0..8)
        .map(|n| format!("<p>{BODY} Boat {n} came first, and the crew of the pilot boat helped it.</p>"))
        .collect();
    format!(
        r#"<!DOCTYPE html><html lang="en-GB"><head><title>Ferry sinks off Delmare | Delmare Courier</title>
        <meta property="og:site_name" content="Delmare Courier"><link rel="canonical" href="https://delmarecourier.com/ferry">
        <script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry sinks off Delmare","datePublished":"2025-03-27T08:15:00Z",
        "dateModified":"2025-03-29T08:15:00Z","author":[{{"@type":"Person","name":"Ada Orr"}}]}}</script></head>
        <body><nav><a href="/">Home</a><a href="/sea">Sea</a></nav><article><h1>Ferry sinks off Delmare</h1>
        <div class="share">Share this article</div>{paragraphs}<h2>What comes next</h2><p>{BODY}</p>
        <p>Additional reporting by Reuters</p></article><footer>© 2025 Delmare Courier</footer></body></html>"#
    )
}

#[test]
fn a_web_page() {
    let report = html(&article());
    check_blocks(&report);
    assert_eq!(report.title.as_deref(), Some("Ferry sinks off Delmare"));
    assert_eq!(report.published.as_deref(), Some("2025-03-27T08:15:00Z"));
    assert_eq!(report.byline, ["Ada Orr"]);
    assert_eq!(report.outlet.as_deref(), Some("Delmare Courier"));
    assert_eq!(report.language.as_deref(), Some("en-GB"));
    assert_eq!(report.url.as_deref(), Some("https://delmarecourier.com/ferry"));
    assert_eq!(blocks(&report, BlockKind::Heading), ["What comes next"]);
    assert!(report.text.starts_with("A ferry") && !report.text.contains("Share this") && !report.text.contains("Home"));
    assert!(report.credits.iter().any(|credit| credit.source == "Reuters" && credit.kind == CreditKind::Agency));
    assert!(report.removed.iter().any(|gone| gone.text == "Additional reporting by Reuters"));
}

/// Returns the credits of a page with something put into its head.
fn credits_of_head(head: &str, url: &str) -> Vec<(String, CreditKind, String)> {
    let mut given = page(Body::Html(article().replace("</title>", &format!("</title>{head}"))));
    given.url = Some(url.to_owned());
    let report = clean(&given).expect("a report");
    let unplaced = report.credits.into_iter().filter(|credit| credit.span.is_none() && credit.source != "Reuters");
    unplaced.map(|credit| (credit.source, credit.kind, credit.text)).collect()
}

#[test]
fn an_address_on_another_site_is_the_original() {
    let address = "https://delmarecourier.com/ferry";
    let original = |host: &str, text: &str| vec![(host.to_owned(), CreditKind::OriginalSource, text.to_owned())];
    let link = r#"<link rel="canonical" href="https://halviktribune.com/a/ferry">"#;
    assert_eq!(credits_of_head(link, address), original("halviktribune.com", "https://halviktribune.com/a/ferry"));
    assert_eq!(credits_of_head("", "https://amp.delmarecourier.co.uk/ferry"), []);
    let meta = r#"<meta name="syndication-source" content="https://www.orsundgazette.com/1">"#;
    assert_eq!(credits_of_head(meta, address), original("www.orsundgazette.com", "https://www.orsundgazette.com/1"));
    let agency = credits_of_head(r#"<meta name="author" content="Ada Orr, AFP">"#, address);
    assert_eq!(agency, [("AFP".to_owned(), CreditKind::Agency, "Ada Orr, AFP".to_owned())]);
}

#[test]
fn a_caption_beside_the_headline_signs_its_picture() {
    let figure = "<figure><img src=a.jpg><figcaption>The quay at dusk. Photo: Ben Lee/Courier</figcaption></figure>";
    let report = html(&article().replace("</h1>", &format!("</h1>{figure}")));
    let photos: Vec<&str> =
        report.credits.iter().filter(|c| c.kind == CreditKind::Photo).map(|c| c.source.as_str()).collect();
    assert_eq!(photos, ["Ben Lee/Courier"]);
}

#[test]
fn the_own_outlet_is_no_source() {
    let told = article()
        .replace("What comes next", "")
        .replace("Boat 3 came first", "“It was dark,” Orr told the Courier; she told Reuters the same");
    let report = html(&told);
    let sources: Vec<&str> = report.credits.iter().filter(|c| c.span.is_some()).map(|c| c.source.as_str()).collect();
    assert_eq!(sources, ["Reuters"]);
}

#[test]
fn what_stands_beside_the_article_is_taken_out() {
    let teaser = format!("<div class='related-box'><p>{BODY} Read what the harbour master says about it.</p></div>");
    let gallery =
        "<div class='gallery'><p>Picture 3 of 9: the ferry before she sank, seen from the old quay.</p></div>";
    let page = article().replace("<h2>What comes next</h2>", &format!("{teaser}{gallery}<h2>What comes next</h2>"));
    let report = html(&page);
    assert!(!report.text.contains("harbour master") && !report.text.contains("Picture 3"));
    let reason = |words: &str| report.removed.iter().find(|gone| gone.text.contains(words)).map(|gone| &*gone.reason);
    assert_eq!(reason("harbour master"), Some("link to another article"));
    assert_eq!(reason("Picture 3"), Some("gallery"));
    assert!(report.confidence.is_some_and(|confidence| confidence > 0.8) && report.notes.is_empty());
}

#[test]
fn posts_and_pull_quotes_stay_as_quotations() {
    let post =
        "<div class='twitter-tweet'><p>The harbour is open again. Thank you all.</p><p>— Port of Delmare</p></div>";
    let pull = "<aside class='pullquote'><p>We heard them before we saw them</p></aside>";
    let words = "<blockquote>Nobody on the bridge slept that night.</blockquote>";
    let all = format!("{post}{pull}{words}<h2>What comes next</h2>");
    let report = html(&article().replace("<h2>What comes next</h2>", &all));
    let quotes = blocks(&report, BlockKind::Quote);
    assert_eq!(quotes[0], "The harbour is open again. Thank you all.");
    assert_eq!(
        quotes[quotes.len() - 2..],
        ["We heard them before we saw them", "Nobody on the bridge slept that night."]
    );
}

#[test]
fn a_name_over_the_whole_article_says_nothing() {
    let page = article().replace("<article>", "<article class='page-with-sidebar widget'>");
    assert_eq!(html(&page).text, html(&article()).text);
}

#[test]
fn words_beside_links_keep_their_spaces() {
    let linked = BODY.replace("the harbour", "<a href='/h'>the harbour</a>").replace("at dawn", "<b>at dawn</b>");
    let report = html(&article().replacen(BODY, &linked, 1));
    assert_eq!(report.text, html(&article()).text);
}

#[test]
fn inputs_without_a_report_are_named_problems() {
    assert!(problem(Body::Text("Hello".to_owned())).contains("single word"));
    assert!(problem(Body::Text("0\n3434\nPost Comment".to_owned())).contains("page furniture"));
    assert!(problem(Body::Html("<nav><a href=x>Home</a></nav>".to_owned())).contains("no article"));
    assert!(problem(Body::Html("<div>".repeat(2_000_000))).contains("nested"));
}

#[test]
fn a_short_line_of_a_given_story_is_taken_as_it_is() {
    let told = |text: &str| crate::clean_told(&page(Body::Text(text.to_owned()))).map(|report| report.text);
    assert_eq!(told(" Ferries ").as_deref(), Ok("Ferries"));
    assert_eq!(told("Share this article").as_deref(), Ok("Share this article"));
    assert!(told("…").is_err());
    assert!(told("0\n3434\nPost Comment").is_err());
}

#[test]
fn a_feed_item_with_nothing_but_furniture_is_a_headline() {
    let mut given = page(Body::Fragment("<p><a href='/a'>Read more</a></p>".to_owned()));
    given.title = Some("Ferry sinks off Delmare".to_owned());
    let report = clean(&given).expect("a report");
    assert_eq!((report.text.as_str(), report.title.as_deref()), ("", Some("Ferry sinks off Delmare")));
    assert_eq!(report.removed[0].text, "Read more");
    assert!(report.notes[0].note.contains("headline alone"));
}

#[test]
fn a_feed_item_that_is_one_link_keeps_its_words() {
    let markup = "<a href='/a'><p>The ferry sank at dawn off the harbour wall and forty people were saved</p></a>";
    let mut given = page(Body::Fragment(markup.to_owned()));
    given.title = Some("Ferry sinks off Delmare".to_owned());
    assert!(clean(&given).expect("a report").text.starts_with("The ferry sank at dawn"));
}

proptest! {
    #[test]
    fn any_text_keeps_its_promises(lines in proptest::collection::vec("[ -~é•–“”\u{301}]{0,60}", 0..20)) {
        let given = lines.join("\n");
        if let Ok(report) = clean(&page(Body::Text(given))) {
            check_blocks(&report);
        }
    }

    #[test]
    fn every_block_stands_on_the_page(parts in proptest::collection::vec("(<(p|div|li|b|a href='/x'|blockquote|h2|br|td|span)>|</(p|div|li|b|a|blockquote|h2|span)>|&amp;|&#39;|é|The ferry sank at dawn off the harbour, and forty people were saved by Boat [0-9]\\. )", 20..80)) {
        let page_text: String = parts.concat();
        if let Ok(report) = clean(&page(Body::Html(page_text.clone()))) {
            let mut bare = String::new();
            let mut in_tag = false;
            for c in page_text.replace("&amp;", "&").replace("&#39;", "'").chars() {
                in_tag = in_tag && c != '>' || c == '<';
                if !in_tag && c != '>' && !c.is_whitespace() {
                    bare.push(c);
                }
            }
            for line in report.text.lines() {
                let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert!(bare.contains(&line), "{line}");
            }
        }
    }

    #[test]
    fn any_marks_of_credits_keep_their_promises(lines in proptest::collection::vec(
        "((|\\(|©|“|— |l’)(Reuters|AFP|dpa|told|the|Photo:|Photo by|Source:|2025|reported|according to|Ada Orr|é|\\.|Courier|’s|avec|by|N.Y.|https://a.de/b|of|and)(|\\)|/|\\||, |\\. | — | |”)){0,12}", 1..6)) {
        if let Ok(report) = clean(&page(Body::Text(lines.join("\n")))) {
            check_blocks(&report);
        }
    }

    #[test]
    fn any_markup_keeps_its_promises(tags in proptest::collection::vec("(<[a-z/]{1,4}|[a-z .\"'=>]{1,12}|<!--|&amp;|<script>)", 0..40)) {
        if let Ok(report) = clean(&page(Body::Html(tags.concat()))) {
            check_blocks(&report);
        }
    }
}

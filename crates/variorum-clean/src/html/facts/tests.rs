//! Pages that state a fact in one place, and pages that set a trap.

use trafilatura::dom::Document;

use super::{Facts, of_page};

const ADDRESS: &str = "https://delmarecourier.example/sea/ferry-sinks";
const BODY: &str = "<p>A ferry with forty people on board sank at dawn off the harbour of Delmare, the port authority said, and \
    boats that were fishing nearby brought all of them ashore before the hull went down.</p>";

fn facts(page: &str) -> Facts {
    of_page(&Document::parse(page), Some(ADDRESS))
}

/// A page with something in its head and something under its headline.
fn page(head: &str, under: &str) -> Facts {
    facts(&format!(
        "<html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>Ferry sinks off Delmare</h1>{under}{BODY}{BODY}\
         </article></body></html>"
    ))
}

fn linked(data: &str) -> String {
    format!("<script type='application/ld+json'>{data}</script>")
}

fn published(head: &str, under: &str) -> String {
    page(head, under).published.unwrap_or_default()
}

fn people(head: &str, under: &str) -> String {
    page(head, under).byline.join(" + ")
}

#[test]
fn the_publication_by_its_place() {
    let day = "2025-03-27";
    assert_eq!(published(&linked(r#"{"@type":"NewsArticle","datePublished":"2025-03-27"}"#), ""), day);
    assert_eq!(
        published(&linked(r#"{"@graph":[{"@type":"schema:Article","datePublished":"2025-03-27",},]}"#), ""),
        day
    );
    assert_eq!(published("<meta property='article:published_time' content='2025-03-27'>", ""), day);
    assert_eq!(published("<meta name='x-published-date' content='27 March 2025'>", ""), day);
    assert_eq!(published("", "<span itemprop='datePublished' content='2025-03-27'>Thursday</span>"), day);
    assert_eq!(published("", "<time datetime='2025-03-27'>Thursday</time>"), day);
    assert_eq!(published("", "<p>Published: 27 March 2025</p>"), day);
    assert_eq!(published("", "<p class='post-date'>March 27th, 2025</p>"), day);
    assert_eq!(published("", "<p>Delmare, 27. März 2025</p>"), day);
    assert_eq!(published("", "<p>2025年3月27日 10時15分</p>"), day);
    let dated = of_page(&Document::parse(BODY), Some("https://delmarecourier.example/2025/march/27/ferry"));
    assert_eq!(dated.published.as_deref(), Some(day));
}

#[test]
fn a_change_is_no_publication() {
    let changed = "<p>Updated March 29, 2025</p>";
    let report = page("", changed);
    assert_eq!((report.published, report.modified.as_deref()), (None, Some("2025-03-29")));
    assert_eq!(published("", "<p>March 27, 2025 - Updated March 29, 2025</p>"), "2025-03-27");
    assert_eq!(published("", "<p>Last updated 29 March 2025, originally created 27 March 2025</p>"), "2025-03-27");
    assert_eq!(published("", "<p>Updated <time datetime='2025-03-29'>Saturday</time></p>"), "");
    let both =
        page(&linked(r#"{"@type":"Article","datePublished":"2025-03-27","dateModified":"2025-03-29"}"#), changed);
    assert_eq!((both.published.as_deref(), both.modified.as_deref()), (Some("2025-03-27"), Some("2025-03-29")));
}

#[test]
fn dates_of_other_things() {
    for under in [
        "<p>3 hours ago</p>",
        "<p>© 27 March 2025 Delmare Courier</p>",
        "<p>6 - 10 October 2025</p>",
        "<p>03/04/2025</p>",
        "<div class='comments'><div class='comment'><time datetime='2025-03-30'>30 March</time></div><p>Ben Lee: I was there and saw all \
         of it from the harbour wall with my own eyes, and nobody who stood there will ever forget that morning.</p></div>",
        "<div class='related-articles'><h3>Storm at sea</h3><time datetime='2024-01-02'>2 January</time></div>",
        "<footer><time datetime='2020-01-01'>since 2020</time> © Delmare Courier</footer>",
    ] {
        assert_eq!(published("", under), "", "{under}");
    }
    assert_eq!(published("<meta name='date' content='0001-01-01'>", ""), "");
    assert_eq!(published("<meta name='date' content='1970-01-01T00:00:00Z'>", "<p>27 March 2025</p>"), "2025-03-27");
    assert_eq!(published(&linked(r#"{"@type":"WebPage","datePublished":"2019-01-02"}"#), ""), "");
}

#[test]
fn the_first_of_two_publications_is_taken_and_the_other_said() {
    let head = format!(
        "{}<meta property='article:published_time' content='2025-03-20T08:00:00Z'>",
        linked(r#"{"@type":"NewsArticle","datePublished":"2025-03-27T08:00:00Z"}"#)
    );
    let report = page(&head, "");
    assert_eq!(report.published.as_deref(), Some("2025-03-27T08:00:00Z"));
    assert_eq!(report.notes[0].note, "JSON-LD says published 2025-03-27, <meta> says 2025-03-20; took the first");
    // A day apart is a time zone, and the outlet's own offset says more than Greenwich.
    let head = format!(
        "{}<meta property='article:published_time' content='2025-03-26T20:00:00-07:00'>",
        linked(r#"{"@type":"NewsArticle","datePublished":"2025-03-27T03:00:00Z"}"#)
    );
    let report = page(&head, "");
    assert_eq!((report.published.as_deref(), report.notes.len()), (Some("2025-03-26T20:00:00-07:00"), 0));
    // Where linked data has one time for both, an earlier one elsewhere is the publication.
    let head = format!(
        "{}<meta property='article:published_time' content='2025-03-20'>",
        linked(r#"{"@type":"NewsArticle","datePublished":"2025-03-27","dateModified":"2025-03-27"}"#)
    );
    assert_eq!(page(&head, "").published.as_deref(), Some("2025-03-20"));
}

#[test]
fn the_article_of_this_page_among_others() {
    let data = r#"[{"@type":"NewsArticle","headline":"Storm at sea","datePublished":"2020-01-01","author":{"name":"Ben Lee"}},
        {"@type":"NewsArticle","headline":"Ferry sinks off Delmare","datePublished":"2025-03-27","author":{"name":"Ada Orr"}},
        {"@type":"NewsArticle","headline":"Tide tables","datePublished":"2021-01-01","author":{"name":"Cleo Ash"}}]"#;
    let report = page(&linked(data), "");
    assert_eq!((report.byline.join(""), report.published.as_deref()), ("Ada Orr".to_owned(), Some("2025-03-27")));
    let by_address = format!(
        r#"[{{"@type":"NewsArticle","headline":"Storm","author":{{"name":"Ben Lee"}}}},
        {{"@type":"NewsArticle","mainEntityOfPage":{{"@id":"{ADDRESS}/"}},"author":{{"name":"Ada Orr"}}}}]"#
    );
    assert_eq!(page(&linked(&by_address), "").byline, ["Ada Orr"]);
}

#[test]
fn authors_by_their_place() {
    let two = "Ada Orr + Ben Lee";
    assert_eq!(
        people(&linked(r#"{"@type":"Article","author":["Ada Orr",{"@type":"Person","name":"Ben Lee"}]}"#), ""),
        two
    );
    let parts = r#"{"@type":"Article","author":{"@type":"Person","givenName":"Ada","familyName":"Orr"}}"#;
    assert_eq!(people(&linked(parts), ""), "Ada Orr");
    let by_reference =
        r##"{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ada"}]}"##;
    assert_eq!(people(&linked(by_reference), ""), "Ada");
    assert_eq!(people("<meta name='author' content='Ada Orr and Ben Lee'>", ""), two);
    assert_eq!(
        people(
            "<meta property='article:author' content='Ada Orr'><meta property='article:author' content='Ben Lee'>",
            ""
        ),
        two
    );
    assert_eq!(people("<meta name='citation_author' content='Orr, Ada'>", ""), "Ada Orr");
    let card = "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ada Orr'>";
    assert_eq!(people(card, ""), "Ada Orr");
    assert_eq!(
        people("", "<p>By <a rel='author' href='/x'>Ada Orr</a> and <a rel='author' href='/y'>Ben Lee</a></p>"),
        two
    );
    assert_eq!(people("", "<div class='byline'><span>Ada Orr</span><span>Harbour Reporter</span></div>"), "Ada Orr");
    assert_eq!(people("", "<p>By Ada Orr March 27, 2025</p>"), "Ada Orr");
    assert_eq!(people("", "<p>Published March 27, 2025 by Ada Orr</p>"), "Ada Orr");
    assert_eq!(people("", "<p>Written by</p><p>Ada Orr</p>"), "Ada Orr");
    assert_eq!(people("", "<p class='author'>Ada Orr, MD. Reviewed by Ben Lee, RN</p>"), "Ada Orr, MD");
}

#[test]
fn names_that_are_no_authors() {
    for (head, under) in [
        (
            linked(r#"{"@type":"Article","author":{"@type":"Organization","name":"Delmare Harbour Office"}}"#).as_str(),
            "",
        ),
        ("<meta property='og:site_name' content='Harbour Light'><meta name='author' content='Harbour Light'>", ""),
        ("<meta name='author' content='https://delmarecourier.example/authors/ada-orr'>", ""),
        ("<meta name='author' content='admin'>", ""),
        ("", "<div class='author-box'><a href='/author/1'>Full Bio</a></div>"),
        ("", "<div class='bildautor'>Foto: Ada Orr</div>"),
        ("", "<div class='comments'><a class='comment-author' rel='author'>Ben Lee</a></div>"),
        ("", "<p class='byline'>Delmare Courier Staff</p>"),
        ("", "<p class='byline'>Reviewed by Ben Lee</p>"),
    ] {
        assert_eq!(people(head, under), "", "{head} {under}");
    }
}

#[test]
fn authors_that_differ_are_said() {
    let head = format!(
        "{}<meta name='author' content='Ben Lee'>",
        linked(r#"{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Orr"}}"#)
    );
    let report = page(&head, "");
    assert_eq!(report.byline, ["Ada Orr"]);
    assert_eq!(report.notes[0].note, "JSON-LD names Ada Orr, <meta> names Ben Lee as authors; took the first");
}

#[test]
fn headlines() {
    let title = |markup: &str| facts(markup).title.unwrap_or_default();
    let sinks = "Ferry sinks off Delmare";
    assert_eq!(title(&format!("<title>{sinks} | Delmare Courier</title>{BODY}")), sinks);
    assert_eq!(
        title(&format!("<title>Ferry &amp;#8211; sunk | Courier</title><h1>{sinks} at dawn</h1>{BODY}")),
        "Ferry sinks off Delmare at dawn"
    );
    let kicker = format!(
        "<meta property='og:title' content='{sinks}'><h1><span>Storm at sea:</span> <span>{sinks}</span></h1>{BODY}"
    );
    assert_eq!(title(&kicker), sinks);
    let site = format!("<title>{sinks}</title><h1>Delmare Courier</h1><h2>{sinks}</h2>{BODY}");
    assert_eq!(title(&site), sinks);
    assert_eq!(title(&format!("<h1>{sinks} | Opinion</h1>{BODY}")), sinks);
    assert_eq!(
        title(&format!("<title>Ferry's end &#x26; after - what we know</title>{BODY}")),
        "Ferry's end & after - what we know"
    );
    assert_eq!(title(&format!("<h1>Pourquoi le ferry a coulé ?</h1>{BODY}")), "Pourquoi le ferry a coulé ?");
}

#[test]
fn standfirst_section_and_addresses() {
    let said = "All forty people on board were brought ashore by fishing boats";
    let description = format!("<meta name='description' content='{said}'>");
    assert_eq!(page(&description, "").standfirst.as_deref(), Some(said));
    assert_eq!(page("<meta name='description' content='A ferry with forty people…'>", "").standfirst, None);
    assert_eq!(page("<meta name='description' content='Ferry sinks off Delmare'>", "").standfirst, None);
    let seen = page(
        "<meta name='description' content='News from the harbour of Delmare'>",
        &format!("<p class='standfirst'>{said}</p>"),
    );
    assert_eq!(seen.standfirst.as_deref(), Some(said));

    assert_eq!(page("<meta property='article:section' content='Sea'>", "").section.as_deref(), Some("Sea"));
    let trail =
        r#"{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},{"name":"Sea"},{"name":"Ferry sinks"}]}"#;
    assert_eq!(page(&linked(trail), "").section.as_deref(), Some("Sea"));
    let crumbs = "<div class='breadcrumbs'><a href='/'>Home</a> <a href='/sea'>Sea</a></div>";
    assert_eq!(page("", crumbs).section.as_deref(), Some("Sea"));

    let canonical = |href: &str| page(&format!("<link rel='canonical' href='{href}'>"), "").canonical;
    assert_eq!(canonical(&format!("{ADDRESS}/#top")), None);
    assert_eq!(canonical("/sea/ferry").as_deref(), Some("https://delmarecourier.example/sea/ferry"));
    assert_eq!(canonical("https://ostbyherald.example/ferry").as_deref(), Some("https://ostbyherald.example/ferry"));
    let alone = of_page(&Document::parse("<link rel='canonical' href='https://delmarecourier.example/a'>"), None);
    assert_eq!((alone.url.as_deref(), alone.canonical), (Some("https://delmarecourier.example/a"), None));
}

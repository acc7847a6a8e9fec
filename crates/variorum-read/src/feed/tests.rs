//! Feeds as they come: what a reader would say of each.

use variorum_news::{Body, Page, Problem};

use crate::{feeds, read_bytes, read_line};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../fixtures/", $name)).as_slice()
    };
}

fn read(bytes: &[u8]) -> (Vec<Page>, Vec<Problem>) {
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    for found in read_bytes("feed.xml", bytes) {
        match found {
            Ok(page) => pages.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    (pages, problems)
}

fn items(xml: &str) -> Vec<Page> {
    let feed = format!(
        "<rss version='2.0'><channel><title>Delmare Courier</title><link>https://courier.example/</link>{xml}</channel></rss>"
    );
    read(feed.as_bytes()).0
}

fn item(xml: &str) -> Page {
    items(&format!("<item>{xml}</item>")).remove(0)
}

/// Says where and when a page was published, by whom, and what it is called.
fn facts(page: &Page) -> String {
    let facts =
        [&page.outlet, &page.title, &page.published, &page.language].map(|fact| fact.clone().unwrap_or_default());
    format!("{} | {}", facts.join(" | "), page.byline.join(" + "))
}

fn words(page: &Page) -> &str {
    match &page.body {
        Body::Text(words) | Body::Fragment(words) => words,
        Body::Headline => "headline",
        other => panic!("no words of a feed: {other:?}"),
    }
}

fn credits(page: &Page) -> Vec<String> {
    page.credits.iter().map(|credit| format!("{:?}: {} ({})", credit.kind, credit.source, credit.text)).collect()
}

#[test]
fn rss_091() {
    let (pages, problems) = read(fixture!("rss-0.91.xml"));
    assert_eq!(facts(&pages[0]), "Harbour Notes | Night ferry keeps its winter hours |  | en-gb | ");
    assert!(words(&pages[0]).starts_with("The night ferry to Port Vell"));
    assert_eq!((pages[1].title.as_deref(), words(&pages[1])), (Some("Café on the quay reopens"), "headline"));
    assert_eq!(pages[1].url.as_deref(), Some("http://notes.delmare.example/cafe.html"));
    assert!(pages.len() == 2 && problems.is_empty());
}

#[test]
fn rss_10() {
    let (pages, problems) = read(fixture!("rss-1.0.rdf"));
    assert_eq!(
        facts(&pages[0]),
        "Port Vell Gazette | Two cranes & a barge sold | 2025-03-26T17:40:00+01:00 | en | Ben Lee"
    );
    assert_eq!(pages[0].standfirst.as_deref(), Some("The port sold two cranes and a barge."));
    assert_eq!(pages[0].section.as_deref(), Some("Harbour"));
    assert!(words(&pages[0]).starts_with("<p>Port Vell has sold two cranes"));
    assert!(pages.len() == 1 && problems.is_empty());
}

#[test]
fn rss_20_with_the_vocabularies_of_newspapers() {
    let (pages, problems) = read(fixture!("rss-2.0.xml"));
    let [star, bridge, lamp] = pages.as_slice() else { panic!("{} pages", pages.len()) };
    assert_eq!(
        facts(star),
        "Delmare Courier | Ferry ‘Northern Star’ aground off Delmare | 2025-03-27T06:15:00-05:00 | en-US | Ada Orr"
    );
    assert_eq!(star.standfirst.as_deref(), Some("All 212 people on board are safe, the coast guard says."));
    assert!(words(star).contains("&#8220;Nobody was hurt,&#8221;"));
    assert_eq!(credits(star), ["Photo: Tomas Breck/Delmare Pictures (Photograph: Tomas Breck/Delmare Pictures)"]);
    assert_eq!(
        (star.section.as_deref(), star.extra["categories"].to_string().as_str()),
        (Some("Sea"), "[\"Sea\",\"Accidents\"]")
    );
    assert_eq!(facts(bridge), "Delmare Courier | Mayor wants a second bridge | 2025-03-26T18:00:00Z | en-US | Ben Lee");
    assert_eq!(credits(bridge), ["OriginalSource: Port Vell Gazette (Port Vell Gazette)"]);
    assert!(words(bridge).starts_with("<p>Mayor Ines Dahl"));
    assert_eq!(facts(lamp), "Delmare Courier | Lighthouse gets a new lamp |  | en-US | ");
    assert_eq!(words(lamp), "headline");
    assert_eq!(lamp.url.as_deref(), Some("https://www.delmarecourier.example/2025/03/24/lamp/"));
    assert_eq!(problems[0].path.as_deref(), Some("feed.xml#item-3"));
    assert_eq!(problems.len(), 1);
}

#[test]
fn in_the_feed_of_a_search_the_source_is_the_publisher() {
    let (pages, _) = read(fixture!("rss-search.xml"));
    assert_eq!(facts(&pages[0]), "Delmare Courier | Ferry aground off Delmare | 2025-03-27T12:15:00Z | en-US | ");
    assert_eq!(facts(&pages[1]), "Port Vell Gazette | Ferry drama: 212 people saved | 2025-03-27T13:00:00Z | en-US | ");
    for page in &pages {
        assert_eq!((words(page), page.credits.len()), ("headline", 0));
        assert_eq!(page.extra["feed"], "Findall News");
    }
}

#[test]
fn a_source_that_is_the_feed_itself_is_no_credit() {
    let page = item("<title>Ferry aground</title><source url='https://elsewhere.example/'>DELMARE COURIER</source>");
    assert!(page.credits.is_empty() && page.outlet.as_deref() == Some("Delmare Courier"));
    let page = item(
        "<title>Ferry aground</title><link>https://courier.example/1</link><source url='https://www.gazette.example/feed'/>",
    );
    assert_eq!(credits(&page), ["OriginalSource: gazette.example (https://www.gazette.example/feed)"]);
}

#[test]
fn a_list_of_links_is_no_article() {
    let link = |words: &str, outlet: &str| format!("&lt;li&gt;&lt;a href='x'&gt;{words}&lt;/a&gt; {outlet}&lt;/li&gt;");
    let list = [link("Ferry aground off Delmare", "Courier"), link("Captain had no pilot", "Gazette")].concat();
    let page = item(&format!("<title>Ferry aground off Delmare</title><description>{list}</description>"));
    assert_eq!((words(&page), page.notes.len()), ("headline", 1));
    let linked = "&lt;p&gt;&lt;a href='x'&gt;The coast guard&lt;/a&gt; said on Thursday that the ferry &lt;a href='y'&gt;Northern Star&lt;/a&gt; ran aground.&lt;/p&gt;";
    assert!(
        words(&item(&format!("<title>Aground</title><description>{linked}</description>"))).contains("ran aground")
    );
}

#[test]
fn names_in_titles() {
    let outlet = |title: &str, site: &str| crate::feed::outlet::of_channel(title, Some(site));
    assert_eq!(outlet("Delmare Courier » Sea", "https://www.delmarecourier.example/sea/"), "Delmare Courier");
    assert_eq!(outlet("World news | The Courier", "https://www.thecourier.example/world"), "The Courier");
    assert_eq!(outlet("Port Vell Gazette: Sea", "https://gazette.example/"), "Port Vell Gazette");
    assert_eq!(outlet("Delmare News - World News", "https://news.delmare.example/"), "Delmare News - World News");
    assert_eq!(outlet("Courier RSS Feed", "https://courier.example/"), "Courier");
    assert_eq!(outlet("Orr - Lee", "https://quay.example/"), "Orr - Lee");
    assert_eq!(item("<title>Ferry aground | Delmare Courier</title>").title.as_deref(), Some("Ferry aground"));
    assert_eq!(
        item("<title>Visit to the Delmare Courier</title>").title.as_deref(),
        Some("Visit to the Delmare Courier")
    );
}

#[test]
fn an_item_that_names_its_publisher() {
    let page = item("<title>Ferry aground</title><News:Source>Port Vell Gazette</News:Source>");
    assert_eq!(
        (page.outlet.as_deref(), page.extra["feed"].as_str()),
        (Some("Port Vell Gazette"), Some("Delmare Courier"))
    );
}

#[test]
fn a_comment_on_a_link_has_its_own_address() {
    let link = "<title>Read this</title><link>https://gazette.example/1</link>";
    let page = item(&format!("{link}<guid>https://www.courier.example/notes/1</guid>"));
    assert_eq!(page.url.as_deref(), Some("https://www.courier.example/notes/1"));
    let page = item(&format!("{link}<guid isPermaLink='false'>https://courier.example/?p=1</guid>"));
    assert_eq!(page.url.as_deref(), Some("https://gazette.example/1"));
}

#[test]
fn an_author_of_several_elements() {
    let page = item("<title>Tools</title><author><name>Ada Orr</name><title>Product Manager</title></author>");
    assert_eq!(page.byline, ["Ada Orr"]);
}

#[test]
fn an_excerpt_is_no_standfirst() {
    let (pages, _) = read(fixture!("rss-wordpress.xml"));
    assert_eq!(facts(&pages[0]), "Quayside Blog | Why the ferry line closed | 2025-03-28T09:00:12+00:00 | en-GB | ");
    assert_eq!((pages[0].standfirst.as_deref(), pages[0].section.as_deref()), (None, None));
    assert!(words(&pages[0]).contains("Nobody knows when"));
}

#[test]
fn of_two_texts_the_longer_is_the_article() {
    let long = "The ferry ran aground at dawn. Nobody was hurt, the coast guard said. Buses run from the old pier.";
    let page = item(&format!(
        "<title>Aground</title><description>{long}</description><content:encoded>All are safe.</content:encoded>"
    ));
    assert_eq!((words(&page), page.standfirst.as_deref()), (long, Some("All are safe.")));
}

#[test]
fn markup_that_was_not_escaped() {
    let page = item("<title>A <b>ferry</b> sank</title><description><p>It <i>sank</i>.<br>Twice.</p></description>");
    assert_eq!((page.title.as_deref(), words(&page)), (Some("A ferry sank"), "<p>It <i>sank</i>.<br>Twice.</p>"));
}

#[test]
fn an_excerpt_is_said_to_be_one() {
    let cut = item(
        "<title>Ferry</title><description>The ferry ran aground at dawn on Thursday, and the [&amp;#8230;]</description>",
    );
    assert_eq!(cut.notes.len(), 1);
    assert!(item("<title>Ferry</title><description>The ferry ran aground.</description>").notes.is_empty());
}

#[test]
fn a_language_is_a_tag() {
    let language = |tag: &str| item(&format!("<title>Ferry</title><language>{tag}</language>")).language;
    assert_eq!([language("English"), language("default"), language("")], [None, None, None]);
    assert_eq!([language("en"), language("pt-BR")], [Some("en".to_owned()), Some("pt-BR".to_owned())]);
}

#[test]
fn lines_that_were_broken_for_their_length_go_on() {
    let page = item("<description>The ferry ran\n   aground at dawn.\nNobody was hurt.</description>");
    assert_eq!(words(&page), "The ferry ran aground at dawn.\nNobody was hurt.");
}

#[test]
fn the_place_in_the_feed_does_not_matter_to_the_name() {
    let (one, two) = ("<item><title>Ferry aground</title></item>", "<item><title>Bridge closed</title></item>");
    let (there, back) = (items(&format!("{one}{two}")), items(&format!("{two}{one}")));
    assert_eq!((&there[0].id, &there[1].id), (&back[1].id, &back[0].id));
    assert_ne!(there[0].id, there[1].id);
}

#[test]
fn a_feed_of_nothing_is_told_in_few_words() {
    let (pages, problems) = read(format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(5_000)).as_bytes());
    assert_eq!((pages.len(), problems.len()), (0, 101));
    assert_eq!(problems[100].reason, "4900 more items of the feed have neither a headline nor text");
}

#[test]
fn atom() {
    let (pages, problems) = read(fixture!("atom.xml"));
    let [pilot, bridge, ferry] = pages.as_slice() else { panic!("{} pages", pages.len()) };
    assert_eq!(
        facts(pilot),
        "Delmare Tribune | Coast guard: Northern Star had no pilot | 2025-03-27T09:30:00+01:00 | en | Lena Falk"
    );
    assert_eq!(pilot.url.as_deref(), Some("https://tribune.delmare.example/news/northern-star-pilot"));
    assert_eq!(pilot.modified.as_deref(), Some("2025-03-27T11:00:00+01:00"));
    assert_eq!(
        (pilot.section.as_deref(), pilot.standfirst.as_deref()),
        (Some("Sea"), Some("The captain steered alone."))
    );
    assert!(words(pilot).contains("aground &amp; the captain") && words(pilot).contains("<b>allowed</b>"));
    // A time of change is not one of publication.
    assert_eq!(facts(bridge), "Delmare Tribune | Bridge plan returns |  | en | ");
    assert_eq!(bridge.url.as_deref(), Some("https://tribune.delmare.example/bridge"));
    assert_eq!(credits(bridge), ["OriginalSource: Port Vell Gazette (Port Vell Gazette)"]);
    assert_eq!(facts(ferry), "Delmare Tribune | Fähre auf Grund |  | de | ");
    assert_eq!(words(ferry), "Die Fähre lief am Donnerstag auf Grund.\n\nVerletzt wurde niemand.");
    assert!(problems.is_empty());
}

#[test]
fn an_original_on_another_host_is_a_credit() {
    let entry = |link: &str| {
        let entry = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Tribune</title><entry><title>Bridge</title>\
                     <link href='https://news.tribune.example/1'/>";
        read(format!("{entry}{link}</entry></feed>").as_bytes()).0.remove(0)
    };
    let there = entry("<link rel='canonical' href='https://gazette.example/4712'/>");
    assert_eq!(credits(&there), ["OriginalSource: gazette.example (https://gazette.example/4712)"]);
    let via = entry("<link rel='via' href='https://gazette.example/'/>");
    assert_eq!(credits(&via), ["OriginalSource: gazette.example (https://gazette.example/)"]);
    assert!(entry("<link rel='canonical' href='https://tribune.example/1'/>").credits.is_empty());
}

#[test]
fn json_feed() {
    let (pages, problems) = read(fixture!("feed.json"));
    assert_eq!(facts(&pages[0]), "Harbour Watch | Cracks in the old pier | 2025-03-28T08:00:00+01:00 | en | Mira Sand");
    assert_eq!(
        (pages[0].section.as_deref(), pages[0].standfirst.as_deref()),
        (Some("Harbour"), Some("Engineers want it closed."))
    );
    assert_eq!(pages[0].extra["_watch"]["desk"], "sea");
    assert!(words(&pages[0]).starts_with("<p>The harbour office"));
    assert_eq!(facts(&pages[1]), "Harbour Watch |  |  | en | Ben Lee");
    assert_eq!(pages[1].url, None);
    assert!(pages[1].extra["external_url"].is_string() && pages[1].credits.is_empty());
    assert_eq!(problems[0].path.as_deref(), Some("feed.xml#item-3"));
}

#[test]
fn json_feed_on_one_line() {
    let value: serde_json::Value = serde_json::from_slice(fixture!("feed.json")).expect("JSON");
    let line = value.to_string();
    let named =
        |found: Vec<Result<Page, Problem>>| -> Vec<_> { found.into_iter().flatten().map(|page| page.id).collect() };
    let (of_line, of_file) = (named(read_line(&line)), named(read_bytes("a", fixture!("feed.json"))));
    assert_eq!((of_line.len(), &of_line), (2, &of_file));
    let problem = read_bytes("a.jsonl", line.as_bytes()).remove(2).expect_err("a problem");
    assert_eq!(problem.path.as_deref(), Some("a.jsonl:1#item-3"));
}

#[test]
fn a_feed_that_is_cut_off_gives_what_is_whole() {
    let (pages, problems) = read(fixture!("rss-cut.xml"));
    assert_eq!(pages.len(), 1);
    assert_eq!(problems[0].reason, "the feed is cut off after 1 whole item; fetch it again to have the rest");
    let whole = String::from_utf8_lossy(fixture!("rss-2.0.xml"));
    for (end, _) in whole.char_indices().step_by(37) {
        let (pages, problems) = read(&whole.as_bytes()[..end]);
        assert!(pages.len() + problems.len() > 0, "{end}");
    }
}

#[test]
fn charsets_and_entities() {
    let (pages, _) = read(fixture!("rss-windows-1251.xml"));
    assert_eq!(facts(&pages[0]), "Вестник Дельмаре | Паром сел на мель | 2025-03-27T09:00:00+03:00 | ru | ");
    let (pages, _) = read(fixture!("rss-entities.xml"));
    assert_eq!(pages[0].title.as_deref(), Some("Café \"Marina\" — Orr & Sons' second"));
    assert_eq!(pages[0].url.as_deref(), Some("https://review.example/?a=1&b=2"));
    assert_eq!(pages[1].title.as_deref(), Some("R&D at the port: cranes < 5 t"));
    assert_eq!(words(&pages[1]), "The port’s R&D office tests cranes under 5\u{a0}t, it said on Tuesday.");
    // An entity of the document's own is never expanded.
    assert_eq!(pages[0].outlet.as_deref(), Some("&outlet;"));
}

#[test]
fn news_sitemap() {
    let (pages, problems) = read(fixture!("news-sitemap.xml"));
    assert_eq!(
        facts(&pages[0]),
        "Delmare Courier | Ferry 'Northern Star' aground off Delmare | 2025-03-27T11:15:00Z | en | "
    );
    assert_eq!(words(&pages[0]), "headline");
    assert_eq!(pages[0].url.as_deref(), Some("https://www.delmarecourier.example/2025/03/27/northern-star/?a=1&b=2"));
    assert_eq!(pages[0].extra["keywords"], "ferry, coast guard");
    assert_eq!(problems[0].reason, "2 addresses without a headline; fetch the pages and give them as .html");
    let (none, problems) = read(fixture!("sitemap-index.xml"));
    assert!(
        none.is_empty()
            && problems[0].reason.contains("lists 2 sitemaps")
            && problems[0].reason.contains("variorum feeds")
    );
}

fn listed(name: &str, bytes: &[u8]) -> Vec<String> {
    let shown = |found: Result<crate::Feed, Problem>| match found {
        Ok(feed) => format!("{}: {} {}", feed.folder.unwrap_or_default(), feed.title.unwrap_or_default(), feed.url),
        Err(problem) => problem.reason,
    };
    feeds(name, bytes).into_iter().map(shown).collect()
}

#[test]
fn lists_of_feeds() {
    const COURIER: &str = "Delmare Courier https://www.delmarecourier.example/feed";
    const GAZETTE: &str = "Port Vell Gazette https://gazette.portvell.example/feed.rdf";
    const WATCH: &str = "Harbour Watch https://harbourwatch.example/feed.json";
    assert_eq!(
        listed("a", fixture!("feeds.opml")),
        [format!("Sea: {COURIER}"), format!("Sea/Ports: {GAZETTE}?a=1&b=2"), format!(": {WATCH}")]
    );
    let gazette = GAZETTE.replace("https:", "http:");
    assert_eq!(
        listed("a", fixture!("feeds-case.opml")),
        [format!(": {COURIER}"), format!(": {gazette}"), format!(": {WATCH}")]
    );
    assert_eq!(
        listed("a", fixture!("feeds-ampersand.opml")),
        [": Orr & Sons <news> https://orr.example/feed?a=1&b=2", ": Harbour https://harbourwatch.example/feed.json"]
    );
    const CUT: &str = "the list is cut off; export it again to have the rest";
    assert_eq!(
        listed("a", fixture!("feeds-unclosed.opml")),
        [&format!("Sea: {COURIER}"), &format!("Sea: {GAZETTE}"), CUT]
    );
    assert_eq!(listed("a", fixture!("feeds-cut.opml")), [&format!(": {COURIER}"), CUT]);
    let (_, problems) = read(fixture!("feeds.opml"));
    assert_eq!(problems[0].reason, "a list of 3 feeds, no reports; `variorum feeds FILE` prints their addresses");
}

#[test]
fn feeds_that_a_page_or_an_index_names() {
    assert_eq!(
        listed("a", fixture!("announced.html")),
        [
            ": Delmare Courier » Sea https://www.delmarecourier.example/sea/feed/",
            ":  https://www.delmarecourier.example/atom"
        ]
    );
    assert_eq!(
        listed("a", fixture!("sitemap-index.xml")),
        [
            ":  https://www.delmarecourier.example/sitemap-news.xml",
            ":  https://www.delmarecourier.example/sitemap-2024.xml.gz"
        ]
    );
    let page = "<html><head><link rel=alternate type='application/rss+xml' href='/feed'></head></html>";
    assert!(listed("a", page.as_bytes())[0].contains("announces a feed as /feed"));
    assert!(listed("a", fixture!("atom.xml"))[0].contains("a feed itself"));
    assert!(listed("a.txt", b"The ferry sank.")[0].contains("no list of feeds"));
}

#[test]
fn feeds_that_were_made_to_hurt() {
    let n = 20_000;
    let laughs = "<!DOCTYPE rss [<!ENTITY l0 'ha'><!ENTITY l1 '&l0;&l0;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>";
    let cases = [
        format!("{laughs}<rss><channel><item><title>Ha &l1; &f;</title></item></channel></rss>"),
        format!(
            "<rss><channel><item><title>Deep</title><description>{}</description></item></channel></rss>",
            "<p>".repeat(n)
        ),
        format!("<rss><channel><item {}><title>Wide</title></item></channel></rss>", "a='1' ".repeat(n)),
        format!("<rss><channel><item><title>Flat</title>{}</item></channel></rss>", "<category>x</category>".repeat(n)),
        format!(
            "<rss><channel><item><title>Refs</title><description>{}</description></item></channel></rss>",
            "&amp;lt;".repeat(n)
        ),
        format!(
            "<rss><channel><item><title>Tags</title><description>{}</description></item></channel></rss>",
            "&lt;p ".repeat(n)
        ),
        "<?xml version='1.0' encoding='UTF-7'?><rss><channel><item><title>+ADw-Ha+AD4-</title></item></channel></rss>"
            .to_owned(),
        "<rss><channel><item><title>Ze\0ro</title></item></channel></rss>".to_owned(),
    ];
    for case in cases {
        let (pages, _) = read(case.as_bytes());
        assert!(pages.len() == 1 && pages[0].title.is_some(), "{}", &case[..80.min(case.len())]);
    }
    assert_eq!(items("<item><title>Ha &l1;</title></item>")[0].title.as_deref(), Some("Ha &l1;"));
}

proptest::proptest! {
    #[test]
    fn any_feed_is_read_or_named(
        parts in proptest::collection::vec(
            "<item>|</item>|<title>|</title>|<link>|<source url='|'>|<description>|<!\\[CDATA\\[|\\]\\]>|&lt;p&gt;|&|<|[a-zé ]{0,6}",
            0..40,
        ),
        start in "<rss><channel>|<feed xmlns='http://www.w3.org/2005/Atom'>|<urlset>|<opml>|<rdf:RDF>",
    ) {
        let feed = start + &parts.concat();
        proptest::prop_assert!(!read_bytes("a", feed.as_bytes()).is_empty());
    }
}

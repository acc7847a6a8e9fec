//! Items as agencies send them, and items that are cut, empty or of an older kind.

use variorum_news::{Body, CreditKind, Page, Problem};

use crate::read_bytes;

fn read(document: &[u8]) -> Vec<Result<Page, Problem>> {
    read_bytes("wire.xml", document)
}

fn page(document: &[u8]) -> Page {
    read(document).remove(0).expect("a page")
}

fn reason(document: &str) -> String {
    read(document.as_bytes()).remove(0).expect_err("a problem").reason
}

fn credits(page: &Page) -> Vec<(&str, &str, CreditKind)> {
    page.credits.iter().map(|credit| (credit.source.as_str(), credit.text.as_str(), credit.kind)).collect()
}

#[test]
fn an_item_names_its_sources() {
    let page = page(include_bytes!("../../fixtures/newsml-g2-item.xml"));
    assert_eq!(page.id.as_ref(), "urn:newsml:wire.delmare.example:20250327:ferry");
    assert_eq!((page.outlet.as_deref(), page.language.as_deref()), (Some("Delmare Wire"), Some("en-GB")));
    assert_eq!(page.title.as_deref(), Some("Ferry runs aground off Port Delmare"));
    assert_eq!(page.standfirst.as_deref(), Some("All 212 people on board are safe."));
    assert_eq!(page.byline, ["Ada Orr"]);
    assert_eq!(page.published.as_deref(), Some("2025-03-27T08:40:00Z"));
    assert_eq!(page.modified.as_deref(), Some("2025-03-27T09:15:00Z"));
    assert_eq!(
        credits(&page),
        [
            ("Alder Press", "Alder Press", CreditKind::OriginalSource),
            ("Alder Press Pool", "Delmare Wire/Alder Press Pool", CreditKind::Agency),
            ("Harbour Radio", "Harbour Radio", CreditKind::OriginalSource),
        ]
    );
    assert!(page.credits.iter().all(|credit| credit.span.is_none()));
    let Body::Fragment(markup) = &page.body else { panic!("{:?}", page.body) };
    assert!(markup.contains("<h2>All safe</h2>") && markup.contains("noon &amp; taken"));
    assert_eq!(page.extra["dateline"], "PORT DELMARE, March 27");
    assert_eq!(page.extra["byline"], "By Ada Orr, Harbour Editor");
    assert_eq!(page.extra["subject"], serde_json::json!(["transport accident"]));
}

#[test]
fn a_message_of_several_items() {
    let found = read(include_bytes!("../../fixtures/newsml-g2-message.xml"));
    let told: Vec<String> = found
        .iter()
        .map(|one| match one {
            Ok(page) => format!("{} {:?} {:?}", page.id, page.outlet.as_deref().unwrap_or("?"), page.byline),
            Err(problem) => format!("{} {}", problem.id.as_deref().unwrap_or("?"), problem.reason),
        })
        .collect();
    assert_eq!(
        told,
        [
            "urn:x-dw:text \"Delmare Wire\" [\"Ada Orr\"]",
            "urn:x-dw:pic a picture, not a report; give the text item that it belongs to",
            "urn:x-dw:kill the agency canceled this item, so it is no report; leave out its earlier versions too",
            "urn:x-dw:plain \"DW\" []",
        ]
    );
    let body = |at: usize| found[at].as_ref().expect("a page").body.clone();
    assert!(matches!(body(0), Body::Fragment(markup) if markup.contains("<p>The Halcyon was freed")));
    assert!(matches!(body(3), Body::Text(text) if text.ends_with("tug.\n\nThe bill is 40,000 crowns, he said.")));
}

#[test]
fn an_article_in_nitf_inside_an_item() {
    let page = page(include_bytes!("../../fixtures/newsml-g2-nitf.xml"));
    assert_eq!(page.title.as_deref(), Some("Harbour fee to rise"));
    assert_eq!(page.standfirst.as_deref(), Some("Council votes 9 to 2"));
    assert_eq!(
        (page.outlet.as_deref(), page.byline.as_slice()),
        (Some("delmarewire.example"), &["Ben Lee".to_owned()][..])
    );
    let sources: Vec<&str> = page.credits.iter().map(|credit| credit.source.as_str()).collect();
    assert_eq!(sources, ["Harbour Radio", "Alder Press", "Dee Ash"]);
    let Body::Fragment(markup) = page.body else { panic!("no markup") };
    for part in [
        "<p>The harbour fee of Port Delmare will rise by 4 percent in May.</p>",
        "<figure><figcaption>The council in session on Friday.</figcaption></figure>",
        "<h2>Nine to two</h2>",
        "<p>The council voted <q>after a long night</q>, its clerk said.</p>",
        "<blockquote><p>We had no choice.</p></blockquote>",
        "<ul><li>Ferries pay more.</li>",
        "<table><tr><td>2024</td>",
        "<p>Ada Orr contributed to this report.</p>",
    ] {
        assert!(markup.contains(part), "{part} in {markup}");
    }
}

#[test]
fn an_article_in_nitf_alone() {
    let page = page(include_bytes!("../../fixtures/nitf.xml"));
    assert_eq!((page.id.as_ref(), page.outlet.as_deref()), ("dw-20250329-tug", Some("Delmare Courier")));
    assert_eq!(credits(&page), [("Delmare Wire", "Delmare Wire", CreditKind::Agency)]);
    assert_eq!((page.byline.len(), page.published.as_deref()), (0, Some("2025-03-29T07:00:00Z")));
    assert_eq!(page.extra["byline"], "DELMARE WIRE");
    assert_eq!(page.notes[0].note, "note to editors: First of two");
}

#[test]
fn what_is_no_report_says_what_to_do() {
    let package = include_str!("../../fixtures/newsml-g2-package.xml");
    let old = include_str!("../../fixtures/newsml-1.2.xml");
    for (document, says) in [
        (package, "only names 2 items (“Ferry aground”, “Tug on its way”); give the news items"),
        (old, "NewsML 1.x"),
        ("<newsItem guid='x'><itemMeta><itemClass qcode='ninat:text'/>", "cut off"),
        ("<newsItem guid='x'/>", "without words"),
        ("<newsItem guid='x'><contentSet/></newsItem>", "without words"),
        (
            "<newsItem><contentSet><inlineXML contenttype='x/sports+xml'><goal>2</goal></inlineXML></contentSet></newsItem>",
            "that is not read (x/sports+xml)",
        ),
        ("<newsMessage><header/></newsMessage>", "without news items"),
        ("<newsMessage><header/>", "last items are missing"),
        ("<conceptItem guid='x'/>", "a list of terms"),
        ("<planningItem guid='x'/>", "planned coverage"),
        ("<nitf><head/></nitf>", "without a body"),
        ("<nitf><body><body.content/></body></nitf>", "without words"),
        ("<newsItem><itemMeta><pubStatus qcode='stat:withheld'/></itemMeta></newsItem>", "withholds"),
    ] {
        assert!(reason(document).contains(says), "{document}: {}", reason(document));
    }
}

#[test]
fn an_item_derived_from_an_organisations() {
    let check = |source: &str| {
        let document = format!(
            "<newsItem guid='x'><itemMeta>{source}</itemMeta><contentMeta><headline>Ferry</headline></contentMeta></newsItem>"
        );
        page(document.as_bytes()).credits.into_iter().map(|credit| credit.source).collect::<Vec<_>>()
    };
    assert_eq!(check("<derivedFrom type='cpnat:organisation'><name>Alder Press</name></derivedFrom>"), ["Alder Press"]);
    assert_eq!(check("<derivedFrom idrefs='a b'><name>Alder Press</name></derivedFrom>").len(), 0);
    assert_eq!(check("<derivedFrom type='cpnat:geoArea'><name>Port Delmare</name></derivedFrom>").len(), 0);
    let link =
        "<link rel='http://cv.iptc.org/newscodes/itemrelation/derivedFrom' href='https://alderpress.example/1'/>";
    assert_eq!(check(link), ["alderpress.example"]);
    assert_eq!(
        check("<link rel='irel:translatedFrom' residref='urn:x'><provider literal='Alder Press'/></link>"),
        ["Alder Press"]
    );
}

fn body_of(xhtml: &str) -> Body {
    let item = format!(
        "<newsItem guid='x'><contentSet><inlineXML contenttype='application/xhtml+xml'>{xhtml}</inlineXML></contentSet></newsItem>"
    );
    page(item.as_bytes()).body
}

#[test]
fn marks_of_an_agency_stay_in_their_line() {
    let body = body_of("<html><body><p>The owner, <Company>Alder Ferries</Company>, will pay.</p></body></html>");
    assert_eq!(body, Body::Fragment("<p>The owner, Alder Ferries, will pay.</p>".to_owned()));
}

#[test]
fn keywords_above_the_article_are_none_of_its_words() {
    let body = body_of(
        "<html><body><header><ul><li>Ferries</li></ul><h1>Ferry aground</h1></header><p>It ran aground.</p></body></html>",
    );
    assert_eq!(body, Body::Fragment("<header></header><p>It ran aground.</p>".to_owned()));
    let body = body_of("<html><body><header><p>It ran aground at dawn.</p></header><p>All are safe.</p></body></html>");
    assert!(matches!(body, Body::Fragment(markup) if markup.contains("at dawn")));
}

#[test]
fn a_story_in_one_paragraph_has_the_lines_it_was_sent_with() {
    let story = "<p>(Adds owner)\n\n    PORT DELMARE (DW) - The ferry Halcyon ran aground off the port\nof Delmare early on Thursday with 212 people on board, the\nharbour master said in a statement to the press on Thursday\nafternoon.\n    All are safe.</p>";
    let text = "(Adds owner)\nPORT DELMARE (DW) - The ferry Halcyon ran aground off the port of Delmare early on Thursday with 212 people on board, the harbour master said in a statement to the press on Thursday afternoon.\nAll are safe.";
    assert_eq!(body_of(story), Body::Text(text.to_owned()));
}

#[test]
fn breaks_that_keep_to_a_width() {
    let document = "<nitf><head><docdata><doc.copyright holder='Delmare Wire. All rights reserved.'/></docdata></head><body><body.head> <hedline><hl1>Ferry aground</hl1></hedline><byline><person>Ada Orr and Ben Lee</person></byline> <distributor>DW</distributor></body.head><body.content> <p>The ferry Halcyon ran aground off the port of Delmare early<br/>on Thursday with 212 people on board, the harbour master<br/>said in a statement to the press on Thursday afternoon, and<br/>all are safe.</p></body.content> </body></nitf>";
    let page = page(document.as_bytes());
    assert!(matches!(&page.body, Body::Fragment(markup) if !markup.contains("<br>")));
    assert_eq!(
        (page.byline, page.outlet.as_deref()),
        (vec!["Ada Orr".to_owned(), "Ben Lee".to_owned()], Some("Delmare Wire"))
    );
    assert!(page.credits.is_empty());
}

#[test]
fn an_agency_is_known_by_its_host_and_by_its_initials() {
    let check = |meta: &str, content: &str| {
        let document = format!(
            "<newsItem guid='x'><itemMeta>{meta}</itemMeta><contentMeta><headline>Ferry</headline>{content}</contentMeta></newsItem>"
        );
        let page = page(document.as_bytes());
        let credits: Vec<String> = page.credits.into_iter().map(|credit| credit.source).collect();
        (page.outlet.unwrap_or_default(), credits.join(", "))
    };
    let told =
        check("<provider literal='alder.example'/>", "<infoSource literal='Alder'/><creditline>Alder</creditline>");
    assert_eq!(told, ("Alder".to_owned(), String::new()));
    let told = check("<provider literal='ALD'/>", "<by>ALD-DPX</by><creditline>ALD–Vell Wire</creditline>");
    assert_eq!(told, ("ALD".to_owned(), "DPX, Vell Wire".to_owned()));
}

#[test]
fn the_headline_in_the_language_of_the_item() {
    let document = "<newsItem xml:lang='fr-CA'><itemMeta><provider uri='http://cv.iptc.org/newscodes/newsprovider/DW'/></itemMeta>\
                    <contentMeta><headline xml:lang='en'>Ferry aground</headline>\
                    <headline xml:lang='fr'>Le ferry s’échoue</headline></contentMeta></newsItem>";
    let page = page(document.as_bytes());
    assert_eq!((page.title.as_deref(), page.outlet.as_deref()), (Some("Le ferry s’échoue"), Some("DW")));
}

#[test]
fn an_item_that_is_cut_off_behind_its_words_is_read() {
    let document =
        "<newsItem guid='x'><contentSet><inlineData contenttype='text/plain'>It sank.</inlineData></contentSet><x";
    assert_eq!(page(document.as_bytes()).body, Body::Text("It sank.".to_owned()));
}

#[test]
fn a_list_of_events_is_no_article() {
    let document = "<newsItem guid='x'><contentSet><inlineXML><events><event><broader/><name>Council</name></event></events>\
                    </inlineXML></contentSet></newsItem>";
    assert!(reason(document).contains("a body of a kind that is not read"));
}

#[test]
fn long_lists_cost_no_more_than_their_length() {
    let parts: String = (0..3_000)
        .map(|n| format!("<assert qcode='x:{n}'><name>Source {n}</name></assert><itemRef residref='{n}'/>"))
        .collect();
    let sources: String = (0..3_000).map(|n| format!("<infoSource qcode='x:{n}'/><subject qcode='x:{n}'/>")).collect();
    let document = format!(
        "<newsMessage><itemSet><packageItem>{parts}</packageItem><newsItem guid='x'>{parts}<contentMeta><headline>Ferry</headline>\
         {sources}</contentMeta></newsItem></itemSet></newsMessage>"
    );
    assert_eq!(read(document.as_bytes())[1].as_ref().expect("a page").credits.len(), 64);
}

#[test]
fn a_link_to_an_item_without_a_host_is_a_note() {
    let document = "<newsItem guid='x'><itemMeta><link rel='irel:derivedFrom' residref='urn:uuid:7'><title>Flash</title></link></itemMeta>\
                    <contentMeta><headline>Ferry aground</headline></contentMeta></newsItem>";
    let page = page(document.as_bytes());
    assert_eq!((page.credits.len(), page.notes[0].note.as_str()), (0, "derived from urn:uuid:7 (“Flash”)"));
    assert_eq!(page.body, Body::Headline);
}

#[test]
fn markup_in_escaped_data_and_an_item_without_a_name() {
    let document = "<newsItem><contentSet><inlineData contenttype='text/html'>&lt;p&gt;It sank.&lt;/p&gt;</inlineData>\
                    <inlineData encoding='x:base64'>AAAA</inlineData></contentSet></newsItem>";
    let page = page(document.as_bytes());
    assert_eq!(page.body, Body::Fragment("<p>It sank.</p>".to_owned()));
    assert_eq!(page.id.as_ref().len(), 16);
}

proptest::proptest! {
    #[test]
    fn any_cut_is_read_or_named(at in 0usize..6_000) {
        for document in [
            include_str!("../../fixtures/newsml-g2-item.xml"),
            include_str!("../../fixtures/newsml-g2-message.xml"),
            include_str!("../../fixtures/newsml-g2-nitf.xml"),
        ] {
            let cut = &document[..document.floor_char_boundary(at)];
            proptest::prop_assert!(!read(cut.as_bytes()).is_empty());
        }
    }
}

//! Documents as they come, and documents that were made to hurt.

use super::{End, Tree};

fn text(document: &str) -> String {
    Tree::of(document).root().expect("a root").text()
}

fn names(document: &str) -> Vec<String> {
    let tree = Tree::of(document);
    tree.root().expect("a root").descendants().map(|found| format!("{}:{}", found.prefix(), found.name())).collect()
}

#[test]
fn an_honest_document() {
    let tree = Tree::of(
        "<?xml version='1.0'?><!-- made by hand -->\n<a xmlns='urn:one' xmlns:d='urn:two' lang=\"en\">\n<d:b>Ferry &amp; \
         port &eacute;t&#233; &#8212;</d:b><![CDATA[<i>1 & 2</i>]]><c href='x?a=1&amp;b=2'/></a>\n",
    );
    let root = tree.root().expect("a root");
    assert_eq!((tree.end, root.name(), root.namespace()), (End::Whole, "a", Some("urn:one")));
    let b = root.child("b").expect("a child");
    assert_eq!((b.prefix(), b.namespace(), b.line().as_deref()), ("d", Some("urn:two"), Some("Ferry & port été —")));
    assert_eq!(root.text(), "\nFerry & port été —<i>1 & 2</i>");
    let c = root.child("c").expect("a child");
    assert_eq!((c.attribute("href").as_deref(), c.attribute("nothing")), (Some("x?a=1&b=2"), None));
    assert!(c.namespace() == Some("urn:one") && c.is_whole() && root.is_whole());
}

#[test]
fn markup_inside() {
    let tree = Tree::of(
        "<content xmlns:x='http://www.w3.org/1999/xhtml'><x:div class='a\"b'>The <x:b>ferry</x:b> sank &lt; 1 km<x:br/>\
         <![CDATA[<off>]]></x:div></content>",
    );
    assert_eq!(
        tree.root().expect("a root").inner_markup(),
        "<div class=\"a&quot;b\">The <b>ferry</b> sank &lt; 1 km<br>&lt;off&gt;</div>"
    );
}

#[test]
fn a_namespace_ends_with_its_element() {
    let tree = Tree::of("<a><b xmlns:p='urn:one'><p:c/></b><p:c/></a>");
    let spaces: Vec<_> = tree.root().expect("a root").descendants().map(|found| found.namespace()).collect();
    assert_eq!(spaces, [None, Some("urn:one"), None]);
}

#[test]
fn small_damage() {
    assert_eq!(text("<a>Orr & Sons &co; 5 < 6 <3 <!x \u{1}\0end</a>"), "Orr & Sons &co; 5 < 6 <3 <!x end");
    assert_eq!(text("<a>&#146;90s &#0;&#xD800;x &lt</a>"), "’90s x &lt");
    assert_eq!(names("<a><b>one<i>two</b><c/></x></a>"), [":b", ":i", ":c"]);
    assert_eq!(names("<a><d:b>one<br>two</d:b><c q=1 r></a>"), ["d:b", ":br", ":c"]);
    assert_eq!(text("<a><b>one<br>two</b></a>"), "onetwo");
}

#[test]
fn a_document_that_is_cut_off() {
    for cut in [
        "<a><b>one</b><b>tw",
        "<a><b>one</b><b",
        "<a><b>one</b><b><![CDATA[x",
        "<a><b>one</b><b x='",
        "<a><b>one</b><b><!-- ",
    ] {
        let tree = Tree::of(cut);
        let root = tree.root().expect("a root");
        let whole = root.children().filter(|child| child.is_whole()).count();
        assert_eq!((tree.end, whole, root.is_whole()), (End::CutOff, 1, false), "{cut}");
    }
    assert!(Tree::of("").root().is_none() && Tree::of("no markup").root().is_none());
}

#[test]
fn a_quote_that_is_never_closed_costs_its_tag_alone() {
    let document = "<a><b>one</b><b x=\"y>two</b><b>three</b><b>four</b></a>";
    let tree = Tree::of(document);
    let lines: Vec<_> = tree.root().expect("a root").children().filter_map(|child| child.line()).collect();
    assert_eq!((lines.join(" "), tree.end), ("one three four".to_owned(), End::Whole));
    let quotes = "<a>".to_owned() + &"<b x='".repeat(9_999);
    assert_eq!(Tree::of(&quotes).end, End::CutOff);
}

#[test]
fn no_entity_is_expanded() {
    let laughs = "<!DOCTYPE a [<!ENTITY l0 'ha'><!ENTITY l1 '&l0;&l0;&l0;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>\n\
                  <a>&l1;&f;</a>";
    assert_eq!(text(laughs), "&l1;&f;");
}

#[test]
fn deep_and_wide() {
    let n = 200_000;
    let deep = format!("<a>{}word{}<z/></a>", "<b>".repeat(n), "</b>".repeat(n));
    let tree = Tree::of(&deep);
    let root = tree.root().expect("a root");
    assert_eq!((root.text(), root.child("z").is_some(), tree.end), ("word".to_owned(), true, End::Whole));
    assert_eq!(text(&format!("<a>{}word", "<b>".repeat(n))), "word");
    assert_eq!(text(&format!("<a>word{}</a>", "</b>".repeat(n))), "word");
    let wide = format!("<a {}>word</a>", (0..n).map(|k| format!("k{k}='{k}' ")).collect::<String>());
    let tree = Tree::of(&wide);
    let root = tree.root().expect("a root");
    assert_eq!((root.attribute("k7").as_deref(), root.text().as_str()), (Some("7"), "word"));
    let spaces = format!("<a>{}</a>", (0..n / 10).map(|k| format!("<b xmlns:k='u{k}'>")).collect::<String>());
    assert_eq!(text(&spaces), "");
    let brackets = "<a>".to_owned() + &"< & ".repeat(n);
    assert_eq!(text(&brackets).len(), 4 * n);
    assert_eq!(text(&format!("<a>{}</a>", "&amp;".repeat(n))).len(), n);
}

proptest::proptest! {
    #[test]
    fn any_text_has_an_end(parts in proptest::collection::vec("<a>|</a>|<b x='|'|\"|<!|--|<!\\[CDATA\\[|\\]\\]>|>|/>|<\\?|\\?>|&|;|amp|é|[a-z<&>/]{0,4}", 0..40)) {
        let tree = Tree::of(&parts.concat());
        if let Some(root) = tree.root() {
            let all = root.descendants().count();
            proptest::prop_assert!(all <= parts.len() * 4 && root.inner_markup().len() + 1 > root.text().len() / 8);
        }
    }
}

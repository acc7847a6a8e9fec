//! A list of sources as OPML 2.0, as reader programs take it.

use std::collections::BTreeMap;

use crate::out::Pen;

/// A source of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its address.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// The address of its site.
    pub site: Option<String>,
    /// The folders it lies in, with `/` between.
    pub folder: Option<String>,
}

/// Folders that lie in each other, and their sources.
#[derive(Default)]
struct Folder<'a> {
    folders: BTreeMap<&'a str, Folder<'a>>,
    sources: Vec<&'a Outline>,
}

/// The most folders inside each other; deeper ones are written as one name.
const DEEPEST: usize = 8;

/// Returns a list of sources as OPML 2.0: folders by name, sources in their order. Addresses that are not of the web are
/// left out.
pub fn opml(title: &str, sources: &[Outline]) -> String {
    let mut root = Folder::default();
    for source in sources.iter().filter(|source| is_web(&source.url)) {
        let path = source.folder.as_deref().unwrap_or_default();
        let names = path.splitn(DEEPEST, '/').filter(|name| !name.trim().is_empty());
        let folder = names.fold(&mut root, |folder, name| folder.folders.entry(name).or_default());
        folder.sources.push(source);
    }
    let mut pen = Pen::new();
    pen.element("opml", &[("version", "2.0")], |pen| {
        pen.element("head", &[], |pen| pen.words("title", &[], title));
        pen.element("body", &[], |pen| write(pen, &root));
    });
    pen.done()
}

fn is_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn write(pen: &mut Pen, folder: &Folder) {
    for source in &folder.sources {
        let mut attributes =
            vec![("type", "rss"), ("text", &*source.title), ("title", &*source.title), ("xmlUrl", &*source.url)];
        attributes.extend(source.site.as_deref().filter(|site| is_web(site)).map(|site| ("htmlUrl", site)));
        pen.empty("outline", &attributes);
    }
    for (name, inner) in &folder.folders {
        pen.element("outline", &[("text", name), ("title", name)], |pen| write(pen, inner));
    }
}

#[cfg(test)]
mod tests {
    use super::{Outline, opml};

    #[test]
    fn folders_hold_their_sources_and_words_stay_words() {
        let of = |url: &str, title: &str, folder: &str| Outline {
            url: url.to_owned(),
            title: title.to_owned(),
            site: None,
            folder: Some(folder.to_owned()).filter(|folder| !folder.is_empty()),
        };
        let list = opml(
            "Delmare desk",
            &[
                of("https://herald.example/feed?a=1&b=2", "Herald \"Sea\" <b>", "Sea/North"),
                of("javascript:alert(1)", "No", ""),
                of("https://post.example/feed", "Post", ""),
            ],
        );
        assert!(list.contains("xmlUrl=\"https://herald.example/feed?a=1&amp;b=2\""), "{list}");
        assert!(list.contains("text=\"Herald &quot;Sea&quot; &lt;b&gt;\"") && !list.contains("javascript"), "{list}");
        let (post, north) = (list.find("post.example").unwrap(), list.find("text=\"North\"").unwrap());
        assert!(post < list.find("text=\"Sea\"").unwrap() && north < list.find("herald.example").unwrap());
    }
}

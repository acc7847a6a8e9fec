//! NITF 3.x (IPTC): an article with its head, alone in a file or inside an agency's item.

use serde_json::{Map, Value};
use variorum_news::{Body, CreditKind, Page};

use crate::agency::{self, Byline};
use crate::markup::only;
use crate::xml::Element;

/// An article in NITF: its body as markup that is read as a web page's, and what its heads state.
#[derive(Debug, Default)]
pub(crate) struct Article {
    /// The name that its maker gave it.
    pub id: Option<String>,
    pub title: Option<String>,
    pub standfirst: Option<String>,
    pub byline: Vec<String>,
    /// The lines that name its authors, where they say more than names.
    pub byline_words: Option<String>,
    pub dateline: Option<String>,
    /// Who can be asked about it.
    pub tagline: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub distributor: Option<String>,
    /// Who made the pictures.
    pub producers: Vec<String>,
    /// What the agency tells editors.
    pub notes: Vec<String>,
    /// The words, in elements of HTML.
    pub markup: String,
}

/// Returns the article that an element is or holds; none where there is no body.
pub(crate) fn article(root: Element<'_>) -> Option<Article> {
    let nitf = if root.name() == "nitf" {
        root
    } else {
        root.descendants().find(|inner| inner.name() == "nitf").unwrap_or(root)
    };
    let body = nitf.child("body").or_else(|| nitf.descendants().find(|inner| inner.name() == "body"))?;
    let mut article = Article::default();
    if let Some(head) = nitf.child("head") {
        article.head(head);
    }
    if let Some(head) = body.child("body.head") {
        article.body_head(head);
    }
    for content in body.named("body.content") {
        article.blocks(content);
        if article.markup.is_empty() {
            article.loose(content);
        }
    }
    article.join_wrapped();
    for tagline in body.named("body.end").flat_map(|end| end.named("tagline")) {
        article.tagline(tagline);
    }
    Some(article)
}

impl Article {
    /// Adds what the article states and the item around it does not.
    pub(crate) fn fill(self, page: &mut Page) {
        page.title = page.title.take().or(self.title);
        let title = page.title.clone().unwrap_or_default();
        page.standfirst = page.standfirst.take().or(self.standfirst).filter(|line| !agency::same_name(&title, line));
        page.published = page.published.take().or(self.published);
        page.outlet = page.outlet.take().or(self.outlet);
        if page.byline.is_empty() {
            page.byline = self.byline;
        }
        match &page.outlet {
            None => page.outlet = self.distributor,
            Some(_) => {
                self.distributor.iter().for_each(|name| agency::add_credit(page, name, CreditKind::Agency));
            }
        }
        self.producers.iter().for_each(|name| agency::add_credit_line(page, name, CreditKind::Photo));
        self.notes.iter().for_each(|note| agency::add_note(page, format!("note to editors: {note}")));
        keep(&mut page.extra, "dateline", self.dateline);
        keep(&mut page.extra, "tagline", self.tagline);
        self.byline_words.iter().for_each(|line| agency::add_initials(page, line));
        keep(&mut page.extra, "byline", self.byline_words);
        page.body = if self.markup.is_empty() { Body::Headline } else { Body::Fragment(self.markup) };
    }

    fn head(&mut self, head: Element<'_>) {
        self.title = head.line_of("title");
        let of = |holder: &str, name: &str, attribute: &str| {
            let found = head.child(holder)?.child(name)?.attribute(attribute)?;
            Some(found.trim().to_owned()).filter(|found| !found.is_empty())
        };
        self.id = of("docdata", "doc-id", "id-string");
        let publication = head.child("pubdata");
        let stated =
            |name: &str| publication.and_then(|found| found.attribute(name)).filter(|words| !words.trim().is_empty());
        let published = stated("date.publication").or_else(|| of("docdata", "date.issue", "norm"));
        self.published = published.map(|stated| extended(&stated).unwrap_or(stated));
        let holder = of("docdata", "doc.copyright", "holder").map(|holder| without_claim(&holder).to_owned());
        self.outlet = stated("name").or(holder);
        self.notes.extend(of("docdata", "ed-msg", "info"));
    }

    fn body_head(&mut self, head: Element<'_>) {
        if let Some(hedline) = head.child("hedline") {
            self.title = hedline.line_of("hl1").or_else(|| hedline.line()).or(self.title.take());
            self.standfirst = hedline.line_of("hl2");
        }
        self.standfirst = head.line_of("abstract").or(self.standfirst.take());
        self.dateline = head.line_of("dateline");
        self.distributor = head.line_of("distributor");
        head.named("byline").for_each(|byline| self.byline(byline));
        self.notes.extend(head.named("note").filter_map(Element::line));
    }

    /// The format marks people and their roles; where it marks neither, the line itself must tell.
    fn byline(&mut self, byline: Element<'_>) {
        let Some(line) = byline.line() else { return };
        let marked: Vec<String> =
            byline.named("person").filter_map(Element::line).flat_map(|line| agency::joined_names(&line)).collect();
        let roles = byline.named("byttl").filter_map(Element::line);
        let named = Byline::of(&roles.fold(line.clone(), |rest, role| rest.replacen(&role, "", 1)));
        let is_whole = marked.is_empty() && named.whole && byline.child("byttl").is_none();
        let people = if marked.is_empty() { named.people } else { marked };
        self.byline.extend(people);
        if !is_whole {
            let words = self.byline_words.get_or_insert_default();
            words.push_str(if words.is_empty() { "" } else { "; " });
            words.push_str(&line);
        }
    }

    fn blocks(&mut self, parent: Element<'_>) {
        for block in parent.children() {
            match block.name() {
                "block" | "nitf-table" | "body.content" => self.blocks(block),
                "hl1" | "hl2" => self.wrapped("h2", block),
                "media" => self.media(block),
                "bq" => self.around("blockquote", block),
                "ul" | "ol" | "dl" | "table" | "pre" => self.wrapped(block.name(), block),
                "byline" => self.byline(block),
                "dateline" => self.dateline = self.dateline.take().or_else(|| block.line()),
                "note" => self.notes.extend(block.line()),
                "hr" | "copyrite" | "datasource" | "nitf-table-metadata" | "custom-table" | "table-reference" => {}
                _ => self.wrapped("p", block),
            }
        }
    }

    /// Breaks that only keep to a width part no lines.
    fn join_wrapped(&mut self) {
        let mut lines: Vec<&str> = self.markup.split("<br>").collect();
        lines.pop();
        let begun = |line: &'_ &str| line.rfind("<p>").map_or(0, |at| at + "<p>".len());
        if agency::is_wrapped(lines.iter().map(|line| &line[begun(line)..])) {
            self.markup = self.markup.replace("<br>", " ");
        }
    }

    /// A sentence at the end is printed ("… contributed to this report."), an address of a desk is not.
    fn tagline(&mut self, tagline: Element<'_>) {
        match tagline.line() {
            Some(line) if line.ends_with(['.', '!', '?', '。']) => self.wrapped("p", tagline),
            line => self.tagline = self.tagline.take().or(line),
        }
    }

    fn around(&mut self, tag: &str, quoted: Element<'_>) {
        self.markup.push_str(&format!("<{tag}>"));
        let before = self.markup.len();
        self.blocks(quoted);
        if self.markup.len() == before {
            self.markup.push_str(&as_html(&quoted.inner_markup()));
        }
        self.markup.push_str(&format!("</{tag}>"));
    }

    fn wrapped(&mut self, tag: &str, element: Element<'_>) {
        if element.line().is_some() {
            self.markup.push_str(&format!("<{tag}>{}</{tag}>", as_html(&element.inner_markup())));
        }
    }

    /// Words under a picture are the article's, the picture itself is not.
    fn media(&mut self, media: Element<'_>) {
        self.producers.extend(media.named("media-producer").filter_map(Element::line));
        for caption in media.named("media-caption").filter(|caption| caption.line().is_some()) {
            self.markup.push_str("<figure>");
            self.wrapped("figcaption", caption);
            self.markup.push_str("</figure>");
        }
    }

    /// Words without blocks: every line of them is one.
    fn loose(&mut self, content: Element<'_>) {
        for line in as_html(&content.inner_markup()).lines().filter(|line| !line.trim().is_empty()) {
            self.markup.push_str(&format!("<p>{}</p>", line.trim()));
        }
    }
}

/// Returns a time in the form that all other formats use, from ISO 8601's short one: `20250327T0700Z`.
fn extended(stated: &str) -> Option<String> {
    let (day, clock) = stated.trim().split_once('T')?;
    let n_digits = clock.bytes().take_while(u8::is_ascii_digit).count();
    if day.len() != 8 || !day.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(n_digits, 4 | 6) {
        return None;
    }
    let seconds = if n_digits == 6 { &clock[4..6] } else { "00" };
    let (date, time) =
        (format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]), format!("{}:{}", &clock[..2], &clock[2..4]));
    Some(format!("{date}T{time}:{seconds}{}", &clock[n_digits..]))
}

/// Returns a holder of rights without what is claimed ("Delmare Wire. All rights reserved.").
fn without_claim(holder: &str) -> &str {
    let claim = holder.to_ascii_lowercase().find("all rights").filter(|at| *at > 0);
    holder[..claim.unwrap_or(holder.len())].trim().trim_end_matches(['.', ',', '-']).trim()
}

/// Elements that mean the same in HTML; all others mark what words are about (`person`, `num`) and stand in lines.
const SHARED: &[&str] = &[
    "p", "a", "em", "q", "br", "sub", "sup", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td",
    "th", "pre",
];

fn as_html(markup: &str) -> String {
    only(SHARED, markup)
}

/// Keeps what no field of a page takes.
pub(crate) fn keep(extra: &mut Map<String, Value>, name: &str, words: Option<String>) {
    if let Some(words) = words {
        extra.entry(name).or_insert(Value::String(words));
    }
}

#[cfg(test)]
mod tests {
    use super::extended;

    #[test]
    fn times_in_the_short_form() {
        assert_eq!(extended("20250327T070012Z").as_deref(), Some("2025-03-27T07:00:12Z"));
        assert_eq!(extended("20250327T0700+0100").as_deref(), Some("2025-03-27T07:00:00+0100"));
        for other in ["2025-03-27T07:00:00Z", "20250327", "20250327T", "2025é27T0700", "T0700", ""] {
            assert_eq!(extended(other), None, "{other}");
        }
    }
}

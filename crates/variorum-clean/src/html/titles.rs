//! The headline of a page, without the outlet's name.

use super::facts::Stated;
use crate::piece::folded;

/// Returns the headline.
///
/// The heading that readers see is best where some metadata agrees with it, or where it is the only one of its rank;
/// otherwise linked data, OpenGraph, other `<meta>`, the window's title.
pub(crate) fn title(stated: &Stated<'_>) -> Option<String> {
    let headings: Vec<(u8, String)> = headings(stated);
    let titles = stated_titles(stated);
    let first = |rank: u8| headings.iter().filter(move |heading| heading.0 == rank).map(|heading| &heading.1);
    let agreed = |rank: u8| first(rank).find(|heading| titles.iter().any(|title| agree(heading, title)));
    let found = agreed(1).cloned().or_else(|| alone(stated)).or_else(|| near_top(stated, &titles));
    let found = found.map(|heading| without_kicker(stated, heading, &titles));
    found.or_else(|| titles.first().cloned()).or_else(|| first(1).find(|text| text.split(' ').count() > 2).cloned())
}

/// Returns the headings that readers see, without those of navigation and teasers.
fn headings(stated: &Stated<'_>) -> Vec<(u8, String)> {
    let headings = stated.gathered.headings.iter().filter(|heading| !heading.beside).take(24);
    let texts = headings.map(|heading| (heading.rank, without_outlet(&unescaped(&heading.text), stated)));
    texts.filter(|(_, text)| !text.is_empty() && !text.ends_with(':')).collect()
}

/// Returns the only heading of the first rank that can be a headline: no outlet's name, no rubric, and no heading
/// within running text.
fn alone(stated: &Stated<'_>) -> Option<String> {
    let outlet = stated.outlet.as_deref().map(folded).unwrap_or_default();
    let prose = running_text(stated);
    let headings = stated.gathered.headings.iter().filter(|heading| heading.rank == 1 && !heading.beside);
    let headings = headings.filter(|heading| heading.line <= prose).map(|heading| unescaped(&heading.text));
    let headings = headings.map(|text| without_outlet(&text, stated)).filter(|text| {
        let n_words = text.split_whitespace().count();
        let long = n_words >= 4 || n_words == 1 && text.chars().count() >= 10 && !text.is_ascii();
        long && !text.ends_with(':') && folded(text) != outlet && !crate::credits::is_outlet(text)
    });
    let mut headings = headings;
    let first = headings.next()?;
    headings.all(|other| folded(&other) == folded(&first)).then_some(first)
}

/// Returns the titles that metadata states, without the outlet's name.
fn stated_titles(stated: &Stated<'_>) -> Vec<String> {
    let metas =
        ["og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title", "cxenseparse:title"];
    let metas = metas.iter().filter_map(|name| stated.meta(&[*name]));
    let all = stated.linked.headline.as_deref().into_iter().chain(metas).chain([stated.gathered.window.as_str()]);
    all.map(|text| without_outlet(&unescaped(text), stated)).filter(|text| !text.is_empty()).collect()
}

/// Returns a heading of the second rank before the running text that says what metadata says: pages that keep the first
/// rank for their own name have their headlines there.
fn near_top(stated: &Stated<'_>, titles: &[String]) -> Option<String> {
    let prose = running_text(stated);
    let headings = stated.gathered.headings.iter().filter(|heading| heading.rank == 2 && !heading.beside);
    let mut texts = headings.filter(|heading| heading.line <= prose).map(|heading| unescaped(&heading.text));
    texts.find(|text| {
        titles
            .iter()
            .any(|title| folded(title) == folded(text) || folded(title).starts_with(&folded(text)) && text.len() >= 30)
    })
}

/// Returns the line at which the running text begins.
fn running_text(stated: &Stated<'_>) -> usize {
    let lines = &stated.gathered.lines;
    lines.iter().position(|line| !line.beside && line.text.len() >= 400).unwrap_or(lines.len())
}

/// A line over the headline often stands inside its element: "Storm at sea - Ferry sinks off Delmare". Where metadata has
/// the headline without it, the element is read so too.
fn without_kicker(stated: &Stated<'_>, heading: String, titles: &[String]) -> String {
    let own = stated.gathered.headings.iter().find(|own| unescaped(&own.text).starts_with(&heading));
    let rest = own.filter(|own| own.parts.len() > 1).map(|own| folded(&own.parts[1..].join(" ")));
    let shorter = titles.iter().find(|title| {
        let Some(kicker) = heading.strip_suffix(title.as_str()) else { return false };
        let kicker = kicker.trim_end();
        let is_parted = rest.as_deref() == Some(folded(title).as_str()) || kicker.ends_with(['-', '–', '—', '|']);
        is_parted && !kicker.is_empty() && title.split(' ').count() >= 4 && kicker.split(' ').count() <= 6
    });
    shorter.cloned().unwrap_or(heading)
}

/// Returns the line of the page at which its headline stands, or where the article begins without one.
pub(crate) fn line_of(stated: &Stated<'_>, title: Option<&str>) -> usize {
    let title = title.map(folded).unwrap_or_default();
    let headings = || stated.gathered.headings.iter();
    let named = headings().filter(|heading| !heading.beside).find(|heading| folded(&heading.text).ends_with(&title));
    let named = named.filter(|_| !title.is_empty()).map(|heading| heading.line);
    let by_line = || {
        let mut lines = stated.gathered.lines.iter();
        lines.position(|line| line.text.len() < 400 && !title.is_empty() && folded(&line.text) == title)
    };
    named
        .or_else(by_line)
        .or_else(|| headings().find(|heading| heading.rank == 1).map(|heading| heading.line))
        .unwrap_or(0)
}

/// Tells whether two titles share most of the words of the shorter one.
fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    if a.len() >= 20 && b.starts_with(&a) {
        return true;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|word| long.contains(word)).count();
    short.len() >= 2 && shared * 10 >= short.len() * 7 && short.len() * 3 >= long.len() || short == long
}

/// Returns a title without " | Outlet" at its end or "Outlet: " at its beginning.
fn without_outlet(title: &str, stated: &Stated<'_>) -> String {
    let mut title = title.trim().to_owned();
    for _ in 0..3 {
        let cut = [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " / ", "|"].iter().filter_map(|mark| {
            let at = title.rfind(mark)?;
            let (head, tail) = (&title[..at], &title[at + mark.len()..]);
            (is_outlet(tail, mark, stated) && folded(head).split(' ').count() >= 2).then_some(at)
        });
        match cut.max() {
            Some(at) => title.truncate(at),
            None => break,
        }
    }
    title.trim().to_owned()
}

/// Tells whether the tail of a title is the outlet's name or a rubric, not part of the headline.
fn is_outlet(tail: &str, mark: &str, stated: &Stated<'_>) -> bool {
    let folded_tail: String = folded(tail).split(' ').collect();
    let host = stated.url.as_deref().and_then(host).unwrap_or_default();
    let host: String = folded(host.trim_start_matches("www.")).split(' ').collect();
    let outlet: String = stated.outlet.as_deref().map(|name| folded(name).split(' ').collect()).unwrap_or_default();
    let named = !outlet.is_empty()
        && (folded_tail == outlet
            || folded_tail.len() > 3 && (outlet.contains(&folded_tail) || folded_tail.contains(&outlet)));
    let hosted = folded_tail.len() > 2 && host.contains(&folded_tail);
    named || hosted || crate::credits::is_outlet(tail) || mark.contains('|') && tail.split_whitespace().count() <= 3
}

/// Returns the host of an address.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '?', '#', ':']).next()
}

/// Returns a stated text as readers would see it: metadata escapes its text once more than the page does.
pub(crate) fn unescaped(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Some escape twice.
    for _ in 0..2 {
        if text.contains('&') {
            text = once_unescaped(&text);
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::piece::visible(&variorum_text::nfc(&text))
}

fn once_unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let name = rest[at + 1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 8);
        match name.and_then(|name| Some((name, entity(name)?))) {
            Some((name, mark)) => {
                out.push(mark);
                rest = &rest[at + name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Returns the character of a numeric entity, or of a named one that headlines use.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, mark)| *mark)
}

const ENTITIES: &[(&str, char)] = &[
    ("quot", '"'),
    ("apos", '\''),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("nbsp", ' '),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("aacute", 'á'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("euro", '€'),
    ("pound", '£'),
];

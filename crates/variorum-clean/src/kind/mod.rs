//! Pages that hold no article: errors, walls, listings, players. Each is a problem that says which and what to do next.
//!
//! A report that becomes a problem is lost, so a page must say of itself that it is none (its title, its address, its
//! linked data), and what was found on it must bear that out. A page that calls itself an article is believed.

mod look;
mod phrases;
#[cfg(test)]
mod tests;

pub(crate) use look::Look;

use variorum_news::BlockKind;

use crate::piece::{Piece, ends_as_sentence, folded};

/// What a page is that is no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Error,
    BotWall,
    Script,
    Consent,
    Login,
    Paywall,
    Parked,
    Search,
    Listing,
    Scores,
    Media,
}

impl Kind {
    /// Returns what the page is and what to do next.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Kind::Error => "an error page, not an article; check the address and fetch the page again",
            Kind::BotWall => "a wall against robots, not an article; give the page as a browser shows it",
            Kind::Script => {
                "a page that builds its article by script; give the page as a browser shows it, or its text as .txt"
            }
            Kind::Consent => {
                "a question for consent to cookies, not an article; answer it in a browser and save the page"
            }
            Kind::Login => "a page to log in, not an article; give the page as a member sees it",
            Kind::Paywall => "only a stub of the article before a paywall; give the page as a subscriber sees it",
            Kind::Parked => "a page that a host shows for an empty site, not an article; check the address",
            Kind::Search => "a page of search results, not an article; give the pages that it links to",
            Kind::Listing => "a page that lists articles, not one of them; give the pages that it links to",
            Kind::Scores => "a page of scores or tables, not an article; give the report of the match",
            Kind::Media => "a page with a video, sounds or pictures and no article; give its words as .txt",
        }
    }
}

/// Fewer words than this before a paywall are a stub.
const STUB: usize = 60;
/// An article with fewer words of its own may stand beside what a wall says.
const FEW: usize = 40;
/// A page that lists articles points to so many.
const TEASERS: usize = 8;

/// Where fewer words were found, all that the page shows is asked what it is.
const FEWEST: usize = 25;

/// Returns what a page is, where it is no article; none for an article, and for all that might be one.
///
/// `pieces` were found as its article, `shown` is all that stands on it.
pub(crate) fn of_page(look: &Look, pieces: &[Piece], shown: &[&str]) -> Option<Kind> {
    let mut found = Found::of(look, pieces);
    if found.own < FEWEST {
        found.says.extend(shown.iter().filter_map(|line| phrases::line(line)).filter(|kind| *kind != Kind::Consent));
    }
    if found.own < STUB && (look.is_free == Some(false) || found.says(Kind::Paywall)) {
        return (found.own < FEW || found.says(Kind::Paywall)).then_some(Kind::Paywall);
    }
    if look.is_article {
        return None;
    }
    wall(look, &found).or_else(|| empty(look, &found)).or_else(|| listing(look, &found))
}

/// Tells whether a paywall cuts off the text of an article.
pub(crate) fn is_cut_off(look: &Look, pieces: &[Piece]) -> bool {
    let wall = pieces.iter().rev().take(4).any(|piece| phrases::line(&piece.text) == Some(Kind::Paywall));
    let last = pieces.iter().rev().find(|piece| phrases::line(&piece.text).is_none());
    let breaks = last.is_some_and(|piece| piece.text.ends_with(['…']) || piece.text.ends_with("..."));
    wall && look.is_free != Some(true) || look.is_free == Some(false) && breaks
}

/// What was found as the article of a page.
#[derive(Debug)]
struct Found {
    /// How many words it has without the lines of walls.
    own: usize,
    /// How many of its lines are running text.
    n_prose: usize,
    /// What its lines say of the page, the first first.
    says: Vec<Kind>,
    /// The share of its words that stand in teasers of other articles.
    in_teasers: f64,
    /// The share of its lines that speak of consent.
    of_consent: f64,
    /// The share of its lines that are short and hold a number.
    counted: f64,
}

impl Found {
    fn of(look: &Look, pieces: &[Piece]) -> Self {
        let lines: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        // A headline may play with the words of a banner.
        let is_banner = |n: usize, kind: &Kind| *kind != Kind::Consent || pieces[n].kind != BlockKind::Heading;
        let says: Vec<Option<Kind>> =
            lines.iter().enumerate().map(|(n, line)| phrases::line(line).filter(|kind| is_banner(n, kind))).collect();
        let size = |keep: &dyn Fn(usize, &str) -> bool| {
            lines.iter().enumerate().filter(|(n, line)| keep(*n, line)).map(|(_, line)| words(line)).sum::<usize>()
        };
        let all = size(&|_, _| true).max(1);
        let share = |keep: &dyn Fn(&str) -> bool| {
            lines.iter().filter(|line| keep(line)).count() as f64 / lines.len().max(1) as f64
        };
        Found {
            own: size(&|n, _| says[n].is_none()),
            n_prose: lines.iter().filter(|line| words(line) >= 20 && ends_as_sentence(line)).count(),
            in_teasers: size(&|_, line| look.is_in_teaser(line)) as f64 / all as f64,
            of_consent: share(&|line| phrases::of_consent(line)),
            counted: share(&|line| words(line) <= 12 && line.chars().any(char::is_numeric)),
            says: says.into_iter().flatten().collect(),
        }
    }

    fn says(&self, kind: Kind) -> bool {
        self.says.contains(&kind)
    }
}

/// Returns the number of words; scripts without spaces between words have about one for two letters.
pub(crate) fn words(line: &str) -> usize {
    let unspaced = line
        .chars()
        .filter(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
        .count();
    crate::piece::word_count(line) + unspaced / 2
}

/// What stands before an article, or instead of it.
fn wall(look: &Look, found: &Found) -> Option<Kind> {
    let titled = |kind: Kind| look.titled.contains(&kind);
    for kind in [Kind::Error, Kind::BotWall, Kind::Parked] {
        if titled(kind) && (found.n_prose == 0 || found.n_prose <= 2 && found.own < 3 * FEW) {
            return Some(kind);
        }
    }
    let consent = found.own < FEW || found.says(Kind::Consent) && found.of_consent >= 0.5;
    if titled(Kind::Consent) && consent || asks_consent(found) {
        return Some(Kind::Consent);
    }
    if (titled(Kind::Login) || look.has_password) && found.own < FEW && found.n_prose <= 1 {
        return Some(Kind::Login);
    }
    let said = [Kind::BotWall, Kind::Script, Kind::Parked].into_iter().find(|kind| found.says(*kind));
    said.filter(|_| found.own < FEW)
}

/// A banner for consent that was taken for the article: it opens so, and most of its lines go on so.
fn asks_consent(found: &Found) -> bool {
    found.says.first() == Some(&Kind::Consent) && found.of_consent >= 0.6 && found.own < 300
}

/// Pages with something to see or hear and next to nothing to read.
fn empty(look: &Look, found: &Found) -> Option<Kind> {
    let is_media = look.is_media || look.path == Some(Kind::Media);
    if is_media && found.own < FEWEST {
        return Some(Kind::Media);
    }
    let is_scores = look.path == Some(Kind::Scores) && found.n_prose == 0 && found.counted >= 0.5;
    is_scores.then_some(Kind::Scores)
}

/// Pages that point to articles.
fn listing(look: &Look, found: &Found) -> Option<Kind> {
    let points = look.n_teasers >= TEASERS;
    if look.titled.contains(&Kind::Search) && look.n_teasers >= 3 && found.in_teasers >= 0.5 {
        return Some(Kind::Search);
    }
    if !points || look.is_dated {
        return None;
    }
    let stated = look.lists || look.path == Some(Kind::Listing) || look.path == Some(Kind::Search);
    let is_front = look.is_root && look.n_teasers >= 2 * TEASERS;
    let is_listed = found.in_teasers >= 0.6;
    let few = found.n_prose <= 3;
    if (stated || is_front) && (is_listed || few) || is_listed && look.n_cards >= TEASERS {
        return Some(if look.path == Some(Kind::Search) { Kind::Search } else { Kind::Listing });
    }
    None
}

/// Returns the parts of a title, folded.
fn parts(title: &str) -> Vec<String> {
    let mut parts = vec![title];
    for mark in [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", ": ", "! "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(folded).filter(|part| !part.is_empty()).collect()
}

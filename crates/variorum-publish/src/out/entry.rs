//! The words of an entry: what Atom and JSON Feed both carry.

use maud::{Markup, html};

use super::{Counts, Feed, FeedStory, FeedWitness, Room, language, linked};
use crate::link;
use crate::phrase::counted;
use crate::sigla::siglum;

/// The line that stands under all we hand out.
pub const CREED: &str = "Variorum counts reporting, not truth.";

impl Feed {
    /// Returns a path of the newsroom as an address.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.room.address)
    }

    /// Returns when anything in it last changed.
    pub(super) fn updated(&self) -> i64 {
        self.stories.iter().map(|story| story.changed).max().unwrap_or(self.changed)
    }
}

impl FeedStory {
    /// Returns the headline: words of a report wherever there are any.
    pub fn headline(&self) -> &str {
        let first = self.account.first().map(|(words, _)| words.as_str());
        let given = [self.title.as_deref(), first].into_iter().flatten().find(|words| !words.trim().is_empty());
        given.unwrap_or("A story without a headline")
    }

    /// Returns the counts in one line.
    pub(super) fn summary(&self) -> String {
        let Counts { reports, publishers, origins, uncertain, variants, drift } = self.counts;
        let some = |n: u32, one: &str, after: &str| match n {
            0 => String::new(),
            n => format!("; {}{after}", counted(n as usize, one)),
        };
        let publishers = match publishers {
            0 => "publishers not named".to_owned(),
            n => counted(n as usize, "publisher"),
        };
        let unsure = if uncertain > 0 { format!(" ({uncertain} uncertain)") } else { String::new() };
        format!(
            "{}, {publishers}, {}{unsure}{}{}",
            counted(reports as usize, "report"),
            counted(origins as usize, "independent origin"),
            some(variants, "difference", ""),
            some(drift, "change", " by rewrites"),
        )
    }

    /// Returns the account and its witnesses as HTML: our own elements, everyone's words escaped.
    pub fn html(&self, room: &Room) -> String {
        html! {
            p { (self.summary()) }
            @for (words, sources) in &self.account {
                p dir="auto" lang=[self.spoken(sources)] {
                    (visible(words))
                    @for (siglum, witness) in self.named(sources) { " " a href=(room.report(&witness.id)) { (siglum) } }
                }
            }
            ul { @for (n, witness) in self.witnesses.iter().enumerate() { li dir="auto" lang=[language(witness.language.as_deref())] { (line(room, n, witness)) } } }
            p { (CREED) }
        }
        .into_string()
    }

    /// Returns the same as plain text.
    pub(super) fn text(&self) -> String {
        let told = self.account.iter().map(|(words, sources)| {
            let letters: Vec<String> = self.named(sources).map(|(siglum, _)| siglum).collect();
            format!("{words} [{}]", letters.join(", "))
        });
        let witnesses = self.witnesses.iter().enumerate().map(|(n, witness)| {
            let address = linked(witness.url.as_deref()).map(|url| format!(", {url}")).unwrap_or_default();
            format!("{} {}{}{address}", siglum(n), witness.name, titled(witness))
        });
        let mut parts = vec![self.summary()];
        parts.extend(told);
        parts.push(witnesses.collect::<Vec<_>>().join("\n"));
        parts.push(CREED.to_owned());
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// Returns the language of a sentence: that of the report whose words it is.
    fn spoken(&self, sources: &[usize]) -> Option<&str> {
        self.witnesses.get(*sources.first()?).and_then(|witness| language(witness.language.as_deref()))
    }

    fn named(&self, sources: &[usize]) -> impl Iterator<Item = (String, &FeedWitness)> {
        sources.iter().filter_map(|&n| Some((siglum(n), self.witnesses.get(n)?)))
    }
}

fn line(room: &Room, n: usize, witness: &FeedWitness) -> Markup {
    html! {
        (siglum(n)) " " a href=(room.report(&witness.id)) { (visible(&witness.name)) } (visible(&titled(witness)))
        @if let Some((url, host)) = linked(witness.url.as_deref()).and_then(|url| Some((url, link::host(url)?))) {
            ", " a href=(url) rel="noopener noreferrer" { (host) }
        }
    }
}

fn titled(witness: &FeedWitness) -> String {
    witness.title.as_deref().filter(|t| !t.trim().is_empty()).map(|title| format!(": {title}")).unwrap_or_default()
}

/// HTML can hold control characters no better than XML; a reader sees that something stood there.
fn visible(words: &str) -> String {
    words.chars().map(|c| if c.is_control() && !c.is_whitespace() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

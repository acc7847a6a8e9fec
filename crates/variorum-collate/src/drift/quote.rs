//! Quoted words that no source prints, or that another said.

pub(crate) mod verbatim;

use variorum_news::{Drift, DriftKind, Quote, QuoteKind, Span};
use variorum_text::{fold, is_stop_word, words};

use super::name::is_party;
use super::{Held, of};
use crate::witness::Passage;

/// Quotes so long are speech; shorter ones may be titles and scare quotes, whose marks a writer may add.
const SPEECH: usize = 4;
/// How often findings of each class were right on the sets that they were counted on.
const ALTERED: f64 = 0.97;
const INVENTED: f64 = 0.95;
const PHRASE: f64 = 0.85;
const ONE_WORD: f64 = 0.4;
const SPEAKER: f64 = 0.75;

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let begins_here = |q: &&Quote| q.span.start >= held.passage.span.start && q.span.start < held.passage.span.end;
    held.passage
        .quotes
        .iter()
        .map(|&i| &held.witness.notes.quotes[i])
        .filter(|q| q.kind != QuoteKind::Indirect)
        .filter(begins_here)
        .filter_map(|quote| one(held, quote))
        .collect()
}

fn one(held: Held, quote: &Quote) -> Option<Drift> {
    let length = words(&quote.span.text).len();
    if length == 0 {
        return None;
    }
    let pieces = pieces(&quote.span.text);
    let unlike: Vec<&str> = pieces.into_iter().filter(|piece| !held.sources.says(piece)).collect();
    if unlike.is_empty() {
        return other_speaker(held, quote);
    }
    let found: Vec<verbatim::Found> = unlike.iter().filter_map(|piece| verbatim::find(held.sources, piece)).collect();
    if found.len() == unlike.len() && found.iter().all(|f| f.changed.is_none()) {
        return None;
    }
    if is_title(&quote.span.text) {
        return None;
    }
    if let Some((there, changed)) = found.iter().find_map(|f| Some((f, f.changed.as_ref()?)))
        && length >= SPEECH
    {
        let explain = match changed {
            verbatim::Changed::Other(theirs) => format!("the source has “{theirs}” in these quoted words"),
            verbatim::Changed::Added => "the source's quoted words are fewer".to_owned(),
        };
        let sure = if length >= SPEECH + 2 { ALTERED } else { INVENTED };
        return Some(Drift {
            confidence: sure,
            ..of(DriftKind::Quote, quote.span.clone(), Some(there.span.clone()), explain)
        });
    }
    // Words that the sources print, if not in a row, may be a phrase that the writer holds at arm's length.
    let folded: Vec<String> = words(&quote.span.text).iter().map(|w| fold(w.text)).collect();
    let is_strange = |w: &&String| !is_stop_word(w) && !held.sources.has_word(w) && !has_stem(held, w);
    let strange = folded.iter().filter(is_strange).count();
    let confidence = match (length, strange) {
        (SPEECH.., _) => INVENTED,
        (2.., 1..) => PHRASE,
        (2.., _) => PHRASE - 0.2,
        (_, 1..) => ONE_WORD,
        _ => return None,
    };
    let source = likest(held, quote);
    let explain =
        if source.is_some() { "the quoted words are not the source's" } else { "no source prints these quoted words" };
    Some(Drift { confidence, ..of(DriftKind::Quote, quote.span.clone(), source, explain) })
}

/// The runs of quoted words between ellipses and insertions in brackets, which no source prints.
fn pieces(quoted: &str) -> Vec<&str> {
    let length = words(quoted).len();
    let mut pieces = Vec::new();
    let mut rest = quoted;
    while let Some(open) = rest.find(['[', '(']) {
        pieces.push(&rest[..open]);
        rest = rest[open..].find([']', ')']).map_or("", |close| &rest[open + close + 1..]);
    }
    pieces.push(rest);
    pieces
        .into_iter()
        .flat_map(|p| p.split("..."))
        .flat_map(|p| p.split(". . ."))
        .flat_map(|p| p.split('…'))
        .filter(|p| words(p).len() > 1 || length == 1)
        .collect()
}

fn has_stem(held: Held, word: &str) -> bool {
    let key = crate::lexicon::lexicon().key(word);
    held.sources.forms.known(&key).is_some_and(|form| held.sources.passages().any(|(_, p)| holds(p, form)))
}

fn holds(passage: &Passage, form: u32) -> bool {
    passage.forms.binary_search(&form).is_ok()
}

/// "The Trial of Ada Orr": titles of works stand between marks too, and nobody said them.
fn is_title(quoted: &str) -> bool {
    let all: Vec<bool> =
        words(quoted).iter().filter(|w| !is_stop_word(&fold(w.text))).map(|w| w.is_capitalised()).collect();
    let capitals = all.iter().filter(|c| **c).count();
    capitals * 10 >= all.len() * 8
}

fn other_speaker(held: Held, quote: &Quote) -> Option<Drift> {
    let mine = named(quote)?;
    let needle = text_of(&quote.span.text);
    if needle.split(' ').count() < SPEECH || !held.sources.has_word(&mine) || turned_to_another(held, quote) {
        return None;
    }
    let mut theirs = None;
    for (place, passage) in held.sources.passages() {
        let (witness, _) = held.sources.at(place);
        for &i in &passage.quotes {
            let other = &witness.notes.quotes[i];
            if other.kind == QuoteKind::Indirect || !text_of(&other.span.text).contains(&needle) {
                continue;
            }
            // Whoever is named around the source's words may have said them: speakers are often told by a pronoun.
            let around = place.passage.saturating_sub(2)..=place.passage + 2;
            let mentions = |p: &Passage| p.words.iter().any(|t| t.folded == mine);
            if around.into_iter().filter_map(|p| witness.passages.get(p)).any(mentions) {
                return None;
            }
            if theirs.is_none() {
                theirs = named(other).map(|name| (name, other));
            }
        }
    }
    let (other, at) = theirs?;
    let here = held.passage.words.iter().any(|t| t.folded == other);
    if here || other == mine {
        return None;
    }
    let speaker = at.speaker.as_ref().map_or(other.as_str(), |s| s.name.as_str());
    let explain = format!("the source gives these words to {speaker}");
    Some(Drift { confidence: SPEAKER, ..of(DriftKind::Quote, quote.span.clone(), Some(at.span.clone()), explain) })
}

/// The surname of a speaker who is named beside the words; a pronoun may be read wrongly.
fn named(quote: &Quote) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let last = words(&speaker.span.text).last().map(|w| (fold(w.text), w.is_capitalised()))?;
    (last.1 && !is_stop_word(&last.0) && !is_party(&last.0)).then_some(last.0)
}

/// "According to Orr, she told them that “…”": a pronoun in the sentence may speak the words.
fn turned_to_another(held: Held, quote: &Quote) -> bool {
    let start = held.witness.spanner.bytes(&quote.span).start;
    let before = held.passage.words.iter().take_while(|t| t.bytes.end <= start);
    before.filter(|t| matches!(t.folded.as_str(), "he" | "she" | "they" | "who" | "it")).count() > 0
}

fn text_of(quoted: &str) -> String {
    words(quoted).iter().map(|w| fold(w.text)).collect::<Vec<_>>().join(" ")
}

/// The source passage that holds most of the quoted words, if it holds half of them.
fn likest(held: Held, quote: &Quote) -> Option<Span> {
    let quoted: Vec<String> = words(&quote.span.text).iter().map(|w| fold(w.text)).collect();
    let mut best: Option<(usize, Span)> = None;
    for (place, passage) in held.sources.passages() {
        let hits = quoted.iter().filter(|w| passage.words.iter().any(|t| t.folded == **w)).count();
        if hits * 2 > quoted.len() && best.as_ref().is_none_or(|(most, _)| hits > *most) {
            best = Some((hits, held.sources.at(place).1.span.clone()));
        }
    }
    best.map(|(_, span)| span)
}

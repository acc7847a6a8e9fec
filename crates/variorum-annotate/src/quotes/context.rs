//! Who says words that no verb of their own sentence gives to anybody: by the sentences around them.

use super::cues::{Form, Verb, is_speech_noun};
use super::resolve::Resolver;
use super::scene::{Item, Scene, Sentence};
use super::speaker::Speaker;
use super::subject::Act;

/// Returns the first mention of a sentence that can speak, before an item.
pub(super) fn subject(scene: &Scene, resolver: &Resolver, n: usize, before: usize) -> Option<Speaker> {
    let limit = scene.sentences[n].items[..before].iter().rev().find_map(|item| item.word())?;
    let mentions = resolver.mentions_of(n).filter(|&m| scene.mentions[m].tokens.end <= limit + 1);
    mentions
        .clone()
        .find(|&m| resolver.is_person(m) && resolver.is_free(m))
        .or_else(|| mentions.clone().find(|&m| resolver.is_free(m)))
        .map(|mention| Speaker { mention, cue: None })
}

/// Returns the speaker that the sentences around whole quoted sentences give.
pub(super) fn around(
    scene: &Scene,
    acts: &[Vec<Act>],
    resolver: &Resolver,
    found: &[Option<Speaker>],
    n: usize,
    at: usize,
) -> Option<Speaker> {
    let sentence = &scene.sentences[n];
    if at > 0 && !sentence.items[..at].iter().all(|item| matches!(item, Item::Quote(_))) {
        return None;
    }
    // A line that is nothing but quoted words without an end is a heading.
    let alone = sentence.items.len() == 1
        && n.checked_sub(1).is_none_or(|before| scene.sentences[before].paragraph != sentence.paragraph)
        && scene.sentences.get(n + 1).is_none_or(|next| next.paragraph != sentence.paragraph);
    let words = quoted_words(scene, sentence, at);
    if alone && words.ends_with(char::is_alphanumeric) && words.split_whitespace().nth(10).is_none() {
        return None;
    }
    // “We left,” … : a comma promises a tag that was not understood.
    if sentence.items.len() > at + 1 && quoted_words(scene, sentence, at).ends_with([',', '—', '–']) {
        return None;
    }
    if let Some(next) =
        scene.sentences.get(n + 1).filter(|next| next.paragraph == sentence.paragraph && at + 1 == sentence.items.len())
    {
        // “We left.” Ada Orr said.
        let tag = acts[n + 1].first().filter(|act| {
            act.at < 8 && act.at + 4 > next.items.len() && !next.items.iter().any(|i| matches!(i, Item::Quote(_)))
        });
        if let Some(act) = tag.filter(|act| act.cue.is_some_and(|cue| cue.verb == Verb::Say)) {
            return Some(Speaker { mention: act.speaker, cue: Some(act.token) });
        }
    }
    let before = n.checked_sub(1)?;
    let last = &scene.sentences[before];
    if sentence.paragraph - last.paragraph > 1 {
        return None;
    }
    let quoted = last.items.iter().rev().find_map(|item| match item {
        Item::Quote(quote) => found[*quote],
        Item::Word(_) => None,
    });
    // An interviewer's question is answered by the one who answered before.
    let end = last.items.iter().rev().find_map(|item| item.word()).map_or(0, |t| scene.tokens[t].end);
    if scene.text[end..].starts_with('?') {
        let asked = subject(scene, resolver, before, last.items.len()).filter(|s| resolver.is_person(s.mention));
        if asked.is_some() {
            return asked;
        }
        return found[..first_quote(sentence)].iter().rev().take(3).find_map(|speaker| *speaker);
    }
    let only_quotes = last.items.iter().all(|item| matches!(item, Item::Quote(_)));
    if only_quotes {
        return quoted;
    }
    let said = acts[before]
        .first()
        .filter(|act| !(act.cue.is_some_and(|cue| cue.form == Form::Progressive)))
        .map(|act| Speaker { mention: act.speaker, cue: None });
    let subject = subject(scene, resolver, before, last.items.len())
        .filter(|s| resolver.is_person(s.mention) && resolver.acts(s.mention));
    quoted.or(said).or(subject)
}

fn quoted_words<'a>(scene: &Scene<'a>, sentence: &Sentence, at: usize) -> &'a str {
    match sentence.items[at] {
        Item::Quote(quote) => &scene.text[scene.quoted[quote].words.clone()],
        Item::Word(_) => "",
    }
}

/// The bridge would be “torn down by May”: reported on from the sentence before, where that one tells of words.
pub(super) fn reported_on(
    scene: &Scene,
    acts: &[Vec<Act>],
    resolver: &Resolver,
    found: &[Option<Speaker>],
    n: usize,
    at: usize,
) -> Option<Speaker> {
    let before = n.checked_sub(1)?;
    let (sentence, last) = (&scene.sentences[n], &scene.sentences[before]);
    let low = |item: &Item| item.word().map_or("", |token| &*scene.tokens[token].low);
    let shifted = sentence.items.iter().any(|item| matches!(low(item), "would" | "could" | "should" | "must" | "had"));
    let long = quoted_words(scene, sentence, at).split_whitespace().nth(4).is_some();
    if sentence.paragraph != last.paragraph || acts[n].iter().any(|act| act.at < at) || !(shifted || long) {
        return None;
    }
    // “We left.” They had “never wanted to go there at all”: after quoted words the same one speaks on.
    let quoted = last.items.iter().rev().find_map(|item| match item {
        Item::Quote(quote) => found[*quote],
        Item::Word(_) => None,
    });
    if quoted.is_some() {
        return quoted.map(|speaker| Speaker { cue: None, ..speaker });
    }
    if let Some(act) = acts[before].first() {
        let said = act.cue.is_none_or(|cue| cue.verb == Verb::Say && cue.form != Form::Base);
        return said.then_some(Speaker { mention: act.speaker, cue: None });
    }
    let told = last.items.iter().any(|item| is_speech_noun(low(item)));
    subject(scene, resolver, before, last.items.len()).filter(|s| told && resolver.is_person(s.mention))
}

fn first_quote(sentence: &Sentence) -> usize {
    let quote = sentence.items.iter().find_map(|item| match item {
        Item::Quote(quote) => Some(*quote),
        Item::Word(_) => None,
    });
    quote.unwrap_or(0)
}

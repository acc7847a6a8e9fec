//! Attributions by the order of words, for who has no grammar: other languages, and who is in a hurry.

use std::ops::Range;

use super::Found;
use super::source::Sources;
use crate::quotes::cues::{Form, Verb, cue};
use crate::quotes::grammar::is_preposition;
use crate::quotes::scene::{Item, Scene, Sentence};
use crate::quotes::subject::{Act, acts};

/// Returns the attributions of a report.
pub(super) fn found(sources: &Sources) -> Vec<Found> {
    let scene = sources.scene;
    let mut found = Vec::new();
    for sentence in &scene.sentences {
        let said = acts(scene, sentence);
        let Some(whole) = whole(scene, sentence) else { continue };
        let before = found.len();
        for act in said.iter().filter(|act| attributes(scene, sentence, act)) {
            let content = content(scene, sentence, act, &whole).filter(|content| content.len() < LONGEST);
            if content.is_none() && !is_speech(scene, sentence, act) || is_supposed(scene, act) {
                continue;
            }
            let source = sources.resolver.party(act.speaker).map(|party| sources.of_party(&party));
            found.push(Found {
                cue: cue_bytes(scene, act),
                hedged: source.as_ref().is_none_or(|s| s.vague),
                content: content.into_iter().collect(),
                source,
                speech: true,
                direct: false,
            });
        }
        if before == found.len() {
            found.extend(nobody(scene, sentence).map(|cue| Found {
                cue,
                source: None,
                content: Vec::new(),
                hedged: true,
                speech: false,
                direct: false,
            }));
        }
    }
    found
}

/// Most verbs of speech have plain objects too ("announced a timetable"), so without a clause or quoted words only
/// those are believed that hardly ever do.
fn is_speech(scene: &Scene, sentence: &Sentence, act: &Act) -> bool {
    let low = &*scene.tokens[act.token].low;
    act.cue.is_none()
        || matches!(low, "said" | "says" | "say" | "saying")
        || act.at + 1 == sentence.items.len()
        || sentence.items.iter().any(|item| matches!(item, Item::Quote(_)))
}

/// Tells whether the clause of a speaker is only thought of ("if she says", "what he said").
fn is_supposed(scene: &Scene, act: &Act) -> bool {
    let before = scene.mentions[act.speaker].from.checked_sub(1).map_or("", |token| &*scene.tokens[token].low);
    matches!(before, "if" | "unless" | "whether" | "what" | "until" | "whatever")
}

/// Returns the bytes of a sentence, from its first item to its last.
fn whole(scene: &Scene, sentence: &Sentence) -> Option<Range<usize>> {
    Some(bytes(scene, sentence.items.first()?).start..bytes(scene, sentence.items.last()?).end)
}

fn bytes(scene: &Scene, item: &Item) -> Range<usize> {
    match *item {
        Item::Word(token) => scene.tokens[token].start..scene.tokens[token].end,
        Item::Quote(quote) => scene.quoted[quote].open..scene.quoted[quote].close,
    }
}

fn cue_bytes(scene: &Scene, act: &Act) -> Range<usize> {
    let start = scene.tokens[act.token].start;
    match act.cue {
        Some(_) => start..scene.tokens[act.token].end,
        None => start..scene.tokens[act.token + 1].end,
    }
}

/// Returns the words that are plainly handed over: all after the verb or its "that", or all before a source near the end.
fn content(scene: &Scene, sentence: &Sentence, act: &Act, whole: &Range<usize>) -> Option<Range<usize>> {
    let low = |at: usize| sentence.items.get(at).and_then(|i| i.word()).map_or("", |t| &*scene.tokens[t].low);
    let from = |at: usize| Some(bytes(scene, sentence.items.get(at)?).start..whole.end);
    let mention = &scene.mentions[act.speaker];
    let last = scene.tokens[mention.tokens.end - 1].end.max(cue_bytes(scene, act).end);
    let first = scene.tokens[mention.from].start.min(cue_bytes(scene, act).start);
    // The source may stand in the sentence before.
    let before = scene.text.get(whole.start..first)?.trim_end();
    let tail = scene.text.get(last..whole.end)?;
    let ends = tail.is_empty() || is_preposition(tail.split_whitespace().next().unwrap_or(""));
    if before.ends_with(',') && ends && tail.len() < TAIL && !tail.contains(',') && !tail.contains(" that ") {
        return Some(whole.start..whole.start + before.trim_end_matches(',').len());
    }
    if act.cue.is_none() {
        let after = tail.strip_prefix(", ").filter(|_| first == whole.start)?;
        return Some(whole.end - after.len()..whole.end);
    }
    // "Orr, who said it was shut, left": the clause may end anywhere.
    if act.inverted || before.ends_with(',') || matches!(act.at.checked_sub(1).map(&low), Some("who" | "which")) {
        return None;
    }
    if let Some(that) = (act.at + 1..act.at + REACH).find(|&at| low(at) == "that") {
        return from(that + 1);
    }
    let next = low(act.at + 1);
    let opens = !next.is_empty() && !is_preposition(next) && cue(next).is_none();
    (matches!(low(act.at), "said" | "says" | "say") && opens).then(|| from(act.at + 1))?
}

/// Words of time and place after a speech verb are few.
const TAIL: usize = 40;

/// No statement is so long; a text without full stops is not told again for each of its verbs.
const LONGEST: usize = 800;

/// How far after its verb "that" may stand.
const REACH: usize = 7;

/// Tells whether an act of speech hands a statement to its speaker, and is not only an act ("asked for help").
fn attributes(scene: &Scene, sentence: &Sentence, act: &Act) -> bool {
    let Some(cue) = act.cue else { return true };
    // "to say" attributes nothing, "reports say" does.
    let bare = cue.form == Form::Base && scene.mentions[act.speaker].tokens.end != act.token;
    if cue.verb != Verb::Say || bare {
        return false;
    }
    let next = sentence.items.get(act.at + 1);
    let quoted = sentence.items.iter().any(|item| matches!(item, Item::Quote(_)));
    let Some(&Item::Word(token)) = next else { return quoted || act.at > 2 };
    let low = &*scene.tokens[token].low;
    if ACTS.contains(&&*scene.tokens[act.token].low) && !quoted {
        return low == "that";
    }
    quoted || !OBJECTS.contains(&low)
}

/// These verbs tell of an act as often as of words, so they need "that" or quoted words.
const ACTS: &[&str] = &[
    "agreed",
    "agreeing",
    "charged",
    "charging",
    "felt",
    "highlighted",
    "highlighting",
    "ordered",
    "ordering",
    "pointed",
    "posted",
    "posting",
    "posts",
    "proposed",
    "proposing",
    "requested",
    "requesting",
    "responded",
    "responding",
    "revealed",
    "revealing",
    "shared",
    "shares",
    "sharing",
    "signaled",
    "signalled",
    "recommended",
    "demanded",
    "continued",
    "continuing",
    "continues",
    "promised",
    "pledged",
    "believed",
    "estimated",
    "repeated",
];

/// After these words a speech verb has an object or purpose and no statement.
const OBJECTS: &[&str] = &["for", "with", "against", "into", "back", "over", "off", "up", "out"];

/// Returns the words that attribute to nobody ("reportedly", "it is believed").
fn nobody(scene: &Scene, sentence: &Sentence) -> Option<Range<usize>> {
    let words: Vec<usize> = sentence.items.iter().filter_map(|item| item.word()).collect();
    words.iter().enumerate().find_map(|(i, &at)| {
        let low = |n: usize| words.get(i + n).map_or("", |&t| &*scene.tokens[t].low);
        let end = match (low(0), low(1), low(2)) {
            ("reportedly" | "allegedly" | "supposedly" | "purportedly", _, _) => 0,
            (
                "it",
                "is" | "was" | "has",
                "said" | "believed" | "thought" | "understood" | "alleged" | "reported" | "claimed",
            ) => 2,
            (
                "is" | "are" | "was" | "were",
                "said" | "believed" | "thought" | "understood" | "alleged" | "reported" | "rumoured" | "rumored",
                "to",
            ) => 2,
            _ => return None,
        };
        Some(scene.tokens[at].start..scene.tokens[words[i + end]].end)
    })
}

//! Who is named as the source of what.

#[cfg(test)]
mod tests;

use variorum_news::{Attribution, Entity, Name, Quote};

use crate::Reading;
use crate::quotes::cues::{Form, Verb};
use crate::quotes::resolve::Resolver;
use crate::quotes::scene::{Item, Scene, Sentence};
use crate::quotes::subject::{Act, acts};

/// Returns the attributions of a report, in order.
pub(crate) fn attributions(
    reading: &Reading,
    names: &[Name],
    entities: &[Entity],
    _quotes: &[Quote],
) -> Vec<Attribution> {
    let scene = Scene::new(reading, names, entities);
    let resolver = Resolver::new(&scene, reading, entities);
    let mut found = Vec::new();
    for sentence in &scene.sentences {
        let said = acts(&scene, sentence);
        let Some(span) = span(&scene, sentence) else { continue };
        let before = found.len();
        for act in said.iter().filter(|act| attributes(&scene, sentence, act)) {
            found.push(Attribution {
                span: reading.spanner.span(span.clone()),
                source: resolver.party(act.speaker),
                cue: reading.spanner.span(cue_bytes(&scene, act)),
                content: None,
                hedged: false,
                within: None,
            });
        }
        if before == found.len() {
            found.extend(nobody(&scene, sentence).map(|cue| Attribution {
                span: reading.spanner.span(span),
                source: None,
                cue: reading.spanner.span(cue),
                content: None,
                hedged: true,
                within: None,
            }));
        }
    }
    found
}

/// Returns the bytes of a sentence, from its first item to its last.
fn span(scene: &Scene, sentence: &Sentence) -> Option<std::ops::Range<usize>> {
    let edge = |item: &Item| match *item {
        Item::Word(token) => scene.tokens[token].start..scene.tokens[token].end,
        Item::Quote(quote) => scene.quoted[quote].open..scene.quoted[quote].close,
    };
    Some(edge(sentence.items.first()?).start..edge(sentence.items.last()?).end)
}

fn cue_bytes(scene: &Scene, act: &Act) -> std::ops::Range<usize> {
    let start = scene.tokens[act.token].start;
    match act.cue {
        Some(_) => start..scene.tokens[act.token].end,
        None => start..scene.tokens[act.token + 1].end,
    }
}

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
fn nobody(scene: &Scene, sentence: &Sentence) -> Option<std::ops::Range<usize>> {
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

//! A name that no source prints, or that stands where the sources have another.

mod beside;
pub(crate) mod known;
mod role;
pub(super) mod runs;

use variorum_news::{Drift, DriftKind, NameKind, Span};
use variorum_text::{fold, is_stop_word, words};

use self::known::{is_nameless, is_title, other_names, same_first_name};
use self::runs::{Run, runs};
use super::slots::Slots;
use super::{Held, of};
use crate::sources::Sources;
use crate::witness::Passage;

/// How often findings of each class were right on the sets that they were counted on.
const INVENTED: f64 = 0.93;
const INVENTED_PLACE: f64 = 0.85;
const WELL_KNOWN: f64 = 0.65;
const UNTYPED: f64 = 0.75;
const FIRST_NAME: f64 = 0.8;
const DOUBTFUL: f64 = 0.3;

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let slots = held.sources.slots();
    let mine = runs(held.witness, held.passage, |word| slots.is_name(word));
    mine.iter()
        .filter(|run| !is_in_date(held, run))
        .filter_map(|run| invented(held, run).or_else(|| role_of(held, slots, &mine, run)))
        .collect()
}

fn role_of(held: Held, slots: &Slots, mine: &[Run], run: &Run) -> Option<Drift> {
    role::drift(held, slots, mine, run)
}

fn is_in_date(held: Held, run: &Run) -> bool {
    let span = span(held, run);
    held.witness.notes.dates[held.passage.dates.clone()].iter().any(|d| d.span.overlap(&span) > 0)
}

fn span(held: Held, run: &Run) -> Span {
    let tokens = &held.passage.words[run.at.clone()];
    let bytes = tokens.first().map_or(0, |t| t.bytes.start)..tokens.last().map_or(0, |t| t.bytes.end);
    held.witness.spanner.span(bytes)
}

/// Tells whether a passage is written as headings are, where a capital names nobody.
fn is_heading(passage: &Passage) -> bool {
    let mut content = passage.words.iter().filter(|t| !is_stop_word(&t.folded) && !t.digit);
    let ends = passage.span.text.trim_end().ends_with(['.', '!', '?', '”', '"', ':']);
    !ends && passage.words.len() > 1 && content.all(|t| t.capital)
}

/// The title of a work stands between marks, and a retelling may know it.
fn is_title_of_a_work(held: Held, run: &Run) -> bool {
    let open = matches!(run.kind, None | Some(NameKind::Other | NameKind::Work | NameKind::Event));
    open && held.passage.quotes.iter().any(|&i| held.witness.notes.quotes[i].span.holds(&span(held, run)))
}

fn invented(held: Held, run: &Run) -> Option<Drift> {
    let sources = held.sources;
    if run.kind != Some(NameKind::Person) && is_heading(held.passage) || is_title_of_a_work(held, run) {
        return None;
    }
    let unknown: Vec<&String> = run.words.iter().filter(|w| !is_nameless(w) && !is_known(sources, w)).collect();
    if unknown.is_empty() {
        return other_combination(held, run);
    }
    if unknown.len() < run.words.len() && !is_wrong_part(held, run, &unknown)
        || means_a_known_name(sources, run.name())
        || spelled_out(sources, &run.words)
        || abbreviated(held, run)
        || is_outlet(held, run)
    {
        return None;
    }
    let source = beside(held, run);
    let explain = match &source {
        Some(other) => format!("the source names “{}”", other.text),
        None => "no source prints this name".to_owned(),
    };
    let confidence = sureness(held, run);
    Some(Drift { confidence, ..of(DriftKind::Name, span(held, run), source, explain) })
}

fn sureness(held: Held, run: &Run) -> f64 {
    let shouted = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    // A dateline, and a first word that nothing but its capital calls a name.
    let heads = held.passage.span.start == 0 && run.first && shouted(&span(held, run).text);
    let only_first = run.first && run.words.len() == 1 && !run.sure;
    match run.kind {
        _ if heads || only_first => DOUBTFUL,
        _ if other_names(run.name()).next().is_some() => WELL_KNOWN,
        Some(NameKind::Person) => INVENTED,
        Some(NameKind::Organisation | NameKind::Place) => INVENTED_PLACE,
        _ if run.words.len() > 1 => UNTYPED,
        _ => UNTYPED - 0.15,
    }
}

/// Tells whether a source prints a folded word of a name, or another form of it.
fn is_known(sources: &Sources, word: &str) -> bool {
    sources.has_word(word)
        || other_forms(word).iter().any(|form| sources.prints(form))
        || word.contains(['-', '.']) && word.split(['-', '.']).all(|part| part.len() > 1 && sources.has_word(part))
        || means_a_known_name(sources, word)
}

/// A plural, an adjective of a people, a name without its ending.
fn other_forms(word: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for ending in ["s", "n", "an", "ian", "ese", "ish", "i", "ic", "er", "'", "es"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 3) {
            forms.extend([stem.to_owned(), format!("{stem}a"), format!("{stem}e"), format!("{stem}y")]);
        }
        forms.push(format!("{word}{ending}"));
    }
    forms
}

/// "Maryland" where a source prints "D-Md."; "United States" where it prints "American".
fn means_a_known_name(sources: &Sources, name: &str) -> bool {
    // "R-Calif.", "D-Md.": the letter tells the party.
    let letter = match name.trim_end_matches('s') {
        "republican" => "r-",
        "democrat" | "democratic" => "d-",
        _ => "",
    };
    if !letter.is_empty() {
        let marked = |p: &Passage| p.words.iter().any(|t| t.folded.starts_with(letter) || t.folded == letter[..1]);
        return sources.passages().any(|(_, p)| marked(p)) || other_names(name).any(|other| sources.prints(other));
    }
    other_names(name).any(|other| {
        if other.contains(' ') {
            return sources.says(other);
        }
        // "R-S.C.": a party's letter before the state.
        sources.prints(other) || ["d", "r", "i"].iter().any(|party| sources.prints(&format!("{party}-{other}")))
    })
}

/// "World Food Agency" where the source prints "WFA".
fn spelled_out(sources: &Sources, folded: &[String]) -> bool {
    let initials: String = folded.iter().filter_map(|w| w.chars().next()).collect();
    initials.len() > 1 && sources.prints(&initials)
}

/// "Knight Commander of the Order of the Lamp" where a source prints "KCL": its letters begin words of the phrase.
fn abbreviated(held: Held, run: &Run) -> bool {
    let tokens = &held.passage.words;
    let linked = |i: usize| tokens[i].capital || tokens[i].form.is_none();
    let from = (0..run.at.start).rev().take_while(|&i| linked(i)).last().unwrap_or(run.at.start);
    let to = (run.at.end..tokens.len()).take_while(|&i| linked(i)).last().map_or(run.at.end, |i| i + 1);
    let initials: Vec<char> =
        tokens[from..to].iter().filter(|t| t.capital).filter_map(|t| t.folded.chars().next()).collect();
    let begins = |letters: &str| {
        let mut rest = initials.iter();
        letters.chars().all(|c| rest.any(|i| *i == c))
    };
    held.sources.passages().any(|(place, passage)| {
        let text = &held.sources.at(place).0.report.text;
        passage
            .words
            .iter()
            .filter(|t| (3..=6).contains(&t.bytes.len()))
            .any(|t| text[t.bytes.clone()].bytes().all(|b| b.is_ascii_uppercase()) && begins(&t.folded))
    })
}

/// Tells whether the words that no source prints make another name of it: a surname, or a first name beside another.
fn is_wrong_part(held: Held, run: &Run, unknown: &[&String]) -> bool {
    let last_is_unknown = unknown.iter().any(|w| *w == run.last());
    match run.kind {
        Some(NameKind::Person) => {
            last_is_unknown && (run.words.len() <= 2 || unknown.len() * 2 > run.words.len())
                || has_other_before(held, run)
        }
        _ => unknown.len() * 2 >= run.words.len() || has_other_before(held, run),
    }
}

/// Every word stands in a source, but not together: "North Ledra" where the sources have "South Ledra".
fn other_combination(held: Held, run: &Run) -> Option<Drift> {
    let whole = run.at.len() == run.words.len();
    let compass = |text: &str| words(text).first().is_some_and(|w| is_compass(&fold(w.text)));
    let person = run.kind == Some(NameKind::Person);
    if !whole
        || !(person || compass(&span(held, run).text) && before_last(held, run).is_some_and(|t| compass(&t)))
        || !has_other_before(held, run)
        || is_outlet(held, run)
        || means_a_known_name(held.sources, run.name())
    {
        return None;
    }
    let theirs = before_last(held, run)?;
    let explain = format!("the source has “{theirs}”");
    Some(Drift { confidence: FIRST_NAME, ..of(DriftKind::Name, span(held, run), None, explain) })
}

/// "North Ledra" is not "South Ledra", but "Lenz Base" may well be another name of "Orla Base".
fn is_compass(folded: &str) -> bool {
    matches!(folded.trim_end_matches("ern"), "north" | "south" | "east" | "west" | "upper" | "lower" | "central")
}

/// Tells whether the sources print the last word of a name always after another name's word than the rewrite does.
fn has_other_before(held: Held, run: &Run) -> bool {
    run.words.len() >= 2 && run.words.len() <= 3 && before_last(held, run).is_some()
}

/// The words that the sources have instead, where no mention of the last word goes with the rewrite's first words.
fn before_last(held: Held, run: &Run) -> Option<String> {
    let slots = held.sources.slots();
    let mine = &run.words[..run.words.len() - 1];
    let mut other = None;
    for (place, _) in held.sources.passages() {
        for theirs in slots.names(place).iter().filter(|r| r.words.iter().any(|w| w == run.last())) {
            let before: Vec<&String> = theirs.words.iter().take_while(|w| *w != run.last()).collect();
            // A bare surname, or a name that goes on after it, excludes nothing.
            if before.is_empty() || theirs.last() != run.last() {
                continue;
            }
            let fits = mine.iter().any(|m| before.iter().any(|b| same_first_name(m, b)));
            let plain = |w: &String| is_plain(w) || is_compass(w);
            if fits || !before.iter().all(|b| plain(b)) || !mine.iter().all(plain) {
                return None;
            }
            let (witness, passage) = held.sources.at(place);
            let tokens = &passage.words[theirs.at.clone()];
            let bytes = tokens.first()?.bytes.start..tokens.last()?.bytes.end;
            other.get_or_insert_with(|| witness.report.text[bytes].to_owned());
        }
    }
    other
}

fn is_plain(word: &str) -> bool {
    !is_title(word) && !is_nameless(word) && !is_stop_word(word) && !is_party(word) && word.len() > 1
}

/// "California Republican", "Senate Democrats": the word before says whose.
pub(super) fn is_party(word: &str) -> bool {
    matches!(word.trim_end_matches('s'), "republican" | "democrat" | "democratic" | "conservative" | "liberal" | "gop")
}

/// A report may name itself, and those whom it credits.
fn is_outlet(held: Held, run: &Run) -> bool {
    let report = held.witness.report;
    let named = span(held, run).text.to_lowercase();
    let holds = |other: &str| other.to_lowercase().contains(&named);
    report.outlet.as_deref().is_some_and(holds) || report.credits.iter().any(|c| holds(&c.text) || holds(&c.source))
}

/// The one name of its kind that the likest source passage has and the rewrite's passage has not.
fn beside(held: Held, run: &Run) -> Option<Span> {
    let (witness, passage, _) = held.near(0.3).next()?;
    let slots = held.sources.slots();
    let mine = runs(held.witness, held.passage, |word| slots.is_name(word));
    let theirs = runs(witness, passage, |word| slots.is_name(word));
    let mut free = theirs
        .iter()
        .filter(|other| other.kind.is_some() && other.kind == run.kind && !mine.iter().any(|m| m.may_be(other)));
    let first = free.next()?;
    let tokens = &passage.words[first.at.clone()];
    let bytes = tokens.first()?.bytes.start..tokens.last()?.bytes.end;
    free.next().is_none().then(|| witness.spanner.span(bytes))
}

//! Who says each quote: by the verb beside it, by the sentence before it, or by the words it goes on from.

use variorum_news::QuoteKind;

use super::clauses::governs;
use super::cues::{Form, Verb, is_speech_noun};
use super::resolve::Resolver;
use super::scene::{Item, Scene, Sentence};
use super::subject::Act;

/// A speaker, by mention, with the verb that tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speaker {
    /// The mention beside the words.
    pub mention: usize,
    /// The verb's token.
    pub cue: Option<usize>,
}

/// Returns for every quote who says it; none where nobody surely does.
pub(super) fn speakers(
    scene: &Scene,
    acts: &[Vec<Act>],
    resolver: &Resolver,
    kinds: &[QuoteKind],
) -> Vec<Option<Speaker>> {
    let mut found: Vec<Option<Speaker>> = vec![None; scene.quoted.len()];
    for (n, sentence) in scene.sentences.iter().enumerate() {
        for (at, item) in sentence.items.iter().enumerate() {
            let Item::Quote(quote) = *item else { continue };
            if let Some(signer) = scene.quoted[quote].signer {
                found[quote] = scene.mention_on(signer).map(|mention| Speaker { mention, cue: None });
                continue;
            }
            let place = Place { scene, sentence, acts: &acts[n], at, quote, kind: kinds[quote] };
            found[quote] = place.beside();
            if found[quote].is_none() && kinds[quote] == QuoteKind::Mixed && !place.is_name() {
                found[quote] = reported_on(scene, acts, resolver, &found, n, at);
            }
            if found[quote].is_none() && kinds[quote] == QuoteKind::Direct {
                found[quote] = place
                    .signed()
                    .or_else(|| place.led(resolver, n))
                    .or_else(|| around(scene, acts, resolver, &found, n, at));
            }
        }
    }
    found
}

/// A quote in its sentence.
struct Place<'s, 'a> {
    scene: &'s Scene<'a>,
    sentence: &'s Sentence,
    acts: &'s [Act],
    at: usize,
    quote: usize,
    kind: QuoteKind,
}

impl Place<'_, '_> {
    /// Returns the speaker that a verb of the same sentence gives.
    fn beside(&self) -> Option<Speaker> {
        let left = self.introducing().or_else(|| self.governor()).or_else(|| {
            self.acts.iter().rev().find(|act| act.at < self.at && self.governs(act) && !self.is_apart(act))
        });
        if self.is_nickname() {
            return None;
        }
        let right = self.right_beside().or_else(|| self.right_by_tree());
        let tagged = right.is_some() && self.words().ends_with([',', '!', '?']);
        if self.is_label() && !tagged && left.is_none_or(|act| act.cue.is_none_or(|cue| cue.verb != Verb::Judge)) {
            return None;
        }
        let chosen = match self.kind {
            QuoteKind::Direct if self.at == 0 => right.or(left),
            QuoteKind::Direct if left.is_none_or(|act| act.at + 6 < self.at) => right.or(left),
            _ => left.or(right),
        };
        chosen.or_else(|| self.right_later()).map(|act| Speaker { mention: act.speaker, cue: Some(act.token) })
    }

    /// “They laughed when Ada Orr urged them, “Go!””: the verb right before the comma, whatever it hangs on.
    fn introducing(&self) -> Option<&Act> {
        let said = |act: &&Act| act.cue.is_some_and(|cue| cue.verb == Verb::Say) && act.at + 4 >= self.at;
        let led =
            self.kind == QuoteKind::Direct && super::lead(self.scene, self.sentence, self.at).contains([',', ':']);
        self.acts.iter().rev().find(|act| act.at < self.at).filter(said).filter(|_| led)
    }

    /// Returns the verb nearest above the quote in the tree of its sentence, where one of the verbs before it is.
    fn governor(&self) -> Option<&Act> {
        self.acts.iter().rev().find(|act| act.at < self.at && self.by_tree(act) == Some(true) && self.governs(act))
    }

    /// Tells whether a verb's own clause is over before the quote ("Ada Orr said no, and Ben Lee left the “ghost town”").
    fn is_apart(&self, act: &Act) -> bool {
        // "joined to counter the threat": an infinitive needs the quote as its own.
        let to = act.token > 0 && self.scene.tokens[act.token - 1].low == "to";
        let bare = act.cue.is_some_and(|cue| match cue.form {
            Form::Base => to && cue.verb != Verb::Do,
            Form::Progressive => self.kind == QuoteKind::Mixed,
            _ => false,
        });
        let tree = self.by_tree(act);
        act.at + 2 < self.at
            && (self.kind == QuoteKind::Mixed && tree == Some(false)
                || bare && self.scene.grammar.is_some() && tree != Some(true))
    }

    fn by_tree(&self, act: &Act) -> Option<bool> {
        let grammar = self.scene.grammar?;
        let words = grammar.within(self.scene.quoted[self.quote].words.clone());
        governs(self.scene, grammar, words, self.scene.parsed(act.token)?)
    }

    /// Tells whether a verb before the quote may take it.
    fn governs(&self, act: &Act) -> bool {
        act.cue.is_none_or(|cue| match cue.verb {
            Verb::Say | Verb::Judge => true,
            Verb::Do => super::lead(self.scene, self.sentence, self.at).contains([',', ':']) || act.at + 1 == self.at,
        })
    }

    /// Tells whether the words are a name or single word, which a writer may set between marks for himself.
    fn is_name(&self) -> bool {
        self.is_label() || self.is_nickname() || self.words().split_whitespace().count() < 2
    }

    /// "John “Jack” Orr".
    fn is_nickname(&self) -> bool {
        let word = |at: usize| self.sentence.items.get(at).and_then(|item| item.word()).map(|t| &self.scene.tokens[t]);
        let Some((before, after)) = self.at.checked_sub(1).and_then(word).zip(word(self.at + 1)) else { return false };
        let quoted = &self.scene.quoted[self.quote];
        before.cap
            && after.cap
            && self.scene.text.get(before.end..quoted.open) == Some(" ")
            && self.scene.text.get(quoted.close..after.start) == Some(" ")
            && !self.words().ends_with([',', '.', '!', '?'])
            && self.words().split_whitespace().count() < 4
    }

    fn words(&self) -> &str {
        &self.scene.text[self.scene.quoted[self.quote].words.clone()]
    }

    /// A few capitalised words between marks name something ("posted on “Wire”"), so nobody says them.
    fn is_label(&self) -> bool {
        let words = self.words();
        let mut n_words = 0;
        let small = words.split_whitespace().any(|word| {
            n_words += 1;
            word.starts_with(char::is_lowercase)
                && !matches!(word, "of" | "the" | "and" | "in" | "for" | "a" | "to" | "on" | "with")
        });
        !small && n_words < 6 && !words.ends_with(['.', '!', '?']) && self.kind == QuoteKind::Mixed
    }

    /// “…,” Ada Orr said; “…,” said Ada Orr; “…,” according to Ada Orr.
    fn right_beside(&self) -> Option<&Act> {
        self.acts.iter().find(|act| {
            let first = if act.inverted { act.at } else { self.place_of(self.scene.mentions[act.speaker].from) };
            let beside = first == self.at + 1 || !act.inverted && self.reaches(first);
            beside && act.cue.is_none_or(|cue| cue.verb != Verb::Judge && cue.form != Form::Progressive)
        })
    }

    /// “…,” the board’s head, Ada Orr, said: the quote hangs on the verb of its tag.
    fn right_by_tree(&self) -> Option<&Act> {
        let quoted = &self.scene.quoted[self.quote];
        let next = self.sentence.items.get(self.at + 1)?.word()?;
        let parted = self.words().ends_with([',', '!', '?', '—', '…'])
            || self.scene.text.get(quoted.close..self.scene.tokens[next].start)?.contains(',');
        let act = self.acts.iter().find(|act| act.at > self.at).filter(|_| parted)?;
        let said = act.cue.is_some_and(|cue| cue.verb == Verb::Say && cue.form != Form::Progressive);
        let after = self.scene.tokens[self.scene.mentions[act.speaker].from].start >= quoted.close;
        (said && after && self.by_tree(act) == Some(true)).then_some(act)
    }

    /// “…,” minister of trade Ada Orr said: plain words may stand between the quote and the name.
    fn reaches(&self, first: usize) -> bool {
        let words = &self.scene.text[self.scene.quoted[self.quote].words.clone()];
        let Some(Item::Word(next)) = self.sentence.items.get(self.at + 1) else { return false };
        let after =
            self.scene.text.get(self.scene.quoted[self.quote].close..self.scene.tokens[*next].start).unwrap_or("");
        (words.ends_with([',', '!', '?', '—', '…']) || after.trim_start().starts_with(','))
            && first > self.at
            && first < self.at + 8
            && self.sentence.items[self.at + 2..=first].iter().all(|item| {
                item.word().is_some_and(|t| {
                    self.scene.gap(t) == " " && super::cues::cue(&self.scene.tokens[t].low).is_none_or(|c| c.doubtful)
                })
            })
            && !self.sentence.items[self.at + 1..first].iter().any(|item| {
                item.word().is_some_and(|t| {
                    matches!(
                        &*self.scene.tokens[t].low,
                        "and" | "but" | "which" | "that" | "who" | "as" | "in" | "on" | "to"
                    )
                })
            })
    }

    /// The plan is “dead” for now, Ada Orr said.
    fn right_later(&self) -> Option<&Act> {
        self.acts.iter().find(|act| {
            let first = if act.inverted { act.at } else { self.place_of(self.scene.mentions[act.speaker].from) };
            let parted = first > self.at
                && self
                    .sentence
                    .items
                    .get(first)
                    .and_then(|item| item.word())
                    .is_some_and(|t| self.scene.gap(t).contains([',', '—', '–']));
            let said = act.cue.is_none_or(|cue| cue.verb == Verb::Say && cue.form != Form::Progressive);
            let closing = act.cue.is_none() || act.at + 8 > self.sentence.items.len();
            said && act.at > self.at && (parted || act.cue.is_none()) && closing
        })
    }

    fn place_of(&self, token: usize) -> usize {
        self.sentence.items.iter().position(|item| item.word() == Some(token)).unwrap_or(usize::MAX)
    }

    /// “We left.” — Ada Orr
    fn signed(&self) -> Option<Speaker> {
        let token = self.sentence.items.get(self.at + 1)?.word()?;
        let between = self.scene.text.get(self.scene.quoted[self.quote].close..self.scene.tokens[token].start)?;
        let mention =
            self.scene.mention_at[token].filter(|_| matches!(between.trim(), "—" | "–" | "-" | "--" | "―"))?;
        let ends =
            self.scene.mentions[mention].tokens.end > token + self.sentence.items.len().saturating_sub(self.at + 8);
        (ends && self.scene.is_person(mention)).then_some(Speaker { mention, cue: None })
    }

    /// Ada Orr had an answer: “…”
    fn led(&self, resolver: &Resolver, n: usize) -> Option<Speaker> {
        if self.at == 0 || !super::lead(self.scene, self.sentence, self.at).contains(':') {
            return None;
        }
        subject(self.scene, resolver, n, self.at)
    }
}

/// Returns the first mention of a sentence that can speak, before an item.
fn subject(scene: &Scene, resolver: &Resolver, n: usize, before: usize) -> Option<Speaker> {
    let limit = scene.sentences[n].items[..before].iter().rev().find_map(|item| item.word())?;
    let mentions = resolver.mentions_of(n).filter(|&m| scene.mentions[m].tokens.end <= limit + 1);
    mentions
        .clone()
        .find(|&m| resolver.is_person(m) && resolver.is_free(m))
        .or_else(|| mentions.clone().find(|&m| resolver.is_free(m)))
        .map(|mention| Speaker { mention, cue: None })
}

/// Returns the speaker that the sentences around whole quoted sentences give.
fn around(
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
fn reported_on(
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

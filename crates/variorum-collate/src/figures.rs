//! Figures: do two of them count the same thing, and do they say the same of it?

use variorum_news::{Figure, Hedge};
use variorum_text::{fold, is_stop_word, words};

use crate::lexicon::{Class, lexicon};
use crate::witness::{Passage, Token, Witness};

/// What a figure counts, in the forms that are compared.
#[derive(Debug, Clone)]
pub(crate) struct Counted<'a> {
    /// The figure.
    pub figure: &'a Figure,
    /// The head noun ("flights").
    pub head: Option<String>,
    /// The other content words of what is counted, sorted ("deportation", "tariff").
    pub modifiers: Vec<String>,
    /// What happened to or was done with it ("killed"), from the words around it.
    pub act: Option<String>,
    /// Whether people are counted, or acts done to people.
    pub people: bool,
    /// The names that limit it, right after it ("from Quay Street"), folded.
    pub limit: Vec<String>,
}

/// Whether two figures count the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Same {
    /// They count different things.
    No,
    /// Nothing says that they do, and nothing says that they do not.
    Unsure,
    /// They count the same.
    Yes,
}

/// How two amounts of the same thing relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amounts {
    /// The same number.
    Equal,
    /// One may be a rounding of the other.
    Compatible,
    /// A bound of one leaves room for the other, which says little: "more than 2" and "up to 18".
    Open,
    /// They exclude each other.
    Differ,
}

/// How far from a figure the word for what happened may stand, in words; only words of grammar, adverbs and light verbs
/// ("were taken to") between.
const REACH: usize = 5;

impl<'a> Counted<'a> {
    /// Reads what a figure counts from its annotation and the words around it.
    pub fn new(figure: &'a Figure, witness: &Witness, passage: &Passage) -> Self {
        let (head, modifiers) = noun_phrase(figure.what.as_deref().unwrap_or(""));
        let class = head.as_deref().map_or(Class::Other, |h| lexicon().class(h));
        let act = match class {
            Class::Toll => head.as_deref().map(|h| lexicon().key(h)),
            _ => act_near(figure, witness, passage),
        };
        let demonym = figure.what.as_deref().is_some_and(ends_in_a_people);
        // "40 injured": without a noun, only the act beside it says that people are counted.
        let people = matches!(class, Class::Person | Class::Toll)
            || demonym
            || (head.is_none() && figure.unit.is_none() && act.is_some());
        let head = if demonym { Some("people".to_owned()) } else { head };
        let key = |w: String| lexicon().key(&w);
        let mut modifiers: Vec<String> = modifiers.into_iter().map(key).collect();
        modifiers.sort();
        modifiers.dedup();
        let limit = limit(figure, witness, passage);
        Counted { figure, head: head.map(|h| lexicon().key(&h)), modifiers, act, people, limit }
    }

    /// Tells whether two figures count the same, in passages that are `alike` from 0 to 1.
    pub fn same(&self, other: &Counted, alike: f64) -> Same {
        if base(self.figure) != base(other.figure) {
            return Same::No;
        }
        if self.figure.unit.is_some() {
            return self.same_measure(other, alike);
        }
        if self.act.is_some() && other.act.is_some() && self.act != other.act && self.people && other.people {
            return Same::No;
        }
        let kinds_fit = self.head == other.head || (self.people && other.people);
        if !kinds_fit {
            return Same::No;
        }
        if self.counts_an_act(other) {
            return if self.apart(other) || !self.heads_go_together(other) { Same::Unsure } else { Same::Yes };
        }
        if self.head.is_none() || self.head != other.head {
            return if alike > 0.5 { Same::Unsure } else { Same::No };
        }
        if self.apart(other) {
            return Same::No;
        }
        if alike >= 0.25 { Same::Yes } else { Same::Unsure }
    }

    /// Tells whether both figures count people by the same act ("12 killed", "15 deaths").
    pub fn counts_an_act(&self, other: &Counted) -> bool {
        self.people && other.people && self.act.is_some() && self.act == other.act
    }

    /// Injured pupils may be some of the injured people, so unlike nouns leave it open; the act itself is as good a noun.
    fn heads_go_together(&self, other: &Counted) -> bool {
        let open = |c: &Counted| c.head.is_none() || c.head == c.act;
        self.head == other.head || open(self) || open(other)
    }

    /// Tells whether both give one number that chance would hardly give twice, of things that may be the same.
    pub fn gives_the_rare_number_of(&self, other: &Counted) -> bool {
        let open =
            self.head.is_none() || other.head.is_none() || self.head == other.head || (self.people && other.people);
        self.figure.unit == other.figure.unit
            && open
            && is_rare(self.figure.value)
            && amounts(self.figure, other.figure) == Amounts::Equal
    }

    /// Tells whether both count one thing by the same noun, with nothing that sets them apart.
    pub fn shares_the_noun_of(&self, other: &Counted) -> bool {
        self.figure.unit == other.figure.unit && self.head.is_some() && self.head == other.head && !self.apart(other)
    }

    /// Tells whether both limit the same noun by the same name ("people from Quay Street", "people of Quay Street").
    pub fn shares_the_limit_of(&self, other: &Counted) -> bool {
        self.shares_the_noun_of(other)
            && self.act == other.act
            && self.limit.iter().any(|name| other.limit.contains(name))
    }

    /// Percentages and money say little without what they are of.
    fn same_measure(&self, other: &Counted, alike: f64) -> Same {
        if self.head.is_none() && other.head.is_none() {
            // "Three years", "12 km": the unit is the noun, so the sentences must say what is measured.
            return if alike >= 0.35 { Same::Yes } else { Same::No };
        }
        if self.head.is_none() || other.head.is_none() {
            return if alike >= 0.55 { Same::Unsure } else { Same::No };
        }
        if self.apart(other) {
            return Same::No;
        }
        let shared = self.all().any(|w| other.all().any(|o| o == w));
        match (shared, alike) {
            (true, alike) if alike >= 0.2 => Same::Yes,
            (true, _) => Same::Unsure,
            (false, alike) if alike >= 0.6 => Same::Unsure,
            _ => Same::No,
        }
    }

    /// Each side has a word for what it counts that the other lacks: "imports from one land", "imports of cars".
    fn apart(&self, other: &Counted) -> bool {
        let lacks = |a: &Counted, b: &Counted| {
            a.modifiers.iter().any(|m| !b.all().any(|o| o == m) && Some(m) != b.act.as_ref())
        };
        lacks(self, other) && lacks(other, self)
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.modifiers.iter().chain(&self.head)
    }
}

/// Returns how two amounts relate; their hedges count.
pub(crate) fn amounts(a: &Figure, b: &Figure) -> Amounts {
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(y.abs());
    let same_high = match (a.high, b.high) {
        (None, None) => true,
        (Some(x), Some(y)) => near(x, y),
        _ => false,
    };
    if near(a.value, b.value) && same_high {
        return Amounts::Equal;
    }
    // "Dozens" excludes nothing: some writers say it of twenty.
    if a.vague || b.vague {
        return Amounts::Open;
    }
    if rounds(a.value, b.value) || rounds(b.value, a.value) {
        return Amounts::Compatible;
    }
    let ((a_low, a_high), (b_low, b_high)) = (room(a), room(b));
    let meet = a_low <= b_high && b_low <= a_high;
    let bounded = [a_low, a_high, b_low, b_high].iter().all(|x| x.is_finite());
    match (meet, bounded) {
        (true, true) => Amounts::Compatible,
        (true, false) => Amounts::Open,
        _ => Amounts::Differ,
    }
}

/// "9 million euros a day" is 9 million euros.
pub(crate) fn base(figure: &Figure) -> Option<&str> {
    figure
        .unit
        .as_deref()
        .map(|unit| if unit == "km/h" || unit == "m/s" { unit } else { unit.split('/').next().unwrap_or(unit) })
}

/// Returns how the amount that a rewrite gives relates to its source's: a rewrite may be coarser, but not finer.
pub(crate) fn borne_out(rewrite: &Figure, source: &Figure) -> Amounts {
    let amounts = amounts(rewrite, source);
    if matches!(amounts, Amounts::Equal | Amounts::Differ) || rewrite.vague || source.vague {
        return amounts;
    }
    let (mine, theirs) = (room(rewrite), room(source));
    let inside = |(low, high): (f64, f64), value: f64| low <= value && value <= high;
    let one_family = hedge_family(rewrite.hedge) == hedge_family(source.hedge);
    let kept = match (rewrite.high, source.high) {
        // "40 to 60" and "60 to 80" touch, but say different things.
        (Some(_), Some(_)) => {
            inside(mine, theirs.0) && inside(mine, theirs.1) || inside(theirs, mine.0) && inside(theirs, mine.1)
        }
        (None, Some(_)) => rewrite.hedge.is_some() || inside(theirs, rewrite.value),
        (Some(_), None) => inside(mine, source.value),
        (None, None) if rounds(rewrite.value, source.value) => true,
        // "At least nine" is not "at least five"; nor does "at least 12" give anybody "15".
        (None, None) if one_family && rewrite.hedge != Some(Hedge::About) => false,
        (None, None) => match rewrite.hedge {
            None => source.hedge == Some(Hedge::About) && rounds(rewrite.value, source.value),
            Some(Hedge::About) => inside((source.value * 0.9, source.value * 1.1), rewrite.value),
            Some(Hedge::Over | Hedge::AtLeast) => source.value >= rewrite.value && source.value <= 1.6 * rewrite.value,
            Some(_) => source.value <= rewrite.value && source.value >= 0.6 * rewrite.value,
        },
    };
    if kept { amounts } else { Amounts::Differ }
}

/// Two hedges of one family claim the same sureness ("more than" and "at least").
pub(crate) fn hedge_family(hedge: Option<Hedge>) -> u8 {
    match hedge {
        None => 0,
        Some(Hedge::About) => 1,
        Some(Hedge::Over | Hedge::AtLeast) => 2,
        Some(Hedge::Under | Hedge::AtMost) => 3,
        Some(Hedge::Between) => 4,
    }
}

/// The values that an amount leaves open.
fn room(figure: &Figure) -> (f64, f64) {
    let value = figure.value;
    match (figure.hedge, figure.high) {
        (_, Some(high)) => (value.min(high), value.max(high)),
        (Some(Hedge::About), _) => (value * 0.9, value * 1.1),
        (Some(Hedge::Over | Hedge::AtLeast), _) => (value, f64::INFINITY),
        (Some(Hedge::Under | Hedge::AtMost), _) => (f64::NEG_INFINITY, value),
        _ => (value, value),
    }
}

/// A number that is neither small nor round: two reports of one event hardly give it twice by chance.
pub(crate) fn is_rare(value: f64) -> bool {
    let digits: String = format!("{value}").chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0').trim_end_matches('0').len();
    significant >= 3 || (significant == 2 && (value >= 200.0 || value.fract() != 0.0))
}

/// Tells whether `coarse` is `fine` rounded to the digits that `coarse` shows: 1.2 million for 1,187,000.
fn rounds(coarse: f64, fine: f64) -> bool {
    if coarse == 0.0 || fine == 0.0 || coarse.abs() < 20.0 && coarse.fract() == 0.0 {
        return false;
    }
    let mut step = 10f64.powf(coarse.abs().log10().floor());
    while step > 1e-6 && ((coarse / step).round() * step - coarse).abs() > 1e-9 * coarse.abs() {
        step /= 10.0;
    }
    (coarse - fine).abs() <= step / 2.0 && (coarse - fine).abs() <= 0.1 * coarse.abs()
}

/// Returns the head and the other content words of a noun phrase, folded.
fn noun_phrase(what: &str) -> (Option<String>, Vec<String>) {
    let folded: Vec<String> = words(what).iter().map(|w| fold(w.text)).collect();
    let is_link = |w: &String| {
        matches!(w.as_str(), "of" | "on" | "in" | "from" | "for" | "to" | "by" | "at" | "with" | "who" | "that")
    };
    let core = folded.iter().position(is_link).unwrap_or(folded.len());
    let content = |w: &&String| !is_stop_word(w);
    let head = folded[..core].iter().rev().find(content).cloned();
    let rest = folded.iter().filter(content).filter(|w| Some(*w) != head.as_ref()).cloned().collect();
    (head, rest)
}

/// "300 Norlanders": a capitalised plural that ends the phrase names people.
fn ends_in_a_people(what: &str) -> bool {
    let last = words(what).last().map(|w| (w.is_capitalised(), w.text.to_owned()));
    last.is_some_and(|(capital, word)| capital && (word.ends_with('s') || word.ends_with("ese")) && word.len() > 4)
}

/// How far after a figure a name may stand that limits it, in words.
const LIMIT: usize = 6;

/// The capitalised words soon after a figure, up to the next figure.
fn limit(figure: &Figure, witness: &Witness, passage: &Passage) -> Vec<String> {
    let bytes = witness.spanner.bytes(&figure.span);
    let to = passage.words.partition_point(|t| t.bytes.start < bytes.end).min(passage.words.len());
    let after = passage.words[to..].iter().take(LIMIT).take_while(|t| !t.digit);
    after.filter(|t| t.capital && t.form.is_some()).map(|t| t.folded.clone()).collect()
}

/// The nearest word for something that is done, with nothing but grammar between it and the figure.
fn act_near(figure: &Figure, witness: &Witness, passage: &Passage) -> Option<String> {
    let bytes = witness.spanner.bytes(&figure.span);
    let from = passage.words.partition_point(|t| t.bytes.end <= bytes.start);
    let to = passage.words.partition_point(|t| t.bytes.start < bytes.end).min(passage.words.len());
    let before = act_in(passage.words[..from].iter().rev());
    let after = act_in(passage.words[to..].iter());
    let found = match (before, after) {
        (Some((b, _)), Some((a, after))) if a < b => after,
        (Some((_, before)), _) => before,
        (None, Some((_, after))) => after,
        (None, None) => return None,
    };
    Some(lexicon().key(&found.folded))
}

fn act_in<'t>(tokens: impl Iterator<Item = &'t Token>) -> Option<(usize, &'t Token)> {
    for (distance, token) in tokens.take(REACH).enumerate() {
        if token.form.is_none() || token.folded.ends_with("ly") || lexicon().is_light(&lexicon().key(&token.folded)) {
            continue;
        }
        return (!token.digit && lexicon().class(&token.folded) == Class::Toll).then_some((distance, token));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Amounts, amounts};
    use variorum_news::{Figure, Hedge, Span};

    fn figure(value: f64, hedge: Option<Hedge>) -> Figure {
        let span = Span { report: "r".into(), start: 0, end: 0, text: String::new() };
        Figure { span, value, high: None, unit: None, what: None, hedge, trend: None, per: None, vague: false }
    }

    #[test]
    fn a_rounded_figure_is_no_other_figure() {
        assert_eq!(amounts(&figure(1_200_000.0, None), &figure(1_187_000.0, None)), Amounts::Compatible);
        assert_eq!(amounts(&figure(12.0, None), &figure(15.0, None)), Amounts::Differ);
        assert_eq!(amounts(&figure(12.0, Some(Hedge::AtLeast)), &figure(15.0, None)), Amounts::Open);
        assert_eq!(amounts(&figure(1700.0, Some(Hedge::Over)), &figure(1500.0, None)), Amounts::Differ);
        assert_eq!(amounts(&figure(15.0, Some(Hedge::About)), &figure(15.0, None)), Amounts::Equal);
    }

    #[test]
    fn a_vague_amount_contradicts_nothing() {
        let dozens = Figure { vague: true, ..figure(24.0, Some(Hedge::AtLeast)) };
        assert_eq!(amounts(&dozens, &figure(12.0, None)), Amounts::Open);
        assert_eq!(amounts(&figure(300.0, None), &dozens), Amounts::Open);
    }
}

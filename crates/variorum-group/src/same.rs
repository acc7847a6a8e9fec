//! Whether two sketches are of one text.

use std::cell::OnceCell;

use crate::sketch::{Places, Seen, Sketch, is_kept};

/// Share of the shorter text's runs of three words from which the two are one text: one word in seven may differ.
const SAME_TEXT: f64 = 0.62;

/// Share of runs from which shared passages in one order may still make one text: one word in four may differ.
const EDITED: f64 = 0.4;

/// Share of runs from which they may if the texts are as long as each other: nearly half of the words may differ.
const REWORDED: f64 = 0.15;

/// What shared passages must cover of an edited text, and of a reworded one.
const COVERED: [f64; 2] = [0.7, 0.6];

/// The shorter text must be this much of the longer where it was edited, and where it was reworded: who changes words one
/// for one leaves a text as long as it was, who retells it does not.
const AS_LONG: [f64; 2] = [0.75, 0.95];

/// Runs between two shared ones that still count as one passage, edited.
const LONGEST_EDIT: u16 = 24;

/// The shorter text must be this much of the longer: a paragraph quoted in a long report makes no duplicate.
const LEAST_PART: f64 = 1.0 / 6.0;

/// A text of fewer words, edited heavily, cannot be told from another about the same thing.
const ENOUGH_FOR_EDITS: u32 = 60;

/// Names or numbers below which they prove nothing against a copy; more of them where many words differ.
const FEW_PARTICULARS: [f64; 2] = [2.0, 4.0];

/// A text, ready to be held against others.
pub struct Reading<'a> {
    sketch: &'a Sketch,
    seen: Seen,
    places: OnceCell<Places>,
}

/// What two texts share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    /// Share of the shorter text's runs of words that stand in the other.
    pub share: f64,
    /// Share of the shorter text that shared runs in one order cover, with small edits between them.
    pub cover: f64,
    /// What became of names and numbers.
    pub particulars: Particulars,
}

/// What two texts that share their wording make of names and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Particulars {
    /// So many stayed that the texts are about the same thing.
    Same,
    /// They are too few to tell.
    Few,
    /// They are other ones.
    Other,
}

impl<'a> Reading<'a> {
    /// Returns a text's sketch, ready to be held against others.
    pub fn of(sketch: &'a Sketch) -> Self {
        let mut seen = Seen::default();
        sketch.runs().iter().for_each(|&run| seen.put(run));
        Reading { sketch, seen, places: OnceCell::new() }
    }

    /// Tells whether another text is the same, up to edits, a frame or a cut.
    pub fn is_copy(&self, other: &Sketch) -> bool {
        self.copied(other).is_some()
    }

    /// Returns the share of runs that a text has in common with this one, if it is the same up to edits, a frame or a cut.
    pub fn copied(&self, other: &Sketch) -> Option<f64> {
        if self.sketch.whole == other.whole {
            return self.sketch.whole.map(|_| 1.0);
        }
        let (fewer, more) = (self.sketch.words.min(other.words), self.sketch.words.max(other.words));
        let part = f64::from(fewer) / f64::from(more.max(1));
        let shared =
            self.shared(other).filter(|shared| part >= LEAST_PART && shared.particulars != Particulars::Other)?;
        let long = fewer >= ENOUGH_FOR_EDITS;
        let one_text = match shared.share {
            SAME_TEXT.. => true,
            EDITED.. => long && shared.cover >= COVERED[0] && part >= AS_LONG[0],
            _ => long && shared.cover >= COVERED[1] && part >= AS_LONG[1] && shared.particulars == Particulars::Same,
        };
        one_text.then_some(shared.share)
    }

    /// Tells whether this text, a copy of the other by such a share, has a good part that the other lacks, or was edited heavily.
    pub fn adds_to(&self, other: &Sketch, share: f64) -> bool {
        share < SAME_TEXT || f64::from(self.sketch.words) > 1.3 * f64::from(other.words)
    }

    /// Returns what this text shares with another; none where it is next to nothing.
    pub fn shared(&self, other: &Sketch) -> Option<Shared> {
        let level = self.sketch.level().max(other.level());
        let fewer = count(self.sketch, level).min(count(other, level));
        // Most texts that are held against each other have little in common, which costs less to see than to count.
        let may_share = other.runs().iter().filter(|&&run| self.seen.may_hold(run)).count() as f64 / fewer as f64;
        if fewer < 8 || may_share < REWORDED {
            return None;
        }
        let share = self.common(other) as f64 / fewer as f64;
        if share < REWORDED {
            return None;
        }
        let covered = || f64::from(covered(&self.pairs(other, level))) / fewer as f64;
        let cover = if share >= SAME_TEXT { share } else { covered() };
        Some(Shared { share, cover, particulars: particulars(self.sketch, other, share) })
    }

    /// Returns how many runs of another text stand in this one; those that either sample lacks are not met.
    fn common(&self, other: &Sketch) -> usize {
        let (mine, places) = (self.sketch.runs(), self.places());
        other.runs().iter().filter(|&&run| self.seen.may_hold(run) && places.get(mine, run).is_some()).count()
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(self.sketch.runs()))
    }

    /// Returns the places of the shared runs in both texts, as the coarser sample counts them, in the order of the other.
    fn pairs(&self, other: &Sketch, level: u8) -> Vec<(u16, u16)> {
        let (mine, places) = (self.sketch.runs(), self.places());
        let rank = |kept: &mut u16, &run: &u32| {
            let at = *kept;
            *kept += u16::from(is_kept(run, level));
            Some(at)
        };
        let ranks: Vec<u16> = mine.iter().scan(0, rank).collect();
        let theirs = other.runs().iter().filter(|&&run| is_kept(run, level)).enumerate();
        theirs.filter_map(|(at, &run)| Some((at as u16, ranks[usize::from(places.get(mine, run)?)]))).collect()
    }
}

fn count(sketch: &Sketch, level: u8) -> usize {
    if level == sketch.level() {
        return sketch.runs().len();
    }
    sketch.runs().iter().filter(|&&run| is_kept(run, level)).count()
}

/// Returns the runs that lie in passages which both texts have in one order, small edits included.
///
/// An editor who changes words leaves the rest where it was. Two reports of one event share runs here and there.
fn covered(pairs: &[(u16, u16)]) -> u16 {
    let chain = longest_chain(pairs);
    let mut covered = u16::from(!chain.is_empty());
    for two in chain.windows(2) {
        let (here, there) = (two[1].0 - two[0].0, two[1].1 - two[0].1);
        let (less, more) = (here.min(there), here.max(there));
        if more <= LONGEST_EDIT && more - less <= 2 + more / 2 {
            covered += less;
        }
    }
    covered
}

/// Returns a longest chain of pairs that rises in both texts (Schensted 1961).
fn longest_chain(pairs: &[(u16, u16)]) -> Vec<(u16, u16)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chain: Vec<(u16, u16)> =
        std::iter::successors(ends.last().copied(), |&at| before[at]).map(|at| pairs[at]).collect();
    chain.reverse();
    chain
}

/// A copy loses its names and its numbers no faster than its other words; a form letter about another incident, or
/// tomorrow's market report, loses them first.
fn particulars(a: &Sketch, b: &Sketch, share: f64) -> Particulars {
    let (names, numbers) = (both(a.names(), b.names()), both(a.numbers(), b.numbers()));
    let all = (names.0 + numbers.0, names.1 + numbers.1);
    // A run stands if its three words do.
    let stays = libm::cbrt(share).min(0.9);
    let stayed = [names, numbers, all].into_iter().all(|(all, kept)| stay(all, kept, stays));
    match all {
        _ if !stayed => Particulars::Other,
        (4.., kept) if 5 * kept >= 2 * all.0 => Particulars::Same,
        (4.., kept) if 4 * kept < all.0 => Particulars::Other,
        _ => Particulars::Few,
    }
}

/// Returns how many the text with fewer has, and how many of them the other has too.
fn both((a, level_a): (&[u32], u8), (b, level_b): (&[u32], u8)) -> (usize, usize) {
    let level = level_a.max(level_b);
    let kept = |hashes: &[u32]| hashes.iter().filter(|&&hash| is_kept(hash, level)).count();
    (kept(a).min(kept(b)), shared(a, b))
}

/// Tells whether no more are lost than chance may lose where each stays so likely.
fn stay(all: usize, kept: usize, stays: f64) -> bool {
    let few = FEW_PARTICULARS[usize::from(stays < libm::cbrt(SAME_TEXT))];
    let (all, kept) = (all as f64, kept as f64);
    let least = all * stays - 3.0 * (all * stays * (1.0 - stays)).sqrt() - 1.0;
    all < few || kept >= least.max(f64::MIN_POSITIVE)
}

fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::sketch::Sketch;

    const HARBOUR: &str = "The last ferry from Delmare left an hour late on Sunday after a rope caught in its screw, and \
        Ada Orr, who runs the harbour office, said that divers had freed it by noon. Some 240 people waited on the quay, \
        among them a school class from Velden and the whole choir of Saint Brice. The company, Orvel Lines, will pay back \
        12 crowns to each of them, its director Ben Lee told the Delmare Courier. It was the third such delay since May. \
        A week ago a crate of lemons fell from a lorry and closed the ramp until the evening, and in June a storm tore \
        the pontoon from its chains. Mayor Ilse Brandt wants the town to buy a second pontoon for 300 thousand crowns.";

    fn check(one: &str, other: &str, expected: bool) {
        let (one, other) = (Sketch::of("", one), Sketch::of("", other));
        assert_eq!(Reading::of(&one).is_copy(&other), expected);
        assert_eq!(Reading::of(&other).is_copy(&one), expected);
    }

    /// Puts another word in the place of each word that the rule picks.
    fn changed(text: &str, pick: impl Fn(usize, &str) -> bool) -> String {
        let words = text.split_whitespace().enumerate();
        words.map(|(at, word)| if pick(at, word) { "another".to_owned() } else { word.to_owned() } + " ").collect()
    }

    fn is_particular(word: &str) -> bool {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }

    #[test]
    fn a_text_is_the_same_in_a_frame_cut_or_inside_another() {
        let own = "Trains stood still as well. Commuters in Hask counted nine cancelled trains before breakfast, and the \
            buses that were sent instead got stuck behind a herd of sheep near the old mill.";
        check(HARBOUR, &format!("Original source: courier.example\n{HARBOUR}\nShare this page"), true);
        check(HARBOUR, &HARBOUR[..HARBOUR.len() / 3], true);
        check(HARBOUR, &format!("{own}\n{HARBOUR}\n{own}"), true);
        check(HARBOUR, own, false);
    }

    #[test]
    fn a_text_is_the_same_when_every_fourth_word_is_another() {
        check(HARBOUR, &changed(HARBOUR, |at, _| at % 10 == 3), true);
        check(HARBOUR, &changed(HARBOUR, |at, _| at % 4 == 3), true);
        check(HARBOUR, &changed(HARBOUR, |at, _| at % 2 == 1), false);
    }

    #[test]
    fn a_form_letter_about_another_incident_is_no_copy() {
        let named = |word: &str| if is_particular(word) { format!("X{word}") } else { word.to_owned() };
        check(HARBOUR, &HARBOUR.split_whitespace().map(named).collect::<Vec<_>>().join(" "), false);
    }

    #[test]
    fn tomorrows_market_report_is_no_copy() {
        let report = |n: u32| {
            format!(
                "Shares on the Estmark exchange closed {n}.4 points higher on strong demand for shipping stocks. Novalis Bank rose \
            {}.2 percent to {} crowns, while Orvel Lines lost {} percent after a note from Brandt and Partners. Turnover \
            came to {} million crowns, and {} stocks rose where {} fell, the exchange in Port Adran said.",
                n + 3,
                7 * n,
                n + 1,
                11 * n,
                5 * n,
                3 * n
            )
        };
        check(&report(11), &report(17), false);
        check(&report(11), &report(11).replace("strong", "weak"), true);
    }
}

//! The wording of a text in little: what is needed to find its copies and to be sure of them.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use crate::scan::{Kind, scan};

/// Runs of words that a sketch keeps at most; a text of up to about as many words is kept whole.
pub const KEPT: usize = 512;

/// Names, and numbers, that a sketch keeps at most.
const PARTICULARS: usize = 48;

/// A text of fewer words says too little to call another its copy, unless the two are equal with their titles.
const ENOUGH_WORDS: usize = 20;

/// Words of a run.
const RUN: usize = 3;

/// The wording of one text.
///
/// Method: runs of three words as 32-bit hashes, those of short words alone left out, because any two texts share words of
/// grammar; of a longer text those whose hash ends in zero bits, one bit more each
/// time there are too many (adaptive sampling, Wegman 1984, Flajolet 1990). So the sample of a text holds what it shares
/// with any other at the coarser of their two levels, which a fixed number of smallest hashes does not give for a part
/// of a longer text (Broder 1997, "modulo" sketches for containment).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// The hash of all words in order (with the title's, where the text alone says too little); none where there are none.
    pub whole: Option<u64>,
    /// Words of the text.
    pub words: u32,
    /// Runs, each once, in the order of the text; then the names and the numbers, in order of their hashes.
    hashes: Box<[u32]>,
    ends: [u16; 2],
    /// Zero bits that the hashes of runs, names and numbers end in.
    levels: [u8; 3],
}

impl Sketch {
    /// Returns the sketch of a text; the title counts only where the text says too little.
    pub fn of(title: &str, text: &str) -> Self {
        READER.with_borrow_mut(|reader| reader.sketch(title, text))
    }

    /// Returns the runs in the order of the text, as far as they are kept.
    pub fn runs(&self) -> &[u32] {
        &self.hashes[..usize::from(self.ends[0])]
    }

    /// Returns the level of the kept runs: their hashes end in so many zero bits.
    pub fn level(&self) -> u8 {
        self.levels[0]
    }

    /// Returns the names, with the level of their hashes.
    pub fn names(&self) -> (&[u32], u8) {
        (&self.hashes[usize::from(self.ends[0])..usize::from(self.ends[1])], self.levels[1])
    }

    /// Returns the numbers, with the level of their hashes.
    pub fn numbers(&self) -> (&[u32], u8) {
        (&self.hashes[usize::from(self.ends[1])..], self.levels[2])
    }

    /// Returns the bytes that the sketch holds beside itself.
    pub fn heap(&self) -> usize {
        std::mem::size_of_val(&*self.hashes)
    }
}

/// Tells whether a hash is kept at a level.
pub fn is_kept(hash: u32, level: u8) -> bool {
    // A mask, unlike a count of zeros, is one instruction for several hashes.
    let mask = (1u64 << level.min(32)) as u32;
    hash & mask.wrapping_sub(1) == 0
}

thread_local! {
    /// A text is read into room that each thread keeps: a new one for each costs a tenth of the time.
    static READER: RefCell<Reader> = RefCell::default();
}

/// What is told of a text while it is read.
struct Reader {
    words: usize,
    whole: u64,
    before: [u64; 2],
    /// A bit for each of the last words, the last lowest, set if it is short.
    short: u8,
    /// Runs, each once, in the order of the text.
    runs: Vec<u32>,
    level: u8,
    seen: Seen,
    names: Vec<u32>,
    numbers: Vec<u32>,
}

impl Default for Reader {
    fn default() -> Self {
        let (runs, names, numbers) = Default::default();
        Reader { words: 0, whole: 0, before: [0; 2], short: 0, runs, level: 0, seen: Seen::default(), names, numbers }
    }
}

impl Reader {
    fn sketch(&mut self, title: &str, text: &str) -> Sketch {
        self.begin();
        scan(text, |word, kind| self.take(word, kind));
        let words = self.words as u32;
        if self.words < ENOUGH_WORDS {
            scan(title, |word, kind| self.take(word, kind));
            return Sketch { whole: (words > 0).then_some(self.whole), words, ..Sketch::default() };
        }
        let levels = [self.level, sift(&mut self.names), sift(&mut self.numbers)];
        let ends = [self.runs.len(), self.runs.len() + self.names.len()].map(|end| end as u16);
        let hashes = [&self.runs[..], &self.names, &self.numbers].concat().into_boxed_slice();
        Sketch { whole: Some(self.whole), words, hashes, ends, levels }
    }

    fn begin(&mut self) {
        (self.words, self.whole, self.level, self.seen) = (0, 0, 0, Seen::default());
        for hashes in [&mut self.runs, &mut self.names, &mut self.numbers] {
            hashes.clear();
            // One odd text must not hold on to its room.
            hashes.shrink_to(4 * KEPT);
        }
    }

    #[inline(always)]
    fn take(&mut self, word: u64, kind: Kind) {
        // Words are told apart by their place too; a sum does not wait for the word before.
        self.whole = self.whole.wrapping_add(mix(word ^ (self.words as u64).wrapping_mul(0x9FB2_1C65_1E98_DF25)));
        self.words += 1;
        match kind {
            Kind::Name => self.names.push((word >> 32) as u32),
            Kind::Number => self.numbers.push((word >> 32) as u32),
            Kind::Plain | Kind::Short => {}
        }
        self.short = (self.short << 1) | u8::from(kind == Kind::Short);
        let [first, second] = self.before;
        self.before = [second, word];
        if self.words >= RUN && self.short & 7 != 7 {
            self.take_run(run([first, second, word]));
        }
    }

    #[inline(always)]
    fn take_run(&mut self, run: u32) {
        if !is_kept(run, self.level) || (self.seen.may_hold(run) && self.runs.contains(&run)) {
            return;
        }
        self.seen.put(run);
        self.runs.push(run);
        while self.runs.len() > KEPT {
            self.level += 1;
            let level = self.level;
            self.runs.retain(|&run| is_kept(run, level));
        }
    }
}

fn mix(word: u64) -> u64 {
    let product = word.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (product ^ (product >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns the hash of a run of words.
fn run([first, second, third]: [u64; RUN]) -> u32 {
    let run = first.rotate_left(43) ^ second.rotate_left(19) ^ third;
    (run.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32
}

/// A bit for each run, which some share: it tells of most runs that they are not there (Bloom 1970, with one hash).
pub struct Seen([u64; 256]);

impl Default for Seen {
    fn default() -> Self {
        Seen([0; 256])
    }
}

impl Seen {
    /// Remembers a run.
    pub fn put(&mut self, run: u32) {
        self.0[(run >> 24) as usize] |= 1 << ((run >> 18) % 64);
    }

    /// Tells whether a run may be there.
    pub fn may_hold(&self, run: u32) -> bool {
        (self.0[(run >> 24) as usize] >> ((run >> 18) % 64)) & 1 != 0
    }
}

/// Where each of at most `KEPT` and one runs stands in a list of them: a small open table.
pub struct Places([u16; 2 * KEPT]);

impl Default for Places {
    fn default() -> Self {
        Places([0; 2 * KEPT])
    }
}

impl Places {
    /// Returns the places of these runs, of which each is there once.
    pub fn of(runs: &[u32]) -> Self {
        let mut places = Places::default();
        (0..runs.len()).for_each(|at| places.put(&runs[..at], runs[at]));
        places
    }

    /// Returns where a run stands in the list.
    pub fn get(&self, runs: &[u32], run: u32) -> Option<u16> {
        self.0[self.slot(runs, run)].checked_sub(1)
    }

    /// Remembers a run that is put behind the others.
    fn put(&mut self, runs: &[u32], run: u32) {
        self.0[self.slot(runs, run)] = runs.len() as u16 + 1;
    }

    /// The low bits of a sampled hash are zero, so the high ones choose.
    fn slot(&self, runs: &[u32], run: u32) -> usize {
        let mut slot = (run >> (32 - (2 * KEPT).ilog2())) as usize;
        while self.0[slot] != 0 && runs[usize::from(self.0[slot]) - 1] != run {
            slot = (slot + 1) % (2 * KEPT);
        }
        slot
    }
}

/// Sorts the hashes, takes out repeated ones and samples them; returns the level of the sample.
fn sift(hashes: &mut Vec<u32>) -> u8 {
    hashes.sort_unstable();
    hashes.dedup();
    let mut level = 0;
    while hashes.len() > PARTICULARS {
        level += 1;
        hashes.retain(|&hash| is_kept(hash, level));
    }
    level
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Sketch, is_kept};

    fn long(words: usize) -> String {
        (0..words).map(|n| format!("word{n} ")).collect()
    }

    #[test]
    fn a_long_text_keeps_an_even_sample_and_a_part_of_it_the_same() {
        let (whole, part) = (long(9_000), long(3_000));
        let (whole, part) = (Sketch::of("", &whole), Sketch::of("", &part));
        assert!(whole.runs().len() > KEPT / 3 && whole.runs().len() <= KEPT && whole.level() > part.level());
        let kept = part.runs().iter().filter(|&&run| is_kept(run, whole.level()));
        assert!(kept.clone().count() > KEPT / 10);
        assert!(kept.into_iter().all(|run| whole.runs().contains(run)));
    }

    #[test]
    fn a_text_that_says_the_same_over_and_over_is_read_in_bounded_time() {
        assert_eq!(Sketch::of("", &"thunder ".repeat(200_000)).runs().len(), 1);
        assert_eq!(Sketch::of("", &"one two three fourteen ".repeat(50_000)).runs().len(), 4);
    }

    #[test]
    fn a_short_text_is_known_by_its_title_too() {
        let [here, there] = ["Fire in Hask", "Fire in Velden"].map(|title| Sketch::of(title, "More follows."));
        assert_ne!(here.whole, there.whole);
        assert_eq!(Sketch::of("Fire in Hask", "").whole, None);
    }
}

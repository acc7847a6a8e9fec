//! The wording of a text in little: what is needed to find its copies and to be sure of them.

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
/// Method: runs of three words as 32-bit hashes; of a longer text those whose hash ends in zero bits, one bit more each
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
        let mut reader = Reader::of(text);
        let words = reader.words.len() as u32;
        if reader.words.len() < ENOUGH_WORDS {
            reader.words.extend(Reader::of(title).words);
            return Sketch { whole: (words > 0).then(|| whole(&reader.words)), words, ..Sketch::default() };
        }
        let (runs, level) = runs(&reader.words);
        let levels = [level, sift(&mut reader.names), sift(&mut reader.numbers)];
        let ends = [runs.len(), runs.len() + reader.names.len()].map(|end| end as u16);
        let hashes = [runs, reader.names, reader.numbers].concat().into_boxed_slice();
        Sketch { whole: Some(whole(&reader.words)), words, hashes, ends, levels }
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
    hash.trailing_zeros() >= u32::from(level)
}

/// What is told of a text while it is read.
struct Reader {
    words: Vec<u64>,
    names: Vec<u32>,
    numbers: Vec<u32>,
}

impl Reader {
    fn of(text: &str) -> Self {
        let mut reader = Reader {
            words: Vec::with_capacity(text.len() / 5),
            names: Vec::with_capacity(64),
            numbers: Vec::with_capacity(64),
        };
        scan(text, |word, kind| {
            reader.words.push(word);
            match kind {
                Kind::Name => reader.names.push((word >> 32) as u32),
                Kind::Number => reader.numbers.push((word >> 32) as u32),
                Kind::Plain => {}
            }
        });
        reader
    }
}

/// Returns the hash of words in their order, without a chain of multiplications to wait for.
fn whole(words: &[u64]) -> u64 {
    let placed = words.iter().enumerate().map(|(at, word)| word ^ (at as u64).wrapping_mul(0x9FB2_1C65_1E98_DF25));
    placed.fold(words.len() as u64, |sum, word| sum.wrapping_add(mix(word)))
}

fn mix(word: u64) -> u64 {
    let product = word.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (product ^ (product >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns the hash of a run of words; zero is kept free.
fn run(words: &[u64]) -> u32 {
    let run = words[0].rotate_left(43) ^ words[1].rotate_left(19) ^ words[2];
    ((run.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32).max(1)
}

/// Returns runs, each once, in the order of the text, and their level.
fn runs(words: &[u64]) -> (Vec<u32>, u8) {
    let (mut kept, mut level): (Vec<u32>, u8) = (Vec::with_capacity(KEPT + 1), 0);
    // A bit for what was seen answers for most runs; only where it is set the list must.
    let mut seen = [0u64; 256];
    for run in words.windows(RUN).map(run) {
        let (place, bit) = ((run >> 24) as usize, 1 << ((run >> 18) % 64));
        if !is_kept(run, level) || (seen[place] & bit != 0 && kept.contains(&run)) {
            continue;
        }
        seen[place] |= bit;
        kept.push(run);
        while kept.len() > KEPT {
            level += 1;
            kept.retain(|&run| is_kept(run, level));
        }
    }
    (kept, level)
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
        assert_eq!(Sketch::of("", &"boom ".repeat(200_000)).runs().len(), 1);
        assert_eq!(Sketch::of("", &"one two three four ".repeat(50_000)).runs().len(), 4);
    }

    #[test]
    fn a_short_text_is_known_by_its_title_too() {
        let [here, there] = ["Fire in Hask", "Fire in Velden"].map(|title| Sketch::of(title, "More follows."));
        assert_ne!(here.whole, there.whole);
        assert_eq!(Sketch::of("Fire in Hask", "").whole, None);
    }
}

//! The words and their relations as they lie in `data/words.bin`, read in place.

/// Made by `data/words.py`, which says how it is laid out.
static WORDS: &[u8] = include_bytes!("../data/words.bin");

/// Signed bytes, a row a word.
static VECTORS: &[u8] = include_bytes!("../data/vectors.bin");

/// How many numbers a vector has.
pub(crate) const DIRECTIONS: usize = 64;

const BUCKETS: usize = 1 << 16;

/// One word of the blob.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record {
    /// Where it begins, which is its number as well.
    pub at: u32,
    word: &'static [u8],
    body: &'static [u8],
}

/// A list of related words.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Related {
    Synonyms,
    Opposites,
    Derived,
    Wider,
}

/// Parts of speech, flags, rarity, row of the vector, and the lengths of six lists.
const HEAD: usize = 12;

impl Record {
    /// Finds a folded word.
    pub fn find(folded: &str) -> Option<Record> {
        if folded.is_empty() || folded.len() > 255 {
            return None;
        }
        let bucket = (hash(folded.as_bytes()) >> 16) as usize;
        let (mut at, end) = (start(bucket), start(bucket + 1));
        while at < end {
            let record = Record::at(at)?;
            if record.word == folded.as_bytes() {
                return Some(record);
            }
            at += (3 + record.word.len() + record.body.len()) as u32;
        }
        None
    }

    /// Returns the record that begins at a place.
    pub fn at(at: u32) -> Option<Record> {
        let from = at as usize;
        let length = usize::from(*WORDS.get(from)?);
        let word = WORDS.get(from + 1..from + 1 + length)?;
        let rest = from + 1 + length;
        let size = usize::from(u16::from_le_bytes([*WORDS.get(rest)?, *WORDS.get(rest + 1)?]));
        Some(Record { at, word, body: WORDS.get(rest + 2..rest + 2 + size)? })
    }

    pub fn word(&self) -> &'static str {
        std::str::from_utf8(self.word).unwrap_or_default()
    }

    /// Returns how often it is noun, verb, adjective and adverb, in fifteenths.
    pub fn parts(&self) -> [u8; 4] {
        [self.body[0] >> 4, self.body[0] & 15, self.body[1] >> 4, self.body[1] & 15]
    }

    pub fn is_person(&self) -> bool {
        self.body[2] & 1 != 0
    }

    /// Tells whether it is a word of its own rather than a form of others.
    pub fn has_senses(&self) -> bool {
        self.body[2] & 2 != 0
    }

    pub fn rarity(&self) -> f32 {
        f32::from(self.body[3]) / 16.0
    }

    /// Returns its vector, whose length says nothing.
    pub fn vector(&self) -> Option<&'static [u8]> {
        let row = usize::from(u16::from_le_bytes([self.body[4], self.body[5]]));
        VECTORS.get(row * DIRECTIONS..(row + 1) * DIRECTIONS)
    }

    /// Returns its base forms, the likeliest first; itself where the blob names none.
    pub fn readings(self) -> impl Iterator<Item = Record> {
        let own = (self.count(0) == 0).then_some(self);
        let list = &self.body[HEAD..HEAD + 3 * self.count(0)];
        own.into_iter().chain(list.chunks_exact(3).filter_map(|place| Record::at(u24(place))))
    }

    /// Returns the numbers of the words that are related to it in one way, each with its strength.
    pub fn related(&self, how: Related) -> impl Iterator<Item = (u32, f32)> + use<> {
        let which = 1 + how as usize;
        let from = HEAD + 3 * self.count(0) + 4 * (1..which).map(|i| self.count(i)).sum::<usize>();
        self.body[from..from + 4 * self.count(which)]
            .chunks_exact(4)
            .map(|entry| (u24(entry), f32::from(entry[3]) / 255.0))
    }

    /// Returns the numbers of the kinds whose members exclude each other.
    pub fn kinds(&self) -> impl Iterator<Item = u32> + use<> {
        let from = self.body.len() - 3 * self.count(5);
        self.body[from..].chunks_exact(3).map(u24)
    }

    fn count(&self, list: usize) -> usize {
        usize::from(self.body[6 + list])
    }
}

fn start(bucket: usize) -> u32 {
    debug_assert!(bucket <= BUCKETS);
    let at = 4 * bucket;
    u32::from_le_bytes([WORDS[at], WORDS[at + 1], WORDS[at + 2], WORDS[at + 3]])
}

fn u24(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0])
}

/// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), for words are short.
fn hash(word: &[u8]) -> u32 {
    word.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Returns every word of the blob.
#[cfg(test)]
pub(crate) fn every_word() -> Vec<&'static str> {
    let mut at = start(0);
    let mut found = Vec::new();
    while let Some(record) = Record::at(at) {
        found.push(record.word());
        at += (3 + record.word.len() + record.body.len()) as u32;
    }
    found
}

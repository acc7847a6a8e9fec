//! Reads the words of a text once and fast, as hashes, with what marks them as names and numbers.
//!
//! Near-duplicates are found from these hashes alone, so nothing is allocated for a word of plain letters. Case,
//! accents, apostrophes, hyphens and invisible characters make no difference: outlets differ in them.

use variorum_text::fold;

/// What a word is, as far as its first letter and its place show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Written with a capital inside a sentence.
    Name,
    /// Begins with a digit.
    Number,
    /// Any other word.
    Plain,
    /// Any other short word: most words of grammar are.
    Short,
}

/// Calls `take` with the hash and the kind of each word in turn.
///
/// Where words begin and end is told for 64 bytes at a time, and a word of plain letters is hashed in one go.
pub fn scan(text: &str, mut take: impl FnMut(u64, Kind)) {
    let bytes = text.as_bytes();
    let (mut begin, mut end, mut inside, mut last) = (0, 0, false, 0);
    for (nth, marks) in marks(bytes).enumerate() {
        let mut edges = marks ^ ((marks << 1) | last);
        last = marks >> 63;
        while edges != 0 {
            let edge = 64 * nth + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            inside = !inside;
            if inside {
                begin = edge;
                continue;
            }
            let opens = end == 0 || bytes[end..begin].iter().any(|&byte| opens_after(byte));
            end = edge;
            match plain_hash(bytes, begin, end) {
                Some(hash) => take(hash, kind(bytes[begin], end - begin, opens)),
                None => scan_wide(&text[begin..end], opens, &mut take),
            }
        }
    }
}

/// A sentence or a quote may open after these.
fn opens_after(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'\n' | b':' | b'"')
}

/// Returns a bit for each byte of a text, set where it belongs to a word or to a character outside ASCII, in blocks of
/// 64; the last block ends unset.
fn marks(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let blocks = bytes.chunks_exact(BLOCK);
    let mut rest = [0; BLOCK];
    rest[..blocks.remainder().len()].copy_from_slice(blocks.remainder());
    blocks
        .map(|block| marked(block.try_into().expect("a whole block")))
        .chain(std::iter::once_with(move || marked(&rest)))
}

const BLOCK: usize = 64;

fn marked(block: &[u8; BLOCK]) -> u64 {
    // Compilers make vector instructions of the first line; a multiplication brings the bits of eight bytes together.
    let class = block.map(|byte| u8::from(byte.is_ascii_alphabetic()) | u8::from(byte.is_ascii_digit()) | (byte >> 7));
    let eight = |nth: usize| u64::from_le_bytes(class[8 * nth..8 * nth + 8].try_into().expect("eight bytes"));
    let bits = |nth: usize| eight(nth).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    (0..BLOCK / 8).fold(0, |marks, nth| marks | (bits(nth) << (8 * nth)))
}

/// Bytes of a word that are hashed at once; hardly a word has more.
const WIDTH: usize = 16;

/// What makes ASCII letters small; digits have the bit.
const SMALL: u128 = u128::from_ne_bytes([0x20; WIDTH]);

/// Returns the hash of a word in lower case; none if it has bytes outside ASCII.
#[inline(always)]
fn plain_hash(bytes: &[u8], start: usize, end: usize) -> Option<u64> {
    const WIDE: u128 = u128::from_ne_bytes([0x80; WIDTH]);
    let length = end - start;
    let here = bytes.get(start..start + WIDTH).filter(|_| length <= WIDTH);
    if let Some(here) = here {
        // More is read than the word, and what is beyond it cut off: that costs less than to ask where it ends.
        let within = u128::MAX >> (128 - 8 * length);
        let word = wide(here) & within;
        return (word & WIDE == 0).then(|| mix(0, word | (SMALL & within)));
    }
    rare_hash(&bytes[start..end])
}

#[cold]
fn rare_hash(word: &[u8]) -> Option<u64> {
    word.is_ascii().then(|| hash(&word.to_ascii_lowercase()))
}

/// Returns the hash of a word that is in lower case already; of a long one the last bytes are read again.
fn hash(word: &[u8]) -> u64 {
    if word.len() <= WIDTH {
        let mut padded = [0; WIDTH];
        padded[..word.len()].copy_from_slice(word);
        return mix(0, wide(&padded));
    }
    word.chunks_exact(WIDTH).chain([&word[word.len() - WIDTH..]]).fold(0, |hash, chunk| mix(hash, wide(chunk)))
}

fn wide(bytes: &[u8]) -> u128 {
    u128::from_le_bytes(bytes.try_into().expect("sixteen bytes"))
}

fn mix(before: u64, bytes: u128) -> u64 {
    let high = ((bytes >> 64) as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let product = (before ^ bytes as u64 ^ high ^ 0x51_7C_C1_B7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 29)
}

/// Letters from which a word is no short one.
const LONG: usize = 5;

fn kind(first: u8, length: usize, opens: bool) -> Kind {
    match first {
        b'0'..=b'9' => Kind::Number,
        b'A'..=b'Z' if !opens && length > 1 => Kind::Name,
        _ if length < LONG => Kind::Short,
        _ => Kind::Plain,
    }
}

/// Reads words and marks of which some are outside ASCII.
#[cold]
fn scan_wide(written: &str, mut opens: bool, take: &mut impl FnMut(u64, Kind)) {
    let mut word = String::new();
    for c in written.chars().chain(['\n']) {
        let alone = stands_alone(c);
        if (alone || !(c.is_alphanumeric() || is_silent(c))) && !word.is_empty() {
            take_wide(&word, opens, take);
            (opens, word) = (false, String::new());
        }
        if alone {
            take_wide(c.encode_utf8(&mut [0; 4]), opens, take);
        } else if c.is_alphanumeric() {
            word.push(c);
        } else {
            opens |= matches!(c, '“' | '„' | '«' | '‘' | '…' | '。');
        }
    }
}

fn take_wide(word: &str, opens: bool, take: &mut impl FnMut(u64, Kind)) {
    let kind = match word.chars().next() {
        Some(first) if first.is_numeric() => Kind::Number,
        Some(first) if first.is_uppercase() && !opens && word.len() > 1 => Kind::Name,
        _ if word.len() < LONG && word.is_ascii() => Kind::Short,
        _ => Kind::Plain,
    };
    take(hash(fold(word).as_bytes()), kind);
}

/// Characters that nobody sees, and marks that belong to the letter before them.
fn is_silent(c: char) -> bool {
    matches!(c as u32, 0xAD | 0x300..=0x36F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xFEFF)
}

/// Scripts without spaces give a word a character.
fn stands_alone(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::{Kind, scan};

    fn hashes(text: &str) -> Vec<u64> {
        let mut found = Vec::new();
        scan(text, |hash, _| found.push(hash));
        found
    }

    fn check(text: &str, names: usize, numbers: usize, others: usize) {
        let mut kinds = Vec::new();
        scan(text, |_, kind| kinds.push(kind));
        let count = |of: &[Kind]| kinds.iter().filter(|kind| of.contains(kind)).count();
        let found = [count(&[Kind::Name]), count(&[Kind::Number]), count(&[Kind::Plain, Kind::Short])];
        assert_eq!(found, [names, numbers, others], "{text}");
    }

    #[test]
    fn capitals_inside_a_sentence_are_names() {
        check("The ferry left Delmare. Ada Orr saw 3.5 boats, and “We wave,” said Ben Lee.", 4, 2, 10);
    }

    #[test]
    fn marks_case_accents_and_invisible_letters_make_no_difference() {
        assert_eq!(hashes("Élan’s café — RE-opened"), hashes("elan's CAFÉ, re\u{ad}\u{200b}- opened".trim()));
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        assert_eq!(hashes("港の船は出た。").len(), 6);
        assert_eq!(hashes("").len() + hashes("—…\u{200b}").len(), 0);
    }
}

//! Bytes and code points of one text.

/// Translates between byte offsets and code-point offsets of one text.
///
/// Costs nothing to keep for ASCII, four bytes a code point otherwise.
#[derive(Debug, Clone)]
pub struct Offsets {
    /// Byte offset of every code point, and one past the last; empty when the text is ASCII.
    starts: Vec<u32>,
}

impl Offsets {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Offsets { starts: Vec::new() };
        }
        let mut starts: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        starts.push(text.len() as u32);
        Offsets { starts }
    }

    /// Returns the code-point offset of a byte offset on a character edge (of the next edge otherwise).
    pub fn code_point(&self, byte: usize) -> usize {
        if self.starts.is_empty() {
            return byte;
        }
        self.starts.partition_point(|&start| (start as usize) < byte)
    }

    /// Returns the byte offset of a code-point offset; the end of the text for one beyond it.
    pub fn byte(&self, code_point: usize) -> usize {
        match self.starts.last() {
            None => code_point,
            Some(&end) => self.starts.get(code_point).copied().unwrap_or(end) as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn an_emoji_is_one_code_point() {
        let text = "a👩b";
        let offsets = Offsets::new(text);
        assert_eq!((offsets.code_point(5), offsets.byte(2)), (2, 5));
        assert_eq!((offsets.code_point(6), offsets.byte(3)), (3, 6));
    }
}

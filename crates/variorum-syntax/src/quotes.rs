//! Curly quotation marks made straight, with the way back.

use std::borrow::Cow;

/// A text with straight quotation marks, and where its bytes stood before.
pub struct Straight<'a> {
    /// The text that the network sees.
    pub text: Cow<'a, str>,
    /// For each mark that became shorter: the byte after it here, and how many bytes were saved up to there.
    saved: Vec<(usize, usize)>,
}

impl<'a> Straight<'a> {
    /// Straightens a text. The network learnt from texts with straight marks and takes curly ones for something else.
    pub fn new(text: &'a str) -> Self {
        if !text.contains(|c| straight(c).is_some()) {
            return Self { text: Cow::Borrowed(text), saved: Vec::new() };
        }
        let (mut out, mut saved) = (String::with_capacity(text.len()), Vec::new());
        for (at, c) in text.char_indices() {
            out.push(straight(c).unwrap_or(c));
            let less = at + c.len_utf8() - out.len();
            if saved.last().map_or(0, |(_, less)| *less) != less {
                saved.push((out.len(), less));
            }
        }
        Self { text: Cow::Owned(out), saved }
    }

    /// Returns the byte of the original text for a byte of this one.
    pub fn original(&self, at: usize) -> usize {
        let before = self.saved.partition_point(|(after, _)| *after <= at);
        at + before.checked_sub(1).map_or(0, |last| self.saved[last].1)
    }
}

fn straight(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‛' => Some('\''),
        '“' | '”' | '„' | '‟' => Some('"'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Straight;

    #[test]
    fn the_way_back_is_exact() {
        let text = "“Ferry’s late,” said Åse.";
        let straight = Straight::new(text);
        assert_eq!(straight.text, "\"Ferry's late,\" said Åse.");
        for (here, there) in [("Ferry", "Ferry"), ("'s", "’s"), ("Åse", "Åse"), ("\" said", "” said")] {
            let at = straight.text.find(here).unwrap();
            assert_eq!(straight.original(at), text.find(there).unwrap(), "{here}");
        }
        assert_eq!(straight.original(straight.text.len()), text.len());
    }
}

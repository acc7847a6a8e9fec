//! The wording of a report as a value that travels: copies are found without a shelf, by whoever brings texts together.

use serde::{Deserialize, Serialize};
use variorum_news::Report;

use crate::copies::{AS_GOOD, COMPARED, Keys, LEAST_COMMON};
use crate::same::Reading;
use crate::sketch::Sketch;

/// What is kept of a text to find its copies and to be sure of them, some 1.8 KB.
///
/// The method is that of the shelf: texts that have [`Wording::LEAST_COMMON`] keys in common are held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording(Sketch);

impl Wording {
    /// Keys that two texts have in common if one can be the other's copy.
    pub const LEAST_COMMON: usize = LEAST_COMMON;

    /// Texts that one is held against at most, those that share most keys first.
    pub const COMPARED: usize = COMPARED;

    /// Returns the wording of a report.
    pub fn of(report: &Report) -> Self {
        Wording(Sketch::of(report.title.as_deref().unwrap_or_default(), &report.text))
    }

    /// Returns a number that texts of equal words share; none where there are no words.
    pub fn whole(&self) -> Option<u64> {
        self.0.whole
    }

    /// Returns the keys under which copies of this text meet it, 72 at most.
    pub fn keys(&self) -> Vec<u32> {
        Keys::of(&self.0).all().to_vec()
    }

    /// Returns the place of the first of some earlier texts that this one repeats as well as any other of them.
    pub fn repeats<'a>(&self, earlier: impl IntoIterator<Item = &'a Wording>) -> Option<usize> {
        let reading = Reading::of(&self.0);
        let copied = |(at, other): (usize, &Wording)| Some((reading.copied(&other.0)?, at));
        let copied: Vec<(f64, usize)> = earlier.into_iter().enumerate().filter_map(copied).collect();
        let best = copied.iter().map(|&(share, _)| share).fold(0.0, f64::max);
        copied.into_iter().find(|&(share, _)| share >= best - AS_GOOD).map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use variorum_news::Report;

    use super::Wording;

    const FERRY: &str = "The last ferry from Delmare left an hour late on Sunday after a rope caught in its screw, and Ada \
        Orr, who runs the harbour office, said that divers had freed it by noon.";

    fn wording(text: &str) -> Wording {
        Wording::of(&Report::of_text("r", text))
    }

    #[test]
    fn a_framed_copy_repeats_the_text_and_meets_it_under_its_keys() {
        let (text, copy) = (wording(FERRY), wording(&format!("From the Courier.\n{FERRY}\nShare this page")));
        let other = wording("Farmers in the valley brought in a record harvest of plums this week, said the growers.");
        assert_eq!(copy.repeats([&other, &text]), Some(1));
        assert_eq!(other.repeats([&text, &copy]), None);
        let shared = copy.keys().iter().filter(|key| text.keys().contains(key)).count();
        assert!(shared >= Wording::LEAST_COMMON, "{shared}");
        assert!(text.whole().is_some() && text.whole() != copy.whole());
        assert_eq!(wording("").whole(), None);
    }
}

//! What grouping reads off a report, as a value that travels: made once, on any machine, and compared or placed elsewhere.

use serde::{Deserialize, Serialize};
use variorum_news::Report;

use crate::copies::{AS_GOOD, COMPARED, Keys, LEAST_COMMON};
use crate::profile::{Profile, profile};
use crate::same::Reading;
use crate::sketch::Sketch;

/// What grouping reads off a report: its wording, by which copies are found, and its words, by which stories are; some 3 KB.
///
/// The method is that of the shelf: texts that have [`Imprint::LEAST_COMMON`] keys in common are held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprint(Profile);

impl Imprint {
    /// Keys that two texts have in common if one can be the other's copy.
    pub const LEAST_COMMON: usize = LEAST_COMMON;

    /// Texts that one is held against at most, those that share most keys first.
    pub const COMPARED: usize = COMPARED;

    /// Returns the imprint of a report that is read in a language.
    pub fn of(report: &Report, language: &str) -> Self {
        Imprint(profile(report, language))
    }

    /// Returns the imprint without its words, which nobody asks of a copy.
    pub fn without_words(self) -> Self {
        Imprint(Profile { terms: Vec::new(), ..self.0 })
    }

    pub(crate) fn into_profile(self) -> Profile {
        self.0
    }

    fn sketch(&self) -> &Sketch {
        &self.0.sketch
    }

    /// Returns a number that texts of equal words share; none where there are no words.
    pub fn whole(&self) -> Option<u64> {
        self.sketch().whole
    }

    /// Returns the keys under which copies of this text meet it, 72 at most.
    pub fn keys(&self) -> Vec<u32> {
        Keys::of(self.sketch()).all().to_vec()
    }

    /// Returns the place of the first of some earlier texts that this one repeats as well as any other of them.
    pub fn repeats<'a>(&self, earlier: impl IntoIterator<Item = &'a Imprint>) -> Option<usize> {
        let reading = Reading::of(self.sketch());
        let copied = |(at, other): (usize, &Imprint)| Some((reading.copied(other.sketch())?, at));
        let copied: Vec<(f64, usize)> = earlier.into_iter().enumerate().filter_map(copied).collect();
        let best = copied.iter().map(|&(share, _)| share).fold(0.0, f64::max);
        copied.into_iter().find(|&(share, _)| share >= best - AS_GOOD).map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use variorum_news::Report;

    use super::Imprint;

    const FERRY: &str = "The last ferry from Delmare left an hour late on Sunday after a rope caught in its screw, and Ada \
        Orr, who runs the harbour office, said that divers had freed it by noon.";

    fn imprint(text: &str) -> Imprint {
        Imprint::of(&Report::of_text("r", text), "en")
    }

    #[test]
    fn a_framed_copy_repeats_the_text_and_meets_it_under_its_keys() {
        let (text, copy) = (imprint(FERRY), imprint(&format!("From the Courier.\n{FERRY}\nShare this page")));
        let other = imprint("Farmers in the valley brought in a record harvest of plums this week, said the growers.");
        assert_eq!(copy.repeats([&other, &text]), Some(1));
        assert_eq!(other.repeats([&text, &copy]), None);
        let shared = copy.keys().iter().filter(|key| text.keys().contains(key)).count();
        assert!(shared >= Imprint::LEAST_COMMON, "{shared}");
        assert!(text.whole().is_some() && text.whole() != copy.whole());
        assert_eq!(imprint("").whole(), None);
    }
}

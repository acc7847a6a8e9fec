//! Times told from where the writer stands: "last week", "two years ago".

use variorum_text::{fold, words};

use crate::lexicon::lexicon;

/// A time told from where the writer stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Relative {
    /// Days from the writer's day, before it less than 0.
    days: f64,
    /// Whether the words name the running day, week, month or year.
    running: bool,
}

impl Relative {
    /// Reads the words of a mention; none where they do not tell a time from the writer's.
    pub fn read(text: &str) -> Option<Self> {
        let folded: Vec<String> = words(text).iter().map(|w| fold(w.text)).collect();
        let has = |word: &str| folded.iter().any(|w| w == word);
        match () {
            () if has("today") || has("tonight") => return Some(Relative { days: 0.0, running: true }),
            () if has("yesterday") => return Some(Relative { days: -1.0, running: false }),
            () if has("tomorrow") => return Some(Relative { days: 1.0, running: false }),
            () => {}
        }
        let unit = folded.iter().find_map(|w| length(w))?;
        let count = folded.iter().find_map(|w| lexicon().key(w).parse::<f64>().ok()).unwrap_or(1.0);
        let last = if has("before") { 2.0 } else { 1.0 };
        let (days, running) = if has("ago") || has("earlier") && !has("this") {
            (-unit * count, false)
        } else if has("last") || has("previous") || has("past") {
            (-unit * count * last, false)
        } else if has("next") || has("coming") || has("following") {
            (unit * count, false)
        } else if has("this") || has("current") {
            (0.0, true)
        } else {
            return None;
        };
        Some(Relative { days, running })
    }

    /// Tells whether two of them may be one time; "last year" is "a year ago".
    pub fn agrees(&self, other: &Relative) -> bool {
        if self.running || other.running {
            return self.running == other.running;
        }
        let (a, b) = (self.days, other.days);
        a.signum() == b.signum() && (a.abs().max(b.abs()) <= 1.6 * a.abs().min(b.abs()))
    }
}

/// Days in a unit of time.
fn length(folded: &str) -> Option<f64> {
    Some(match folded.strip_suffix('s').unwrap_or(folded) {
        "day" | "night" => 1.0,
        "week" | "weekend" => 7.0,
        "month" => 30.0,
        "quarter" => 91.0,
        "season" | "year" => 365.0,
        "decade" => 3650.0,
        "century" => 36500.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Relative;

    fn check(a: &str, b: &str) -> bool {
        Relative::read(a).unwrap().agrees(&Relative::read(b).unwrap())
    }

    #[test]
    fn last_month_is_not_last_week() {
        assert!(!check("last month", "last week"));
        assert!(!check("last year", "earlier this year"));
        assert!(!check("five years ago", "a decade ago"));
        assert!(check("ten years ago", "a decade ago"));
        assert!(check("a year ago", "last year"));
        assert!(Relative::read("Thursday").is_none());
    }
}

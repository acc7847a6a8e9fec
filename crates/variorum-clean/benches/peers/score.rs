//! What is counted: words of the text by F1, title and author set exact, day exact.

use std::collections::{BTreeMap, BTreeSet};

use crate::set::Page;

/// What a tool found on a page; what it does not look for is none.
#[derive(Debug, Default)]
pub struct Found {
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub authors: Option<Vec<String>>,
}

/// Means over the pages whose gold has the fact; none for a tool that never says it.
#[derive(Debug)]
pub struct Score {
    pub f1: Option<f64>,
    pub titles: Option<f64>,
    pub dates: Option<f64>,
    pub authors: Option<f64>,
}

impl Score {
    pub fn of(found: &[Found], pages: &[Page]) -> Self {
        let pairs = || found.iter().zip(pages);
        let says_texts = found.iter().any(|f| !f.text.is_empty());
        let says_titles = found.iter().any(|f| f.title.is_some());
        let says_dates = found.iter().any(|f| f.published.is_some());
        let says_authors = found.iter().any(|f| f.authors.is_some());
        Score {
            f1: mean(pairs().filter(|_| says_texts).map(|(f, page)| f1(&f.text, &page.text))),
            titles: mean(
                pairs()
                    .filter(|(_, page)| says_titles && page.title.is_some())
                    .map(|(f, page)| f64::from(folded(f.title.as_deref()) == folded(page.title.as_deref()))),
            ),
            dates: mean(
                pairs()
                    .filter(|(_, page)| says_dates && page.published.is_some())
                    .map(|(f, page)| f64::from(day(f.published.as_deref()) == day(page.published.as_deref()))),
            ),
            authors: mean(
                pairs()
                    .filter(|(_, page)| says_authors && !page.authors.is_empty())
                    .map(|(f, page)| f64::from(names(f.authors.as_deref()) == names(Some(&page.authors)))),
            ),
        }
    }
}

fn mean(figures: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = figures.fold((0.0, 0usize), |(sum, n), figure| (sum + figure, n + 1));
    (n > 0).then(|| sum / n as f64)
}

/// Returns the harmonic mean of precision and recall over words, each counted as often as it stands.
fn f1(said: &str, gold: &str) -> f64 {
    let (said, gold) = (counts(said), counts(gold));
    let (n_said, n_gold): (usize, usize) = (said.values().sum(), gold.values().sum());
    let both: usize = said.iter().map(|(word, n)| gold.get(word).map_or(0, |m| *n.min(m))).sum();
    if n_said + n_gold == 0 { 1.0 } else { 2.0 * both as f64 / (n_said + n_gold) as f64 }
}

fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

fn folded(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn names(list: Option<&[String]>) -> BTreeSet<String> {
    list.unwrap_or_default().iter().map(|name| folded(Some(name))).collect()
}

fn day(stated: Option<&str>) -> &str {
    stated.and_then(|stated| stated.get(..10)).unwrap_or_default()
}

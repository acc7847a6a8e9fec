//! Annotations of a text that was read before under another name.

use std::collections::BTreeMap;

use variorum_news::{Annotations, Report, ReportId, Span};

/// Text, language, day, and whether annotations were given.
type Key<'a> = (&'a str, Option<&'a str>, Option<&'a str>, bool);

/// For each report the place of the first that reads the same: what annotations depend on is equal.
///
/// Wire copy stands word for word in many outlets, and reading it is most of the work of a collation.
pub fn first_alike<'a>(reports: &'a [Report]) -> Vec<usize> {
    let mut first: BTreeMap<Key, usize> = BTreeMap::new();
    let place = |(n, r): (usize, &'a Report)| {
        *first.entry((r.text.as_str(), r.language.as_deref(), r.day(), r.annotations.is_some())).or_insert(n)
    };
    reports.iter().enumerate().map(place).collect()
}

/// Gives the reports that read the same as an earlier one its annotations; `first` is what [`first_alike`] said of them.
pub fn annotate_alike(reports: &mut [Report], first: &[usize]) {
    for (n, &alike) in first.iter().enumerate().filter(|(n, alike)| *alike < n) {
        let (before, rest) = reports.split_at_mut(n);
        let report = &mut rest[0];
        if report.annotations.is_none() {
            report.annotations = before[alike].annotations.as_ref().map(|found| renamed(found, &report.id));
        }
    }
}

fn renamed(annotations: &Annotations, id: &ReportId) -> Annotations {
    let mut annotations = annotations.clone();
    let name = |span: &mut Span| span.report = id.clone();
    annotations.sentences.iter_mut().for_each(name);
    for quote in &mut annotations.quotes {
        name(&mut quote.span);
        quote.speaker.iter_mut().for_each(|speaker| name(&mut speaker.span));
        quote.cue.iter_mut().for_each(name);
    }
    annotations.figures.iter_mut().for_each(|figure| name(&mut figure.span));
    annotations.dates.iter_mut().for_each(|date| name(&mut date.span));
    annotations.names.iter_mut().for_each(|named| name(&mut named.span));
    for attribution in &mut annotations.attributions {
        name(&mut attribution.span);
        name(&mut attribution.cue);
        attribution.source.iter_mut().for_each(|source| name(&mut source.span));
        attribution.content.iter_mut().for_each(name);
    }
    annotations
}

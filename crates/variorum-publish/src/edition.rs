//! A story with its witnesses at hand: what the page and the summary both look up.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Dossier, Report, ReportId, Span, Story};

use crate::phrase::counted;
use crate::sigla::siglum;

/// One report of a story, with the letter that stands for it.
#[derive(Debug, Clone)]
pub struct Witness<'a> {
    pub report: &'a Report,
    pub siglum: String,
    /// The number of its independent origin, counted from 0 in order of the first witness.
    pub origin: usize,
}

impl<'a> Witness<'a> {
    /// Returns who published the report, or the nearest thing to it that is known.
    pub fn name(&self) -> &'a str {
        name(self.report)
    }
}

/// A story with its witnesses in the order of their sigla.
#[derive(Debug)]
pub struct Edition<'a> {
    pub story: &'a Story,
    pub witnesses: Vec<Witness<'a>>,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> Edition<'a> {
    /// Gives each report of a story its siglum and its origin.
    pub fn new(story: &'a Story, reports: &BTreeMap<&'a str, &'a Report>) -> Self {
        let found = story.reports.iter().filter_map(|id| reports.get(&**id).copied());
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let witnesses: Vec<Witness> = found
            .enumerate()
            .map(|(n, report)| {
                // A report in no group is an origin of its own.
                let group =
                    story.origins.iter().position(|o| o.contains(&report.id)).unwrap_or(story.origins.len() + n);
                let next = numbers.len();
                Witness { report, siglum: siglum(n), origin: *numbers.entry(group).or_insert(next) }
            })
            .collect();
        let by_id = witnesses.iter().enumerate().map(|(n, w)| (&*w.report.id, n)).collect();
        Edition { story, witnesses, by_id }
    }

    /// Returns the place of a report among the witnesses.
    pub fn place(&self, id: &ReportId) -> Option<usize> {
        self.by_id.get(&**id).copied()
    }

    /// Returns the witness that a span stands in.
    pub fn witness(&self, id: &ReportId) -> Option<&Witness<'a>> {
        self.place(id).map(|n| &self.witnesses[n])
    }

    /// Returns how many independent origins the reports have.
    pub fn origins(&self) -> usize {
        self.witnesses.iter().map(|w| w.origin).collect::<BTreeSet<_>>().len()
    }

    /// Returns the counts of the story as one line: "9 reports, 7 publishers, 4 independent origins (1 uncertain)".
    pub fn counts(&self) -> String {
        let uncertain = match self.story.independence.as_ref().map_or(0, |counted| counted.uncertain) {
            0 => String::new(),
            n => format!(" ({n} uncertain)"),
        };
        let reports = counted(self.witnesses.len(), "report");
        format!("{reports}, {}, {}{uncertain}", self.publishers(), counted(self.origins(), "independent origin"))
    }

    /// A report that names no publisher may be of one that is counted already.
    fn publishers(&self) -> String {
        let known = self.story.independence.as_ref().map(|counted| (counted.publishers, counted.unnamed));
        match known.unwrap_or_else(|| self.outlets()) {
            (0, _) => "publishers not named".to_owned(),
            (n, 0) => counted(n, "publisher"),
            (n, _) => format!("{} named", counted(n, "publisher")),
        }
    }

    /// Returns how many outlets published the reports, and how many reports name none.
    fn outlets(&self) -> (usize, usize) {
        let named = |w: &&Witness| w.report.outlet.as_deref().is_some_and(|o| !o.trim().is_empty());
        let outlets: BTreeSet<_> = self.witnesses.iter().filter(named).map(Witness::name).collect();
        (outlets.len(), self.witnesses.iter().filter(|w| !named(w)).count())
    }

    /// Returns the name of the story: words of a report wherever there are any.
    pub fn title(&self) -> &str {
        let given = self.story.title.as_ref().map(|t| t.text.as_str());
        let titled = || self.witnesses.iter().find_map(|w| w.report.title.as_deref());
        let first = || self.witnesses.iter().find_map(|w| w.report.text.lines().find(|l| !l.trim().is_empty()));
        [given, titled(), first()].into_iter().flatten().find(|t| !t.trim().is_empty()).unwrap_or("Untitled story")
    }

    /// Returns the places of the reports of some spans, each once, in the order of the sigla.
    pub fn places<'s>(&self, spans: impl IntoIterator<Item = &'s Span>) -> Vec<usize> {
        let places: BTreeSet<usize> = spans.into_iter().filter_map(|s| self.place(&s.report)).collect();
        places.into_iter().collect()
    }

    /// Returns how many independent origins some witnesses have.
    pub fn origins_of(&self, places: &[usize]) -> usize {
        places.iter().map(|&n| self.witnesses[n].origin).collect::<BTreeSet<_>>().len()
    }

    /// Returns the sentence that a span stands in, or the span itself where no sentence holds it.
    pub fn sentence<'s>(&'s self, span: &'s Span) -> &'s Span {
        let annotations = self.witness(&span.report).and_then(|w| w.report.annotations.as_ref());
        let sentences = annotations.map_or(&[][..], |a| &a.sentences);
        let after = sentences.partition_point(|s| s.start <= span.start);
        after.checked_sub(1).map(|n| &sentences[n]).filter(|s| s.holds(span)).unwrap_or(span)
    }
}

/// Returns the editions of the stories of a dossier, the one with most reports first, and the reports of no story.
pub fn editions(dossier: &Dossier) -> (Vec<Edition<'_>>, Vec<&Report>) {
    let reports: BTreeMap<&str, &Report> = dossier.reports.iter().map(|r| (&*r.id, r)).collect();
    let mut editions: Vec<Edition> = dossier.stories.iter().map(|story| Edition::new(story, &reports)).collect();
    // The sort is stable, so equal stories keep the order of the dossier.
    editions.sort_by_key(|e| std::cmp::Reverse((e.witnesses.len(), e.origins())));
    let told: BTreeSet<&str> = dossier.stories.iter().flat_map(|s| s.reports.iter().map(|id| &**id)).collect();
    let untold = dossier.reports.iter().filter(|r| !told.contains(&*r.id)).collect();
    (editions, untold)
}

/// Returns who published a report, or the nearest thing to it that is known.
pub fn name(report: &Report) -> &str {
    let given = report.outlet.as_deref().filter(|o| !o.trim().is_empty());
    let host = || report.url.as_deref().and_then(crate::link::host);
    let file = || report.path.as_deref().map(|p| p.rsplit(['/', '\\']).next().unwrap_or(p));
    given.or_else(host).or_else(file).unwrap_or(&report.id)
}

//! A collated story, indexed for those who tell it.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_news::{
    BlockKind, Collation, EdgeKind, Lineage, Report, ReportId, Source, Span, Statement, StatementKind,
};

use crate::calendar::day_number;

/// A collated story: its reports, whose words they are, and which sentence tells which statement.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    /// The reports.
    pub reports: Vec<&'a Report>,
    /// The origin of each report.
    pub origin: Vec<usize>,
    /// Whether each report has its words from another of the story.
    pub derived: Vec<bool>,
    /// The day each report was published, as a number of days.
    pub published: Vec<Option<i64>>,
    /// How many days before the newest report each was published; 0 where it is not known.
    pub ages: Vec<i64>,
    /// The statements of what happened, in the order of their names.
    pub events: Vec<&'a Statement>,
    /// What is compared, and where it differs.
    pub collation: &'a Collation,
    place: FxHashMap<&'a str, usize>,
    of_sentence: FxHashMap<(usize, usize), usize>,
}

/// A sentence of a report: the number of the report, and of the sentence in it.
pub(crate) type Line = (usize, usize);

impl<'a> Told<'a> {
    /// Indexes a collated story.
    pub fn new(reports: &[&'a Report], lineage: &Lineage, collation: &'a Collation) -> Self {
        let home: BTreeMap<&ReportId, usize> =
            lineage.origins.iter().enumerate().flat_map(|(n, group)| group.iter().map(move |id| (id, n))).collect();
        let from = |source: &Source| matches!(source, Source::Report(_));
        let derived: FxHashSet<&ReportId> =
            lineage.edges.iter().filter(|e| e.kind != EdgeKind::SharedOrigin && from(&e.from)).map(|e| &e.to).collect();
        // A report that stands in no group is an origin of its own.
        let alone = lineage.origins.len();
        let origin = reports.iter().enumerate().map(|(n, r)| home.get(&r.id).copied().unwrap_or(alone + n)).collect();
        let mut events: Vec<&Statement> =
            collation.statements.iter().filter(|s| s.kind == StatementKind::Event).collect();
        events.sort_by(|a, b| a.id.cmp(&b.id));
        let published: Vec<Option<i64>> = reports.iter().map(|r| r.day().and_then(day_number)).collect();
        let newest = published.iter().flatten().max().copied();
        let mut told = Told {
            ages: published.iter().map(|day| newest.zip(*day).map_or(0, |(newest, day)| newest - day)).collect(),
            published,
            origin,
            derived: reports.iter().map(|r| derived.contains(&r.id)).collect(),
            place: reports.iter().enumerate().map(|(n, r)| (&*r.id, n)).collect(),
            of_sentence: FxHashMap::default(),
            reports: reports.to_vec(),
            events,
            collation,
        };
        for (n, statement) in told.events.iter().enumerate() {
            for reading in &statement.readings {
                if let Some(report) = told.place.get(&*reading.sentence.report) {
                    told.of_sentence.entry((*report, reading.sentence.start)).or_insert(n);
                }
            }
        }
        told
    }

    /// Returns the number of a report.
    pub fn place(&self, id: &ReportId) -> Option<usize> {
        self.place.get(&**id).copied()
    }

    /// Returns the sentences of a report.
    pub fn sentences(&self, report: usize) -> &'a [Span] {
        self.reports[report].annotations.as_ref().map_or(&[], |notes| &notes.sentences)
    }

    /// Returns the sentence of a report that holds a code point.
    pub fn line_at(&self, report: usize, at: usize) -> Option<Line> {
        let sentences = self.sentences(report);
        let n = sentences.partition_point(|s| s.end <= at);
        sentences.get(n).filter(|s| s.start <= at).map(|_| (report, n))
    }

    /// Returns the line of a sentence that stands in some report.
    pub fn line_of(&self, sentence: &Span) -> Option<Line> {
        self.line_at(self.place(&sentence.report)?, sentence.start)
    }

    /// Returns the words of a line.
    pub fn span(&self, line: Line) -> &'a Span {
        &self.sentences(line.0)[line.1]
    }

    /// Returns the statement that a line tells.
    pub fn statement(&self, line: Line) -> Option<usize> {
        self.of_sentence.get(&(line.0, self.span(line).start)).copied()
    }

    /// Returns the lines that tell a statement, each once, in the order of the reports' names.
    pub fn lines(&self, statement: &Statement) -> Vec<Line> {
        let mut lines: Vec<Line> = statement.readings.iter().filter_map(|r| self.line_of(&r.sentence)).collect();
        lines.sort_by(|a, b| (&self.reports[a.0].id, a.1).cmp(&(&self.reports[b.0].id, b.1)));
        lines.dedup();
        lines
    }

    /// Returns the part of its report that a line stands in: its number and kind.
    pub fn block(&self, line: Line) -> (usize, BlockKind) {
        let (blocks, at) = (&self.reports[line.0].blocks, self.span(line).start);
        let n = blocks.partition_point(|b| b.end <= at);
        (n, blocks.get(n).map_or(BlockKind::Paragraph, |b| b.kind))
    }

    /// Tells whether two lines stand in one paragraph of one report.
    pub fn are_one_paragraph(&self, a: Line, b: Line) -> bool {
        a.0 == b.0 && self.block(a).0 == self.block(b).0
    }
}

//! The figures, dates and quotations of sentences.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Statement, StatementKind, Verdict};

use crate::passage::Passage;
use crate::told::{Line, Told, is_clause};

/// The figures, dates and quotations that several reports tell, by the sentences that hold them.
pub(super) struct Parts {
    of_line: BTreeMap<Line, Vec<usize>>,
    /// The sentences whose figure, date or quotation origins agree on.
    pub(super) agreed: BTreeSet<Line>,
}

impl Parts {
    /// Reads the statements of a story.
    pub(super) fn new(told: &Told) -> Self {
        let mut parts = Parts { of_line: BTreeMap::new(), agreed: BTreeSet::new() };
        let shared = |s: &&Statement| (s.kind != StatementKind::Event || is_clause(s)) && s.reports > 1;
        for (n, statement) in told.collation.statements.iter().filter(shared).enumerate() {
            for line in statement.readings.iter().filter_map(|r| told.line_of(&r.sentence)) {
                parts.of_line.entry(line).or_default().push(n);
                if statement.origins > 1 && statement.verdict != Verdict::SingleOrigin {
                    parts.agreed.insert(line);
                }
            }
        }
        parts
    }

    /// Returns the parts that a passage tells, by the places of their statements.
    pub(super) fn of(&self, passage: &Passage) -> BTreeSet<usize> {
        let lines = (passage.first..=passage.last).map(|n| (passage.line.0, n));
        lines.filter_map(|line| self.of_line.get(&line)).flatten().copied().collect()
    }
}

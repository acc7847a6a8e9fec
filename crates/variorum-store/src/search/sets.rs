//! Sets of reports that stories decide: a story's change never indexes its reports again.

use std::sync::Arc;

use tantivy::columnar::ColumnValues;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::search::index::SEQ;
use crate::{Error, Flags, Seq, View};

/// A set of numbers of reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seqs(Vec<u64>);

impl Seqs {
    pub fn of(seqs: impl IntoIterator<Item = Seq>) -> Self {
        let mut set = Seqs::default();
        seqs.into_iter().for_each(|seq| set.set(seq, true));
        set
    }

    pub fn set(&mut self, seq: Seq, there: bool) {
        let Ok(seq) = usize::try_from(seq) else { return };
        let (place, bit) = (seq / 64, 1 << (seq % 64));
        if place >= self.0.len() {
            if !there {
                return;
            }
            self.0.resize(place + 1, 0);
        }
        if there { self.0[place] |= bit } else { self.0[place] &= !bit }
    }

    pub fn has(&self, seq: u64) -> bool {
        self.0.get((seq / 64) as usize).is_some_and(|bits| bits >> (seq % 64) & 1 == 1)
    }
}

/// The flags of all reports, as of a change.
#[derive(Debug, Clone, Default)]
pub struct FlagSets {
    seen: i64,
    pub original: Arc<Seqs>,
    pub copied: Arc<Seqs>,
    pub drift: Arc<Seqs>,
    pub variants: Arc<Seqs>,
}

impl FlagSets {
    /// Takes in what changed since the last time, so that a search reads only that.
    pub fn follow(&mut self, view: &View) -> Result<(), Error> {
        let now = view.change()?;
        // A reader whose moment is a little older finds newer flags: those of all readers are one.
        if now <= self.seen {
            return Ok(());
        }
        if view.flags_dropped()? > self.seen {
            *self = FlagSets::default();
        }
        let changed = view.flags_changed_after(self.seen)?;
        self.seen = now;
        for (set, of) in [
            (&mut self.original, (|flags| flags.original == Some(true)) as fn(&Flags) -> bool),
            (&mut self.copied, |flags| flags.original == Some(false)),
            (&mut self.drift, |flags| flags.drift),
            (&mut self.variants, |flags| flags.variants),
        ] {
            if !changed.is_empty() {
                let set = Arc::make_mut(set);
                changed.iter().for_each(|(seq, flags)| set.set(*seq, of(flags)));
            }
        }
        Ok(())
    }
}

/// Finds the reports of a set.
#[derive(Debug, Clone)]
pub struct InSet(pub Arc<Seqs>);

impl Query for InSet {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for InSet {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let seqs = seqs(reader)?;
        let mut docs = BitSet::with_max_value(reader.max_doc());
        for doc in (0..reader.max_doc()).filter(|doc| self.0.has(seqs.get_val(*doc))) {
            docs.insert(doc);
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(docs), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.0.has(seqs(reader)?.get_val(doc)) {
            return Ok(Explanation::new("InSet", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} is not in the set")))
    }
}

/// Finds what another query does not find.
///
/// The library's own exclusion asks a phrase for documents that it has passed already, which a phrase does not answer;
/// here the other query is walked once, in order.
#[derive(Debug)]
pub struct Without(pub Box<dyn Query>);

impl Clone for Without {
    fn clone(&self) -> Self {
        Without(self.0.box_clone())
    }
}

impl Query for Without {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        Ok(Box::new(Others(self.0.weight(unscored)?)))
    }
}

struct Others(Box<dyn Weight>);

impl Weight for Others {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut docs = BitSet::with_max_value_and_full(reader.max_doc());
        let mut found = self.0.scorer(reader, 1.0)?;
        let mut doc = found.doc();
        while doc != TERMINATED {
            docs.remove(doc);
            doc = found.advance();
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(docs), 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("Without", 0.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} is excluded")))
    }
}

/// Returns the numbers of a segment's reports.
pub fn seqs(reader: &SegmentReader) -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
    Ok(reader.fast_fields().u64(SEQ)?.first_or_default_col(0))
}

#[cfg(test)]
mod tests {
    use super::Seqs;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = Seqs::of([3, 64, 1000]);
        set.set(64, false);
        set.set(5000, false);
        let found: Vec<u64> = (0..2000).filter(|seq| set.has(*seq)).collect();
        assert_eq!(found, [3, 1000]);
    }
}

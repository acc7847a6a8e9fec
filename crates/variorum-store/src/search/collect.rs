//! One walk over what was found: the page, the total and the counts beside it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::search::columns::{Columns, Kept, Names};
use crate::search::sets::FlagSets;
use crate::search::{Facets, Order};

/// A place in the order of a search: greater comes first.
pub type Place = (u64, u64);

/// What to gather.
pub struct Gather {
    pub order: Order,
    pub limit: usize,
    /// Only what comes after this place.
    pub after: Option<Place>,
    pub facets: Facets,
    pub flags: FlagSets,
    pub columns: Arc<Kept>,
}

/// What was gathered.
#[derive(Default)]
pub struct Gathered {
    pub total: u64,
    /// The page: what comes first stands first.
    pub places: Vec<Place>,
    pub outlets: BTreeMap<String, u64>,
    pub languages: BTreeMap<String, u64>,
    pub months: BTreeMap<u64, u64>,
    pub original: u64,
    pub copied: u64,
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = self.columns.of(reader)?;
        let counts = match self.facets {
            Facets::Left => None,
            Facets::Counted => Some(Counts {
                outlets: vec![0; columns.outlets.names.len() + 1],
                languages: vec![0; columns.languages.names.len() + 1],
                months: FxHashMap::default(),
                month: (0, 0),
                original: 0,
                copied: 0,
                flags: self.flags.clone(),
            }),
        };
        Ok(Segment {
            order: self.order,
            limit: self.limit,
            after: self.after,
            columns,
            total: 0,
            best: BinaryHeap::with_capacity(self.limit + 1),
            counts,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Best
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for segment in segments {
            let segment = segment?;
            all.total += segment.total;
            all.places.extend(segment.places);
            add(&mut all.outlets, segment.outlets);
            add(&mut all.languages, segment.languages);
            add(&mut all.months, segment.months);
            all.original += segment.original;
            all.copied += segment.copied;
        }
        all.places.sort_unstable_by_key(|place| Reverse(*place));
        all.places.truncate(self.limit);
        Ok(all)
    }
}

fn add<K: Ord>(all: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        *all.entry(key).or_default() += count;
    }
}

/// What one segment of the index gives.
pub struct Segment {
    order: Order,
    limit: usize,
    after: Option<Place>,
    columns: Arc<Columns>,
    total: u64,
    best: BinaryHeap<Reverse<Place>>,
    counts: Option<Counts>,
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        let (seq, day) = (self.columns.seqs[doc as usize], u64::from(self.columns.days[doc as usize]));
        let value = match self.order {
            Order::Newest => day,
            // Scores are not negative, and such numbers are ordered as their bits are.
            Order::Best => u64::from(score.max(0.0).to_bits()),
        };
        let place = (value, seq);
        let fits = self.after.is_none_or(|after| place < after);
        if fits && (self.best.len() < self.limit || self.best.peek().is_some_and(|least| place > least.0)) {
            self.best.push(Reverse(place));
            if self.best.len() > self.limit {
                self.best.pop();
            }
        }
        if let Some(counts) = &mut self.counts {
            counts.count(&self.columns, doc, seq, day);
        }
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        let places = self.best.into_iter().map(|place| place.0).collect();
        let mut gathered = Gathered { total: self.total, places, ..Gathered::default() };
        if let Some(counts) = self.counts {
            gathered.outlets = named(&self.columns.outlets, &counts.outlets);
            gathered.languages = named(&self.columns.languages, &counts.languages);
            gathered.months = counts.months.into_iter().collect();
            *gathered.months.entry(counts.month.0).or_default() += counts.month.1;
            gathered.months.retain(|_, count| *count > 0);
            gathered.original = counts.original;
            gathered.copied = counts.copied;
        }
        Ok(gathered)
    }
}

struct Counts {
    outlets: Vec<u64>,
    languages: Vec<u64>,
    months: FxHashMap<u64, u64>,
    // Reports come in by time, so the month is mostly that of the report before.
    month: (u64, u64),
    original: u64,
    copied: u64,
    flags: FlagSets,
}

impl Counts {
    fn count(&mut self, columns: &Columns, doc: DocId, seq: u64, day: u64) {
        self.outlets[columns.outlets.rows[doc as usize] as usize] += 1;
        self.languages[columns.languages.rows[doc as usize] as usize] += 1;
        let month = day / 100;
        if month != self.month.0 {
            *self.months.entry(self.month.0).or_default() += self.month.1;
            self.month = (month, 0);
        }
        self.month.1 += 1;
        self.original += u64::from(self.flags.original.has(seq));
        self.copied += u64::from(self.flags.copied.has(seq));
    }
}

fn named(column: &Names, counts: &[u64]) -> BTreeMap<String, u64> {
    let there = column.names.iter().zip(counts).filter(|(_, count)| **count > 0);
    there.map(|(name, count)| (name.clone(), *count)).collect()
}

//! Which of some reports a query finds: what is asked whenever something moved, and so must not walk over everything found.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use tantivy::query::{BooleanQuery, Occur};

use super::collect::Gather;
use super::plan::Planner;
use super::sets::{InSet, Seqs};
use super::{Facets, MOST_HITS, Order, Query, Search, guarded};
use crate::{Error, Seq, Store, View};

impl Search {
    /// Returns those of some reports that a query finds. What is newer than the last [`Search::catch_up`] is not found.
    pub fn among(&self, store: &Store, query: &str, reports: &[Seq]) -> Result<BTreeSet<Seq>, Error> {
        let query = Query::read(query)?;
        let mut found = BTreeSet::new();
        for part in reports.chunks(MOST_HITS) {
            let some = || guarded(|| store.read(|view| self.gather_among(view, &query, part)));
            found.extend(match some() {
                Err(Error::Search { .. }) if self.is_damaged() => {
                    self.reindex(store)?;
                    some()?
                }
                some => some?,
            });
        }
        Ok(found)
    }

    fn gather_among(&self, view: &View, query: &Query, reports: &[Seq]) -> Result<Vec<Seq>, Error> {
        let opened = self.opened()?;
        let flags = {
            let mut flags = self.flags.lock().unwrap_or_else(PoisonError::into_inner);
            flags.follow(view)?;
            flags.clone()
        };
        let searcher = opened.reader.searcher();
        self.columns.keep_only(&searcher);
        let planned = Planner::new(opened.fields, &searcher, view, &flags)?.plan(&query.expr, Order::Newest)?;
        let these = Box::new(InSet(Arc::new(Seqs::of(reports.iter().copied()))));
        let both = BooleanQuery::new(vec![(Occur::Must, planned), (Occur::Must, these)]);
        let gather = Gather {
            order: Order::Newest,
            limit: reports.len().max(1),
            after: None,
            facets: Facets::Left,
            flags,
            columns: self.columns.clone(),
        };
        let places = searcher.search(&both, &gather)?.places;
        Ok(places.into_iter().map(|(_, seq)| seq.cast_signed()).collect())
    }
}

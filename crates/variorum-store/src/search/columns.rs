//! What every search counts by, in plain memory: a look-up in a packed column costs ten times as much.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use crate::search::index::{DAY, LANGUAGE, OUTLET};
use crate::search::sets::seqs;

/// The columns of one segment; row n is document n. Segments never change, only which of their documents still count.
#[derive(Debug)]
pub struct Columns {
    pub seqs: Vec<u64>,
    pub days: Vec<u32>,
    pub outlets: Names,
    pub languages: Names,
}

/// A column of names.
#[derive(Debug, Default)]
pub struct Names {
    /// The name of each document; one past the last where it has none.
    pub rows: Vec<u32>,
    pub names: Vec<String>,
}

/// The columns of the segments that are searched: about 20 bytes a report.
#[derive(Debug, Default)]
pub struct Kept(Mutex<BTreeMap<SegmentId, Arc<Columns>>>);

impl Kept {
    /// Forgets segments that are searched no more.
    pub fn keep_only(&self, searcher: &Searcher) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() > searcher.segment_readers().len() {
            kept.retain(|id, _| searcher.generation().segments().contains_key(id));
        }
    }

    /// Returns the columns of a segment, read once.
    pub fn of(&self, reader: &SegmentReader) -> tantivy::Result<Arc<Columns>> {
        let id = reader.segment_id();
        if let Some(columns) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(columns.clone());
        }
        let columns = Arc::new(read(reader)?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, columns.clone());
        Ok(columns)
    }
}

fn read(reader: &SegmentReader) -> tantivy::Result<Columns> {
    let fast = reader.fast_fields();
    let (numbers, days) = (seqs(reader)?, fast.u64(DAY)?.first_or_default_col(0));
    let docs = 0..reader.max_doc();
    Ok(Columns {
        seqs: docs.clone().map(|doc| numbers.get_val(doc)).collect(),
        days: docs.map(|doc| u32::try_from(days.get_val(doc)).unwrap_or(0)).collect(),
        outlets: names(fast.str(OUTLET)?, reader.max_doc())?,
        languages: names(fast.str(LANGUAGE)?, reader.max_doc())?,
    })
}

fn names(column: Option<StrColumn>, docs: u32) -> tantivy::Result<Names> {
    let Some(column) = column else { return Ok(Names { rows: vec![0; docs as usize], names: Vec::new() }) };
    let mut names = Vec::with_capacity(column.num_terms());
    // Names lie one behind the other, each told by how it differs from the last: one walk is cheaper than look-ups.
    let mut terms = column.dictionary().stream()?;
    while terms.advance() {
        names.push(String::from_utf8_lossy(terms.key()).into_owned());
    }
    let none = names.len() as u64;
    let rows = (0..docs).map(|doc| column.term_ords(doc).next().unwrap_or(none).min(none) as u32).collect();
    Ok(Names { rows, names })
}

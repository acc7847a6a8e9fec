//! The index on disk: what it holds of a report, how it follows the record, how it is made anew.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::search::tokens::{News, main_language, with_language};
use crate::{Error, ReportRow, Store, body};

/// Moves when what is written for a report changes; an index of another version is made anew.
const VERSION: u32 = 1;
/// Reports that are read, and written, at a time.
const AT_ONCE: usize = 500;
/// Reports between two commits: what a crash costs to do again.
const COMMIT: usize = 20_000;
/// More than this are written by several threads.
const MANY: u64 = 2_000;
/// Memory of one thread that writes; more makes fewer parts to merge.
const MEMORY: usize = 96 << 20;

pub const SEQ: &str = "seq";
pub const DAY: &str = "day";
pub const OUTLET: &str = "outlet";
pub const LANGUAGE: &str = "language";

/// The fields of a document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub seq: Field,
    pub day: Field,
    pub words: Field,
    pub title: Field,
    pub outlet: Field,
    pub author: Field,
    pub language: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexed = |tokens: &str, option| TextFieldIndexing::default().set_tokenizer(tokens).set_index_option(option);
    let words = indexed("news", IndexRecordOption::WithFreqsAndPositions);
    let names = indexed("news", IndexRecordOption::WithFreqsAndPositions).set_fieldnorms(false);
    let tags = indexed("raw", IndexRecordOption::Basic).set_fieldnorms(false);
    let text = |indexing| TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        seq: schema.add_u64_field(SEQ, INDEXED | FAST),
        day: schema.add_u64_field(DAY, FAST),
        words: schema.add_text_field("words", text(words.clone())),
        title: schema.add_text_field("title", text(words)),
        outlet: schema.add_text_field("outlet_words", text(names.clone())),
        author: schema.add_text_field("author", text(names)),
        language: schema.add_text_field(LANGUAGE, text(tags).set_fast("raw")),
    };
    schema.add_text_field(OUTLET, TextOptions::default().set_fast("raw"));
    (schema.build(), fields)
}

/// An index that was opened.
#[derive(Clone)]
pub struct Opened {
    pub index: Index,
    pub fields: Fields,
    pub reader: IndexReader,
    /// The last change that this process wrote.
    pub committed: Option<i64>,
}

impl Opened {
    /// Opens the index of a folder, or makes an empty one in an empty folder.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|e| Error::disk("write", folder, &e))?;
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let index = Index::open_or_create(directory, schema)?;
        index.tokenizers().register("news", News::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Opened { index, fields, reader, committed: None })
    }

    /// Returns the last change of a record that the index has; none where it is of another record or version.
    pub fn upto(&self, record: &str) -> Result<Option<i64>, Error> {
        let payload = self.index.load_metas()?.payload;
        let Some(payload) = payload else { return Ok(Some(0)) };
        let of = format!("{VERSION} {record} ");
        Ok(payload.strip_prefix(&of).and_then(|change| change.parse().ok()))
    }

    /// Writes all that changed in the record after a change, and returns how many reports that were.
    pub fn follow(&self, store: &Store, after: i64) -> Result<u64, Error> {
        let (upto, pending, record) =
            store.read(|view| Ok((view.change()?, view.pending_after(after)?, view.record()?)))?;
        // A change of stories alone is none of the index; only its first commit says whose index it is.
        if pending == 0 && after > 0 {
            return Ok(0);
        }
        let many = pending > MANY;
        let threads = if many { std::thread::available_parallelism().map_or(1, |n| n.get().min(4)) } else { 1 };
        let memory = if many { MEMORY } else { 16 << 20 };
        let mut writer: IndexWriter = self.index.writer_with_num_threads(threads, threads * memory)?;
        for seq in store.read(|view| view.gone_after(after))? {
            writer.delete_term(Term::from_field_u64(self.fields.seq, seq.unsigned_abs()));
        }
        let (mut at, mut count, mut uncommitted) = (after, 0, 0);
        loop {
            let part = store.read(|view| part(view, at, upto))?;
            let Some((last, _)) = part.last() else { break };
            at = last.change;
            uncommitted += part.len();
            count += part.len() as u64;
            for (row, packed) in part {
                self.write(&writer, &row, &packed)?;
            }
            if uncommitted >= COMMIT {
                commit(&mut writer, &record, at)?;
                uncommitted = 0;
            }
        }
        commit(&mut writer, &record, upto)?;
        // Without this the merges that the commit began are thrown away, and parts would only become more.
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(count)
    }

    fn write(&self, writer: &IndexWriter, row: &ReportRow, packed: &[u8]) -> Result<(), Error> {
        let fields = self.fields;
        if row.revisions > 1 {
            writer.delete_term(Term::from_field_u64(fields.seq, row.seq.unsigned_abs()));
        }
        // A body that is damaged is for the doctor to tell; what the row says can still be found.
        let json = body::unpack_bytes(packed, || format!("report {}", row.seq)).unwrap_or_default();
        let words: Words = serde_json::from_slice(&json).unwrap_or_default();
        let language = main_language(row.language.as_deref());
        let mut document = TantivyDocument::new();
        document.add_u64(fields.seq, row.seq.unsigned_abs());
        document.add_u64(fields.day, row.day.as_deref().map_or(0, day));
        for text in [words.title.as_deref(), words.standfirst.as_deref(), Some(&*words.text)].into_iter().flatten() {
            document.add_text(fields.words, with_language(&language, text));
        }
        if let Some(title) = &words.title {
            document.add_text(fields.title, with_language(&language, title));
        }
        if let Some(outlet) = &row.outlet {
            document.add_text(fields.outlet, with_language("", outlet));
            document.add_text(self.index.schema().get_field(OUTLET)?, outlet);
        }
        for name in &words.byline {
            document.add_text(fields.author, with_language("", name));
        }
        if !language.is_empty() {
            document.add_text(fields.language, &language);
        }
        writer.add_document(document)?;
        Ok(())
    }
}

/// Of a report, what search reads.
#[derive(Debug, Default, Deserialize)]
struct Words<'a> {
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    standfirst: Option<Cow<'a, str>>,
    #[serde(default)]
    byline: Vec<String>,
    #[serde(borrow, default)]
    text: Cow<'a, str>,
}

fn part(view: &crate::View, after: i64, upto: i64) -> Result<Vec<(ReportRow, Vec<u8>)>, Error> {
    let rows = view.reports_changed_after(after, AT_ONCE)?.into_iter().filter(|row| row.change <= upto);
    rows.map(|row| Ok((view.packed(row.seq)?.unwrap_or_default(), row)))
        .map(|pair| pair.map(|(body, row)| (row, body)))
        .collect()
}

/// The index says itself how far it has come, in the same commit as what it came by.
fn commit(writer: &mut IndexWriter, record: &str, upto: i64) -> Result<(), Error> {
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&format!("{VERSION} {record} {upto}"));
    prepared.commit()?;
    Ok(())
}

/// Returns a day as a number: 20260305. Days that are none are 0.
fn day(day: &str) -> u64 {
    let digits: String = day.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

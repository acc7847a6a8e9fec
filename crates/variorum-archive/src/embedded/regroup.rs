//! Rows brought together by bucket: in memory while they are few, else in a file a bucket.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::ArrowError;

use crate::rows::{self, Row};
use crate::{Error, of_batch, to_batch};

/// Rows that are written together.
const CHUNK: usize = 1_024;

/// Rows that come in as steps hand them out.
pub struct Regroup {
    folder: PathBuf,
    memory: u64,
    held: u64,
    buckets: BTreeMap<i64, Bucket>,
}

/// All rows of a bucket.
pub struct Bucket {
    /// Its number.
    pub number: i64,
    /// What its rows take in memory.
    pub bytes: u64,
    held: Vec<Row>,
    file: Option<PathBuf>,
}

/// Returns about how many bytes a row takes in memory.
pub fn size(row: &Row) -> u64 {
    (size_of::<Row>() + row.key.len() + row.body.len()) as u64
}

impl Regroup {
    /// Gathers rows; what is more than `memory` bytes goes to files in a folder.
    pub fn new(folder: &Path, memory: u64) -> Self {
        Regroup { folder: folder.to_owned(), memory, held: 0, buckets: BTreeMap::new() }
    }

    /// Puts rows into their buckets.
    pub fn put(&mut self, rows: Vec<Row>) -> Result<(), Error> {
        for row in rows {
            let number = row.bucket;
            let bucket =
                self.buckets.entry(number).or_insert_with(|| Bucket { number, bytes: 0, held: Vec::new(), file: None });
            bucket.bytes += size(&row);
            self.held += size(&row);
            bucket.held.push(row);
        }
        if self.held > self.memory {
            self.held = 0;
            std::fs::create_dir_all(&self.folder).map_err(Error::disk(&self.folder))?;
            self.buckets.values_mut().try_for_each(|bucket| bucket.write(&self.folder))?;
        }
        Ok(())
    }

    /// Returns the buckets, the largest first, so that none begins when all others are done.
    pub fn buckets(self) -> Vec<Bucket> {
        let mut buckets: Vec<Bucket> = self.buckets.into_values().collect();
        buckets.sort_by_key(|bucket| (u64::MAX - bucket.bytes, bucket.number));
        buckets
    }
}

impl Bucket {
    /// Puts the rows that are held behind those in the file, as a stream of its own: thousands of files cannot be open at a time.
    fn write(&mut self, folder: &Path) -> Result<(), Error> {
        if self.held.is_empty() {
            return Ok(());
        }
        let path = self.file.get_or_insert_with(|| folder.join(format!("{}.arrow", self.number)));
        let file = OpenOptions::new().create(true).append(true).open(&*path).map_err(Error::disk(path))?;
        let mut file = BufWriter::with_capacity(1 << 16, file);
        write_stream(&mut file, &std::mem::take(&mut self.held)).map_err(trouble(path))?;
        file.flush().map_err(Error::disk(path))
    }

    /// Returns the rows, in whatever order they came.
    pub fn rows(self) -> Result<Vec<Row>, Error> {
        let mut rows = self.held;
        if let Some(path) = self.file {
            let mut file = BufReader::with_capacity(1 << 16, File::open(&path).map_err(Error::disk(&path))?);
            while !file.fill_buf().map_err(Error::disk(&path))?.is_empty() {
                read_stream(&mut file, &mut rows).map_err(trouble(&path))?;
            }
        }
        Ok(rows)
    }
}

fn write_stream(file: &mut impl Write, rows: &[Row]) -> Result<(), ArrowError> {
    let mut stream = StreamWriter::try_new(file, &rows::schema())?;
    rows.chunks(CHUNK).try_for_each(|rows| stream.write(&to_batch(rows)))?;
    stream.finish()
}

fn read_stream(file: &mut impl BufRead, rows: &mut Vec<Row>) -> Result<(), ArrowError> {
    StreamReader::try_new(file, None)?.try_for_each(|batch| {
        rows.extend(of_batch(&batch?)?);
        Ok(())
    })
}

/// A full disk is the disk's error, whoever tells of it.
fn trouble(path: &Path) -> impl FnOnce(ArrowError) -> Error {
    let path = path.to_owned();
    move |error| match error {
        ArrowError::IoError(_, source) => Error::Disk { path, source },
        other => Error::damaged(&path, other),
    }
}

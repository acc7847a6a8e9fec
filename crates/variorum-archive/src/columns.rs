//! Files of columns: rows between steps, and the tables that are handed out.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use tempfile::NamedTempFile;

use crate::rows::{self, Row};
use crate::seal::{seal, sha256};
use crate::{Error, Sealed};

/// Rows that are packed together; always as many, so that no engine's batches leave a trace.
pub const GROUP: usize = 512;

/// How hard rows between steps are packed, and tables that are kept.
const LEVELS: [i32; 2] = [1, 5];

/// Reads the rows of a file, some hundreds at a time.
pub fn read_rows(path: &Path, mut each: impl FnMut(Vec<Row>) -> Result<(), Error>) -> Result<(), Error> {
    read(path, None, |batch| each(rows::of_batch(&batch).map_err(|error| Error::damaged(path, error))?))
}

/// Reads the named columns of a file, or all, some hundreds of rows at a time.
pub fn read(
    path: &Path,
    columns: Option<&[&str]>,
    mut each: impl FnMut(RecordBatch) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = File::open(path).map_err(Error::disk(path))?;
    let damaged = |error: &dyn std::fmt::Display| Error::damaged(path, error);
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| damaged(&error))?;
    let mask = match columns {
        Some(columns) => ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied()),
        None => ProjectionMask::all(),
    };
    let reader = builder.with_projection(mask).with_batch_size(GROUP).build().map_err(|error| damaged(&error))?;
    for batch in reader {
        each(batch.map_err(|error| damaged(&error))?)?;
    }
    Ok(())
}

/// Seals rows that are written one after the other, and returns what `write` does.
pub fn seal_rows<T>(path: &Path, write: impl FnOnce(&mut RowsWriter<'_>) -> Result<T, Error>) -> Result<T, Error> {
    seal(path, |file| {
        let mut writer =
            RowsWriter { path, columns: writer(path, file, &rows::schema(), LEVELS[0])?, rows: Vec::new() };
        let done = write(&mut writer)?;
        writer.flush()?;
        writer.columns.close().map_err(|error| Error::damaged(path, error))?;
        Ok(done)
    })
}

/// Takes rows for a file.
pub struct RowsWriter<'a> {
    path: &'a Path,
    columns: ArrowWriter<&'a mut NamedTempFile>,
    rows: Vec<Row>,
}

impl RowsWriter<'_> {
    /// Puts a row behind the others.
    pub fn put(&mut self, key: impl Into<String>, body: Vec<u8>) -> Result<(), Error> {
        self.rows.push(Row { bucket: 0, key: key.into(), body });
        if self.rows.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let batch = rows::to_batch(&std::mem::take(&mut self.rows));
        let damaged = |error| Error::damaged(self.path, error);
        self.columns.write(&batch).map_err(damaged)?;
        self.columns.flush().map_err(damaged)
    }
}

/// Seals a table; each batch, of [`GROUP`] rows but the last, is packed by itself, so that the same rows give the same bytes.
pub fn seal_table(
    path: &Path,
    schema: &Arc<Schema>,
    batches: impl IntoIterator<Item = RecordBatch>,
) -> Result<Sealed, Error> {
    let rows = seal(path, |file| {
        let mut writer = writer(path, file, schema, LEVELS[1])?;
        let mut rows = 0;
        for batch in batches {
            rows += batch.num_rows() as u64;
            writer.write(&batch).map_err(|error| Error::damaged(path, error))?;
            writer.flush().map_err(|error| Error::damaged(path, error))?;
        }
        writer.close().map_err(|error| Error::damaged(path, error))?;
        Ok(rows)
    })?;
    let (sha256, bytes) = sha256(path)?;
    Ok(Sealed { path: path.display().to_string(), rows, bytes, sha256 })
}

fn writer<'a>(
    path: &Path,
    file: &'a mut NamedTempFile,
    schema: &Arc<Schema>,
    level: i32,
) -> Result<ArrowWriter<&'a mut NamedTempFile>, Error> {
    let level = ZstdLevel::try_new(level).expect("a level that zstd has");
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(concat!("variorum ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(|error| Error::damaged(path, error))
}

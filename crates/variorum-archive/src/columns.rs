//! Files of columns: rows between steps, and the tables that are handed out.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::rows::{self, Row};
use crate::seal::{seal, sha256};
use crate::{Error, Sealed};

/// Rows that are packed together; always as many, so that no engine's batches leave a trace.
const GROUP: usize = 512;

/// Reads the rows of a file, some hundreds at a time.
pub fn read_rows(path: &Path, mut each: impl FnMut(Vec<Row>) -> Result<(), Error>) -> Result<(), Error> {
    read(path, None, |batch| each(rows::of_batch(&batch).map_err(|error| Error::damaged(path, error))?))
}

/// Seals rows as a file that [`read_rows`] reads.
pub fn seal_rows(path: &Path, rows: &[Row]) -> Result<Sealed, Error> {
    seal_table(path, &rows::schema(), rows.chunks(GROUP).map(rows::to_batch))
}

/// Reads the named columns of a file, some hundreds of rows at a time.
pub fn read(
    path: &Path,
    columns: Option<&[&str]>,
    mut each: impl FnMut(RecordBatch) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = File::open(path).map_err(Error::disk(path))?;
    let damaged = |error: &dyn std::fmt::Display| Error::damaged(path, error);
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| damaged(&error))?;
    let mask = match columns {
        Some(columns) => parquet::arrow::ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied()),
        None => parquet::arrow::ProjectionMask::all(),
    };
    let reader = builder.with_projection(mask).with_batch_size(GROUP).build().map_err(|error| damaged(&error))?;
    for batch in reader {
        each(batch.map_err(|error| damaged(&error))?)?;
    }
    Ok(())
}

/// Seals a table; each batch, of [`GROUP`] rows but the last, is packed by itself, so that the same rows give the same bytes.
pub fn seal_table(
    path: &Path,
    schema: &Arc<Schema>,
    batches: impl IntoIterator<Item = RecordBatch>,
) -> Result<Sealed, Error> {
    let rows = seal(path, |file| {
        let level = ZstdLevel::try_new(3).expect("a level that zstd has");
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(concat!("variorum ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let damaged = |error| Error::damaged(path, error);
        let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(damaged)?;
        let mut rows = 0;
        for batch in batches {
            rows += batch.num_rows() as u64;
            writer.write(&batch).map_err(damaged)?;
            writer.flush().map_err(damaged)?;
        }
        writer.close().map_err(damaged)?;
        Ok(rows)
    })?;
    let (sha256, bytes) = sha256(path)?;
    Ok(Sealed { path: path.display().to_string(), rows, bytes, sha256 })
}

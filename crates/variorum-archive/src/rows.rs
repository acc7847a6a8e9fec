//! Rows on their way between two steps: the same three columns whatever travels, so that an engine need not know what.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use xxhash_rust::xxh3::xxh3_64;

/// What one step hands to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Rows of one bucket are grouped together; whatever belongs together has one.
    pub bucket: i64,
    /// What the row is about, as its stage names it.
    pub key: String,
    /// What the row says, in the encoding of its stage.
    pub body: Vec<u8>,
}

impl Row {
    /// Returns a row whose key goes with others into one of so many buckets.
    pub fn new(buckets: u32, key: String, body: Vec<u8>) -> Self {
        Row { bucket: bucket(&key, buckets), key, body }
    }

    /// Returns a row whose key has a bucket to itself: what belongs to it is much.
    pub fn apart(key: String, body: Vec<u8>) -> Self {
        Row { bucket: (xxh3_64(key.as_bytes()) >> 1) as i64, key, body }
    }
}

/// Returns the bucket of a name among so many.
pub fn bucket(name: &str, buckets: u32) -> i64 {
    (xxh3_64(name.as_bytes()) % u64::from(buckets.max(1))) as i64
}

/// Returns the columns of rows: `bucket`, `key`, `body`.
pub fn schema() -> Arc<Schema> {
    Arc::new(Schema::new(vec![
        Field::new("bucket", DataType::Int64, false),
        Field::new("key", DataType::Utf8, false),
        Field::new("body", DataType::Binary, false),
    ]))
}

/// Returns rows as columns.
pub fn to_batch(rows: &[Row]) -> RecordBatch {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.bucket))),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row.key))),
        Arc::new(BinaryArray::from_iter_values(rows.iter().map(|row| &row.body))),
    ];
    RecordBatch::try_new(schema(), columns).expect("three columns of one length")
}

/// Returns columns as rows.
///
/// # Errors
/// Where the columns are others, or a row lacks something.
pub fn of_batch(batch: &RecordBatch) -> Result<Vec<Row>, ArrowError> {
    let wrong = || ArrowError::SchemaError("expected the columns bucket (int64), key (utf8), body (binary)".to_owned());
    let column = |name: &str| batch.column_by_name(name).filter(|column| column.null_count() == 0).ok_or_else(wrong);
    let (buckets, keys, bodies) = (column("bucket")?, column("key")?, column("body")?);
    let buckets = buckets.as_any().downcast_ref::<Int64Array>().ok_or_else(wrong)?;
    let keys = keys.as_any().downcast_ref::<StringArray>().ok_or_else(wrong)?;
    let bodies = bodies.as_any().downcast_ref::<BinaryArray>().ok_or_else(wrong)?;
    let row = |at| Row { bucket: buckets.value(at), key: keys.value(at).to_owned(), body: bodies.value(at).to_owned() };
    Ok((0..batch.num_rows()).map(row).collect())
}

//! Parquet: columns named as the fields of a line of JSON are.

use std::io::{BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::parquet::basic::{LogicalType, TimeUnit};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use bytes::Bytes;
use serde_json::{Map, Value};
use variorum_news::Problem;

use crate::{Each, Origin, jsonl};

/// The largest file that is read, in bytes: what a row needs is told at the end, so the packed file is held.
const MOST: usize = 512 << 20;

/// Rows that are unpacked at a time.
const BATCH: usize = 32;

/// What a column of times means.
#[derive(Debug, Clone, Copy)]
struct Times {
    is_nanoseconds: bool,
    is_utc: bool,
}

/// Calls `each` with the page of every row.
pub(crate) fn read(origin: Origin<'_>, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    input.take(MOST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MOST {
        each(Err(Problem::of_path(origin.path, format!("larger than {} MiB; split it", MOST >> 20))));
        return Ok(());
    }
    let mut number = 0;
    // The library gives up with a panic on types that it does not know, and so may damaged files.
    let read = catch_unwind(AssertUnwindSafe(|| rows(origin, Bytes::from(bytes), &mut number, each)));
    let reason = match read {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => format!("{error}"),
        Err(_) => "a type of column that is not read".to_owned(),
    };
    let hint = "write it again with zstd, snappy, gzip or lz4, or give JSON Lines";
    each(Err(Problem::of_path(
        format!("{}:{}", origin.path, number + 1),
        format!("not read as Parquet ({reason}); {hint}"),
    )));
    Ok(())
}

fn rows(origin: Origin<'_>, bytes: Bytes, number: &mut usize, each: Each<'_>) -> Result<(), ParquetError> {
    let reader = SerializedFileReader::new(bytes)?;
    let columns = reader.metadata().file_metadata().schema_descr().root_schema().get_fields().to_vec();
    let times: Vec<Option<Times>> =
        columns.iter().map(|column| times(column.get_basic_info().logical_type_ref())).collect();
    for row in RowIter::from_file_into(Box::new(reader)).with_batch_size(BATCH) {
        let fields = fields(row?, &times);
        *number += 1;
        let place = || format!("{}:{number}", origin.path);
        each(match jsonl::of_fields(fields) {
            Ok(mut page) => {
                page.path.get_or_insert_with(|| origin.path.to_owned());
                Ok(page)
            }
            Err(problem) => Err(Problem { path: Some(place()), ..problem }),
        });
    }
    Ok(())
}

fn times(kind: Option<&LogicalType>) -> Option<Times> {
    match kind? {
        LogicalType::Timestamp(kind) => {
            Some(Times { is_nanoseconds: kind.unit == TimeUnit::NANOS, is_utc: kind.is_adjusted_to_u_t_c })
        }
        _ => None,
    }
}

fn fields(row: Row, times: &[Option<Times>]) -> Map<String, Value> {
    let columns = row.into_columns().into_iter().enumerate();
    columns.map(|(n, (name, field))| (name, value(&field, times.get(n).copied().flatten()))).collect()
}

fn value(field: &Field, times: Option<Times>) -> Value {
    let is_utc = times.is_none_or(|times| times.is_utc);
    match field {
        Field::Bool(yes) => (*yes).into(),
        Field::Byte(n) => (*n).into(),
        Field::Short(n) => (*n).into(),
        Field::Int(n) => (*n).into(),
        Field::Long(n) if times.is_some_and(|times| times.is_nanoseconds) => {
            time(jiff::Timestamp::from_nanosecond(i128::from(*n)), is_utc)
        }
        Field::Long(n) => (*n).into(),
        Field::UByte(n) => (*n).into(),
        Field::UShort(n) => (*n).into(),
        Field::UInt(n) => (*n).into(),
        Field::ULong(n) => (*n).into(),
        Field::Float(n) => (*n).into(),
        Field::Double(n) => (*n).into(),
        Field::Str(text) => text.as_str().into(),
        // Old writers do not say that their bytes are text.
        Field::Bytes(bytes) => crate::charset::decode(bytes.data(), None).into(),
        Field::Date(days) => {
            let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(*days).unwrap_or_default());
            day.map_or(Value::Null, |day| day.to_string().into())
        }
        Field::TimestampMillis(n) => time(jiff::Timestamp::from_millisecond(*n), is_utc),
        Field::TimestampMicros(n) => time(jiff::Timestamp::from_microsecond(*n), is_utc),
        Field::Group(row) => {
            row.get_column_iter().map(|(name, field)| (name.clone(), value(field, None))).collect::<Map<_, _>>().into()
        }
        Field::ListInternal(list) => list.elements().iter().map(|field| value(field, None)).collect(),
        Field::Null => Value::Null,
        other => other.to_string().into(),
    }
}

/// A time without a zone stays one: nobody said that it was UTC.
fn time(stamp: Result<jiff::Timestamp, jiff::Error>, is_utc: bool) -> Value {
    match stamp {
        Ok(stamp) if is_utc => stamp.to_string().into(),
        Ok(stamp) => jiff::tz::Offset::UTC.to_datetime(stamp).to_string().into(),
        Err(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use variorum_news::Body;

    use crate::read_bytes;

    /// Three rows, made by `tests/fixtures/reports.py`.
    const REPORTS: &[u8] = include_bytes!("../tests/fixtures/reports.parquet");

    #[test]
    fn a_row_is_a_report() {
        let found = read_bytes("reports.parquet", REPORTS);
        assert_eq!(found.len(), 3, "{found:?}");
        let page = found[0].as_ref().expect("a page");
        assert_eq!((page.id.as_ref(), page.path.as_deref()), ("r1", Some("reports.parquet")));
        assert_eq!(page.outlet.as_deref(), Some("Delmare Courier"));
        assert_eq!(page.published.as_deref(), Some("2025-03-27T10:00:00Z"));
        assert_eq!(page.byline, ["Ada Orr", "Ben Lee"]);
        assert!(matches!(&page.body, Body::Text(text) if text == "The ferry sank off Delmare."));
        assert_eq!(
            serde_json::to_string(&page.extra).expect("JSON"),
            r#"{"captured":"2025-03-28T08:30:00.25","day":"2025-03-27","desk":"sea","score":0.5,"words":5}"#
        );
        assert!(matches!(&found[1].as_ref().expect("a page").body, Body::Html(_)));
        let problem = found[2].as_ref().expect_err("a problem");
        assert_eq!((problem.path.as_deref(), problem.id.as_deref()), (Some("reports.parquet:3"), Some("r3")));
    }

    #[test]
    fn a_damaged_file_is_named() {
        assert!(read_bytes("a.parquet", &REPORTS[..REPORTS.len() - 100])[0].is_err());
        assert!(read_bytes("a.parquet", b"PAR1PAR1")[0].is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_damage_is_read_or_named(at in 4usize..REPORTS.len() - 4, with in proptest::prelude::any::<[u8; 4]>()) {
            let mut bytes = REPORTS.to_vec();
            bytes[at..at + 4].copy_from_slice(&with);
            proptest::prop_assert!(read_bytes("a.parquet", &bytes).len() <= 4);
        }
    }
}

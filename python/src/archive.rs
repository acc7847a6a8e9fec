//! The steps of an archive job, for an engine that Python drives.

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_pyarrow::{FromPyArrow, ToPyArrow};
use arrow_schema::{DataType, Field, Schema};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use std::sync::Arc;
use variorum_archive::{Config, Error, Job, Out, Row};

fn told(error: Error) -> PyErr {
    PyRuntimeError::new_err(format!("{error}\nhint: {}", error.hint()))
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A job under way: hands out one stage after the other and takes what they tell.
#[pyclass]
pub struct Driver(Option<variorum_archive::Driver>);

#[pymethods]
impl Driver {
    /// Begins a job, or goes on with it where it stopped; `config` is JSON.
    #[new]
    fn new(py: Python<'_>, config: &str) -> PyResult<Self> {
        let config: Config = read(config)?;
        py.detach(|| variorum_archive::Driver::begin(config)).map(|driver| Driver(Some(driver))).map_err(told)
    }

    /// Returns what every worker needs to know, as JSON.
    fn job(&self) -> PyResult<String> {
        let driver = self.0.as_ref().ok_or_else(over)?;
        Ok(serde_json::to_string(driver.job()).expect("a job is plain data"))
    }

    /// Returns (name, names, whether it is grouped) of the stage to be run now; none once all are done.
    fn stage(&mut self, py: Python<'_>) -> PyResult<Option<(String, Vec<String>, bool)>> {
        let driver = self.0.as_mut().ok_or_else(over)?;
        let stage = py.detach(|| driver.stage()).map_err(told)?;
        Ok(stage.map(|stage| (stage.name, stage.names, stage.is_grouped)))
    }

    /// Takes the receipts of a stage that was run, in any order.
    fn take(&mut self, py: Python<'_>, stage: (String, Vec<String>, bool), receipts: Vec<String>) -> PyResult<()> {
        let driver = self.0.as_mut().ok_or_else(over)?;
        let stage = variorum_archive::Stage { name: stage.0, names: stage.1, is_grouped: stage.2 };
        py.detach(|| driver.take(&stage, receipts)).map_err(told)
    }

    /// Seals the manifest and returns what the job came to, as JSON.
    fn finish(&mut self, py: Python<'_>) -> PyResult<String> {
        let driver = self.0.take().ok_or_else(over)?;
        let summary = py.detach(|| driver.finish()).map_err(told)?;
        Ok(serde_json::to_string(&summary).expect("a summary is plain data"))
    }
}

fn over() -> PyErr {
    PyValueError::new_err("this job is over; begin another")
}

/// Does the first half of a stage for one of its names and calls `out` with batches of columns: `bucket`, `key`, `body`
/// where the stage is grouped, `receipt` where it is not.
#[pyfunction]
pub fn archive_map(py: Python<'_>, job: &str, stage: &str, name: &str, out: Py<PyAny>) -> PyResult<()> {
    let job: Job = read(job)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut receipts: Vec<String> = Vec::new();
    let mut bytes = 0;
    let mut failed = None;
    let done = py.detach(|| {
        variorum_archive::map(&job, stage, name, &mut |next| {
            match next {
                Out::Row(row) => {
                    bytes += row.body.len();
                    rows.push(row);
                }
                Out::Receipt(receipt) => receipts.push(receipt),
            }
            if rows.len() >= BATCH || bytes >= BATCH_BYTES {
                bytes = 0;
                let batch = variorum_archive::to_batch(&std::mem::take(&mut rows));
                Python::attach(|py| hand(py, &out, batch)).map_err(|error| stopped(stage, &mut failed, error))?;
            }
            Ok(())
        })
    });
    if let Some(error) = failed {
        return Err(error);
    }
    done.map_err(told)?;
    if !rows.is_empty() {
        hand(py, &out, variorum_archive::to_batch(&rows))?;
    }
    if receipts.is_empty() { Ok(()) } else { hand(py, &out, receipts_batch(receipts)) }
}

/// Rows that are handed out together.
const BATCH: usize = 2_000;

/// Bytes from which on a batch is full.
const BATCH_BYTES: usize = 8 << 20;

fn stopped(stage: &str, failed: &mut Option<PyErr>, error: PyErr) -> Error {
    *failed = Some(error);
    Error::Engine { stage: stage.to_owned(), reason: "the engine takes no more".to_owned() }
}

fn hand(py: Python<'_>, out: &Py<PyAny>, batch: RecordBatch) -> PyResult<()> {
    out.call1(py, (batch.to_pyarrow(py)?,)).map(|_| ())
}

fn receipts_batch(receipts: Vec<String>) -> RecordBatch {
    let schema = Schema::new(vec![Field::new("receipt", DataType::Utf8, false)]);
    let column: ArrayRef = Arc::new(StringArray::from(receipts));
    RecordBatch::try_new(Arc::new(schema), vec![column]).expect("one column")
}

/// Does the second half of a stage for all rows of one bucket (batches of `bucket`, `key`, `body`) and returns receipts.
#[pyfunction]
pub fn archive_group(py: Python<'_>, job: &str, stage: &str, batches: Vec<Bound<'_, PyAny>>) -> PyResult<Py<PyAny>> {
    let job: Job = read(job)?;
    let mut rows = Vec::new();
    for batch in batches {
        let batch = RecordBatch::from_pyarrow_bound(&batch)?;
        rows.extend(variorum_archive::of_batch(&batch).map_err(|error| PyValueError::new_err(error.to_string()))?);
    }
    let receipts = py.detach(|| variorum_archive::group(&job, stage, rows)).map_err(told)?;
    Ok(receipts_batch(receipts).to_pyarrow(py)?.unbind())
}

//! A shelf: grouping as reports stream in.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use variorum::{GroupOptions, SnapshotError};

use crate::{lines, stages, threads};

/// What came before, as far as the next report is placed by it.
#[pyclass(frozen, module = "variorum._core")]
pub struct Shelf {
    kept: Mutex<variorum::Shelf>,
    options: GroupOptions,
}

#[pymethods]
impl Shelf {
    /// Makes an empty shelf.
    #[new]
    #[pyo3(signature = (window=None, splits=false))]
    fn new(window: Option<u32>, splits: bool) -> Self {
        Shelf { kept: Mutex::default(), options: GroupOptions { window, splits } }
    }

    /// Places reports in their order; the answers to a line are its placement and the merges and splits it brought.
    fn place(&self, py: Python<'_>, lines: Vec<String>) -> PyResult<Vec<Vec<String>>> {
        let read = threads::each(py, &lines, |line, place| lines::report(line, place))?;
        Ok(py.detach(|| {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            stages::place(&mut kept, read, &self.options)
        }))
    }

    /// Tells whether the shelf remembers a report of this name.
    fn holds(&self, py: Python<'_>, id: &str) -> bool {
        py.detach(|| variorum::holds(&self.kept.lock().unwrap_or_else(PoisonError::into_inner), &id.into()))
    }

    /// Returns the shelf as bytes, to go on later.
    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let saved = py.detach(|| {
            let mut bytes = Vec::new();
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.save(&self.options, &mut bytes).map(|()| bytes)
        });
        Ok(PyBytes::new(py, &saved.map_err(|error| PyOSError::new_err(error.to_string()))?))
    }

    /// Returns the shelf that was saved as these bytes, if a stream with these options can go on with it.
    #[staticmethod]
    #[pyo3(signature = (saved, window=None, splits=false))]
    fn resume(py: Python<'_>, saved: &[u8], window: Option<u32>, splits: bool) -> PyResult<Self> {
        let options = GroupOptions { window, splits };
        match py.detach(|| variorum::Shelf::resume(saved, &options)) {
            Ok(kept) => Ok(Shelf { kept: Mutex::new(kept), options }),
            Err(error) => {
                Err(PyValueError::new_err(format!("cannot go on with this shelf: {error}\nhint: {}", hint(&error))))
            }
        }
    }
}

/// Returns what to do about a shelf that cannot be gone on with, in the words of Python.
fn hint(error: &SnapshotError) -> String {
    match error {
        SnapshotError::OtherWindow(Some(days)) => format!("resume it with window={days}"),
        SnapshotError::OtherWindow(None) => "resume it without window".to_owned(),
        SnapshotError::OtherSplits(true) => "resume it with splits=True".to_owned(),
        SnapshotError::OtherSplits(false) => "resume it without splits".to_owned(),
        other => other.hint(),
    }
}

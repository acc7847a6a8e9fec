//! The stages over JSON.

use pyo3::prelude::*;

/// Returns the version of the library.
#[pyfunction]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

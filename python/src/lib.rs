//! The stages in Python. What Python calls is thin: values are handed to the library and its answers handed back.

mod archive;
mod stages;

use pyo3::prelude::*;

/// The compiled half of the package `variorum`; what a person calls stands in the Python half, with its types.
#[pymodule]
mod _core {
    #[pymodule_export]
    use crate::archive::{Driver, archive_group, archive_map};
    #[pymodule_export]
    use crate::stages::version;
}

//! The stages in Python. What Python calls is thin: values are handed to the library and its answers handed back.

mod archive;
mod lines;
mod read;
mod shelf;
mod stages;
mod threads;

use pyo3::prelude::*;

/// The compiled half of the package `variorum`; what a person calls stands in the Python half, with its types.
#[pymodule]
mod _core {
    #[pymodule_export]
    use crate::archive::{Driver, archive_group, archive_map};
    #[pymodule_export]
    use crate::read::{read_bytes, read_paths};
    #[pymodule_export]
    use crate::shelf::Shelf;
    #[pymodule_export]
    use crate::stages::{annotate, check, clean, collate, collate_stories, group, trace, trace_stories, version};
}

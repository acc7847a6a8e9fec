//! Marks: what a reader has read and starred.

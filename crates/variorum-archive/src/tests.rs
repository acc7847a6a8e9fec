//! Tests of the whole job.

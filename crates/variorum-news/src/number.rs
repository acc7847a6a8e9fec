//! Numbers as JSON prints them best: whole values without a fraction.

use serde::{Serialize, Serializer};

/// Serialises a number, a whole one without `.0`.
pub fn exact<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

/// Serialises a number that may be missing, a whole one without `.0`.
pub fn exact_option<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => exact(value, serializer),
        None => None::<f64>.serialize(serializer),
    }
}

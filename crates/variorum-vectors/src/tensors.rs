//! A safetensors file: a length, a header in JSON, and the numbers.

use serde_json::Value;

use crate::Error;

/// The tensors of a file.
pub struct Tensors<'a> {
    header: Value,
    numbers: &'a [u8],
}

/// A tensor of up to two dimensions.
pub struct Tensor {
    /// Row after row.
    pub numbers: Vec<f32>,
    /// The length of a row.
    pub width: usize,
}

impl<'a> Tensors<'a> {
    /// Reads the header.
    pub fn read(file: &'a [u8]) -> Result<Self, Error> {
        let wrong = |reason: &str| Error::Weights { reason: reason.to_owned() };
        let (length, rest) = file.split_first_chunk::<8>().ok_or_else(|| wrong("it is too short"))?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length > rest.len() {
            return Err(wrong("its header is cut off"));
        }
        let (header, numbers) = rest.split_at(length);
        let header = serde_json::from_slice(header).map_err(|e| Error::Weights { reason: e.to_string() })?;
        Ok(Self { header, numbers })
    }

    /// Returns a tensor of 32-bit floating numbers; some packages put `bert.` before the names.
    pub fn get(&self, name: &str) -> Result<Tensor, Error> {
        let missing = || Error::Tensor { tensor: name.to_owned() };
        let entry =
            [name.to_owned(), format!("bert.{name}")].iter().find_map(|n| self.header.get(n)).ok_or_else(missing)?;
        let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
        let shape: Vec<usize> = entry["shape"].as_array().into_iter().flatten().filter_map(number).collect();
        let (from, to) = (number(&entry["data_offsets"][0]), number(&entry["data_offsets"][1]));
        let bytes = from.zip(to).and_then(|(from, to)| self.numbers.get(from..to)).ok_or_else(missing)?;
        let width = shape.last().copied().filter(|width| *width > 0).ok_or_else(missing)?;
        let count = shape.iter().try_fold(1_usize, |count, n| count.checked_mul(*n));
        if entry["dtype"] != "F32" || count.and_then(|n| n.checked_mul(4)) != Some(bytes.len()) {
            return Err(missing());
        }
        let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        if numbers.iter().all(|x| x.is_finite()) { Ok(Tensor { numbers, width }) } else { Err(missing()) }
    }
}

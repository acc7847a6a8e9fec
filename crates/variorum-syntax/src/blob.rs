//! Named arrays out of one file.

use rustc_hash::FxHashMap;

/// The arrays of `data/english.bin`, written by `data/convert.py`: a line for each with its name, the kind of its
/// numbers and their count, an empty line, and then the numbers, little-endian.
pub struct Blob {
    arrays: FxHashMap<&'static str, (&'static str, &'static [u8])>,
}

impl Blob {
    /// Reads the list of arrays; the numbers stay where they are.
    pub fn new(bytes: &'static [u8]) -> Self {
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").expect("an empty line ends the list") + 1;
        let list = str::from_utf8(&bytes[..end]).expect("names are plain");
        let mut rest = &bytes[end + 1..];
        let mut arrays = FxHashMap::default();
        for line in list.lines() {
            let mut words = line.split(' ');
            let mut word = || words.next().expect("a line has three words");
            let (name, kind, count) = (word(), word(), word().parse::<usize>().expect("a count is a number"));
            let width = match kind {
                "u1" => 1,
                "i2" => 2,
                _ => 4,
            };
            let (array, after) = rest.split_at(count * width);
            arrays.insert(name, (kind, array));
            rest = after;
        }
        Self { arrays }
    }

    /// Returns 32-bit floating numbers.
    pub fn floats(&self, name: &str) -> Vec<f32> {
        self.array(name, "f4").as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
    }

    /// Returns 16-bit integers as the bytes that they are in the file.
    pub fn shorts(&self, name: &str) -> &'static [[u8; 2]] {
        self.array(name, "i2").as_chunks().0
    }

    /// Returns the weights of a layer, row by row: an integer and the planes of its lower bits, times the step of its row.
    pub fn weights(&self, name: &str, inputs: usize) -> Vec<f32> {
        let planes: Vec<&[u8]> = (0..)
            .map(|at| format!("{name}.bit{at}"))
            .take_while(|plane| self.has(plane))
            .map(|plane| self.array(&plane, "u1"))
            .collect();
        let mut integers: Vec<i32> = self.shorts(name).iter().map(|two| i16::from_le_bytes(*two).into()).collect();
        for plane in planes.iter().rev() {
            for (eight, bits) in integers.chunks_mut(8).zip(*plane) {
                for (at, integer) in eight.iter_mut().enumerate() {
                    *integer = *integer * 2 + i32::from(bits >> at & 1);
                }
            }
        }
        let mut weights: Vec<f32> = integers.into_iter().map(|integer| integer as f32).collect();
        for (row, step) in weights.chunks_exact_mut(inputs).zip(self.floats(&format!("{name}.steps"))) {
            for weight in row {
                *weight *= step;
            }
        }
        weights
    }

    /// Tells whether there is an array of a name.
    pub fn has(&self, name: &str) -> bool {
        self.arrays.contains_key(name)
    }

    fn array(&self, name: &str, kind: &str) -> &'static [u8] {
        let (found, array) = self.arrays.get(name).unwrap_or_else(|| panic!("the weights lack {name}"));
        assert_eq!(*found, kind, "{name}");
        array
    }
}

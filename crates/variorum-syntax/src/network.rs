//! The encoder: from the features of words to vectors that know their neighbours.
//!
//! Method: hashed (Bloom) embeddings of norm, prefix, suffix and shape, mixed by a maxout layer, then four residual maxout
//! layers over windows of three words. What depends on a word alone — its mixed vector and its share of the sums of the
//! first window layer — is computed once a word form and remembered.

use pulp::NullaryFnOnce;
use variorum_kernel::{Inputs, Matrix, PANEL, room, round, run, total};

use crate::blob::Blob;
use crate::hash;

/// Numbers that describe a word.
pub const WIDTH: usize = 96;

/// Sums of a maxout layer: three pieces a number.
pub const SUMS: usize = 3 * WIDTH;

/// Rows of zeros before and after a text. They pass through the layers as words do, as they did in training.
pub const PADDING: usize = 4;

/// The features of a word form, by their hashes: norm, prefix, suffix, shape, and whether a space follows it or it is
/// one itself.
pub type Features = [u64; 6];

/// One encoder; the model has one for tags and trees and one for names.
pub struct Encoder {
    tables: Vec<Table>,
    mix: (Matrix, Norm),
    /// The first window layer, by what a word says to the one after it, to itself and to the one before.
    shares: Matrix,
    first: Norm,
    windows: Vec<(Matrix, Norm)>,
}

/// The embeddings of a feature.
pub struct Table {
    rows: &'static [[u8; 2]],
    /// What one unit of each row is worth.
    steps: Vec<f32>,
    seed: u32,
}

/// What is done with the sums of a maxout layer.
pub struct Norm {
    /// What one unit of each sum is worth.
    scale: Vec<f32>,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// What an encoder remembers of the word forms it met.
#[derive(Default)]
pub struct Forms {
    vectors: Vec<f32>,
    shares: Vec<f32>,
}

/// Space that an encoder works in, kept from text to text.
#[derive(Default)]
pub struct Scratch {
    sums: Vec<f32>,
    inputs: Inputs,
}

impl Encoder {
    /// Reads the encoder of a name.
    pub fn new(blob: &Blob, name: &str) -> Self {
        let tables = Table::all(blob, name);
        let layer = |at: usize, parts: usize| {
            let layer = format!("{name}.layer{at}");
            let weights = blob.weights(&format!("{layer}.weights"), parts * WIDTH);
            let matrix = Matrix::new(&weights, parts * WIDTH, SUMS);
            let norm = Norm::new(blob, &layer, matrix.scale().to_vec());
            (matrix, norm)
        };
        let (shares, first) = layer(1, 3);
        Self {
            mix: layer(0, tables.len()),
            shares: shares.beside(3),
            first,
            windows: (2..=4).map(|at| layer(at, 3)).collect(),
            tables,
        }
    }

    /// Learns new word forms.
    pub fn learn(&self, new: &[Features], forms: &mut Forms, scratch: &mut Scratch) {
        let (matrix, norm) = &self.mix;
        let inputs = &mut scratch.inputs;
        run(LookUp { tables: &self.tables, new, inputs });
        let sums = room(&mut scratch.sums, new.len() * SUMS);
        matrix.multiply(inputs, self.tables.len() * WIDTH / 2, sums);
        let known = forms.vectors.len();
        forms.vectors.resize(known + new.len() * WIDTH, 0.0);
        let vectors = &mut forms.vectors[known..];
        run(Settle { norm, sums, vectors });
        inputs.round(vectors, WIDTH);
        let known = forms.shares.len();
        forms.shares.resize(known + new.len() * 3 * SUMS, 0.0);
        self.shares.multiply(inputs, WIDTH / 2, &mut forms.shares[known..]);
    }

    /// Returns the vectors of a text, given the forms of its words.
    pub fn encode<'a>(
        &self,
        words: &[u32],
        forms: &Forms,
        vectors: &'a mut Vec<f32>,
        scratch: &mut Scratch,
    ) -> &'a [f32] {
        let rows = words.len() + 2 * PADDING;
        let vectors = room(vectors, rows * WIDTH);
        run(FirstWindow { norm: &self.first, words, forms, vectors });
        for (at, (matrix, norm)) in self.windows.iter().enumerate() {
            // Of the padding a layer computes what the layers after it will see, and needs one row more of it.
            let margin = self.windows.len() - 1 - at;
            let first = PADDING - margin;
            let count = words.len() + 2 * margin;
            scratch.inputs.round(&vectors[(first - 1) * WIDTH..][..(count + 2) * WIDTH], WIDTH);
            let sums = room(&mut scratch.sums, count * SUMS);
            matrix.multiply(&scratch.inputs, WIDTH / 2, sums);
            run(Settle { norm, sums, vectors: &mut vectors[first * WIDTH..][..count * WIDTH] });
        }
        &vectors[PADDING * WIDTH..][..words.len() * WIDTH]
    }
}

impl Forms {
    /// Forgets all word forms.
    pub fn clear(&mut self) {
        self.vectors.clear();
        self.shares.clear();
    }
}

impl Table {
    /// Reads the tables of an encoder.
    pub fn all(blob: &Blob, name: &str) -> Vec<Self> {
        let names = (0..).map(|at| format!("{name}.rows{at}")).take_while(|rows| blob.has(rows));
        names
            .zip(8..)
            .map(|(rows, seed)| Self { rows: blob.shorts(&rows), steps: blob.floats(&format!("{rows}.steps")), seed })
            .collect()
    }

    /// Adds up the rows of a feature.
    #[inline(always)]
    pub fn look_up(&self, feature: u64) -> [f32; WIDTH] {
        let mut sum = [0.0; WIDTH];
        for place in hash::places(feature, self.seed) {
            let row = place as usize % self.steps.len();
            let step = self.steps[row];
            let row: &[[u8; 2]; WIDTH] = self.rows[row * WIDTH..].first_chunk().expect("a row is whole");
            for (sum, number) in sum.iter_mut().zip(row) {
                *sum += f32::from(i16::from_le_bytes(*number)) * step;
            }
        }
        sum
    }
}

/// Adds up the rows of each feature of new words.
struct LookUp<'a> {
    tables: &'a [Table],
    new: &'a [Features],
    inputs: &'a mut Inputs,
}

impl NullaryFnOnce for LookUp<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut parts = self.inputs.parts(self.new.len() * self.tables.len(), WIDTH);
        for features in self.new {
            for ((table, feature), (pairs, worth)) in self.tables.iter().zip(features).zip(parts.by_ref()) {
                *worth = round(&table.look_up(*feature), pairs);
            }
        }
    }
}

/// Adds up what three words in a row say in the first window layer, and settles it.
struct FirstWindow<'a> {
    norm: &'a Norm,
    words: &'a [u32],
    forms: &'a Forms,
    vectors: &'a mut [f32],
}

impl NullaryFnOnce for FirstWindow<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        const NOTHING: [f32; SUMS] = [0.0; SUMS];
        let form = |row: usize| row.checked_sub(PADDING).and_then(|at| self.words.get(at)).map(|form| *form as usize);
        let share = |row: Option<usize>, place: usize| -> &[f32; SUMS] {
            row.and_then(form)
                .and_then(|form| self.forms.shares[(form * 3 + place) * SUMS..].first_chunk())
                .unwrap_or(&NOTHING)
        };
        for (row, vector) in self.vectors.chunks_exact_mut(WIDTH).enumerate() {
            match form(row) {
                Some(form) => vector.copy_from_slice(&self.forms.vectors[form * WIDTH..][..WIDTH]),
                None => vector.fill(0.0),
            }
            let (left, middle, right) = (share(row.checked_sub(1), 0), share(Some(row), 1), share(Some(row + 1), 2));
            let mut sums = [0.0; SUMS];
            for at in 0..SUMS {
                sums[at] = left[at] + middle[at] + right[at];
            }
            self.norm.settle(&sums, vector);
        }
    }
}

/// Settles all rows of a layer.
struct Settle<'a> {
    norm: &'a Norm,
    sums: &'a [f32],
    vectors: &'a mut [f32],
}

impl NullaryFnOnce for Settle<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (sums, vector) in self.sums.as_chunks().0.iter().zip(self.vectors.chunks_exact_mut(WIDTH)) {
            self.norm.settle(sums, vector);
        }
    }
}

impl Norm {
    /// Reads what follows the layer of a name; one unit of each of its sums is worth `scale`.
    pub fn new(blob: &Blob, name: &str, scale: Vec<f32>) -> Self {
        Self {
            scale,
            bias: blob.floats(&format!("{name}.bias")),
            gain: blob.floats(&format!("{name}.gain")),
            shift: blob.floats(&format!("{name}.shift")),
        }
    }

    /// Takes the largest of three pieces, brings the row to mean 0 and variance 1, scales it, and adds it to a vector.
    #[inline(always)]
    pub fn settle(&self, sums: &[f32; SUMS], vector: &mut [f32]) {
        let (scale, bias) = (&self.scale[..SUMS], &self.bias[..SUMS]);
        let piece = |at: usize| sums[at] * scale[at] + bias[at];
        let mut most = [0.0; WIDTH];
        for (at, most) in most.iter_mut().enumerate() {
            let (a, b, c) = (piece(at), piece(at + WIDTH), piece(at + 2 * WIDTH));
            let larger = if b > a { b } else { a };
            *most = if c > larger { c } else { larger };
        }
        let mean = sum(&most) / WIDTH as f32;
        let mut squares = [0.0; WIDTH];
        for (x, square) in most.iter_mut().zip(&mut squares) {
            *x -= mean;
            *square = *x * *x;
        }
        let variance = sum(&squares) / WIDTH as f32 + 1e-8;
        let shrink = 1.0 / variance.sqrt();
        let (gain, shift) = (&self.gain[..WIDTH], &self.shift[..WIDTH]);
        for (at, x) in vector[..WIDTH].iter_mut().enumerate() {
            *x += most[at] * shrink * gain[at] + shift[at];
        }
    }
}

/// Adds numbers in an order that is the same for every width of vectors.
#[inline(always)]
fn sum(numbers: &[f32; WIDTH]) -> f32 {
    let mut sums = [0.0; PANEL];
    for (at, sum) in sums.iter_mut().enumerate() {
        let ahead = |panels: usize| numbers[at + panels * PANEL];
        *sum = (ahead(0) + ahead(1)) + (ahead(2) + ahead(3)) + (ahead(4) + ahead(5));
    }
    total(sums)
}

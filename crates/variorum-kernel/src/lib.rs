#![doc = include_str!("../README.md")]

mod paths;

use pulp::NullaryFnOnce;

use paths::{Multiply, Path, path};

/// Outputs that are computed together.
pub const PANEL: usize = 16;

/// Two inputs side by side: what one instruction multiplies.
pub type Pair = [i16; 2];

/// The most pairs in a part of the inputs. Its products are summed as whole numbers; the sums of parts are added as
/// floating numbers, from the first to the last.
const PART: usize = 48;

/// The length of the integers of a part.
const INPUT: f32 = 32_700.0;

/// The greatest length of the integers that a part is multiplied with; rounding adds five to either length at most.
const WEIGHT: f32 = 64_800.0;

/// Weights from inputs to outputs.
pub struct Matrix {
    /// How many pairs of inputs there are.
    pairs: usize,
    /// How many outputs, made full panels.
    outputs: usize,
    /// Panel by panel, pair by pair: the weights of the first and of the last eight outputs.
    weights: Vec<[[i16; PANEL]; 2]>,
    /// What one unit of the sum of an output is worth.
    scale: Vec<f32>,
}

/// Inputs of a layer as integers: part after part, each with what one unit of it is worth.
#[derive(Default)]
pub struct Inputs {
    pairs: Vec<Pair>,
    worths: Vec<f32>,
}

impl Matrix {
    /// Makes a matrix of the weights of each output. Outputs that lie `cycle` apart have one scale, so that they can be
    /// added up.
    pub fn new(weights: &[f32], inputs: usize, cycle: usize) -> Self {
        let mut units = vec![f32::INFINITY; cycle];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let unit = &mut units[output % cycle];
            *unit = unit.min(finest(row));
        }
        let outputs = (weights.len() / inputs).next_multiple_of(PANEL);
        let mut panels = vec![[[0; PANEL]; 2]; outputs / PANEL * inputs / 2];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let (panel, at) = (output / PANEL, output % PANEL);
            let (half, at) = (at / (PANEL / 2), at % (PANEL / 2));
            for (pair, into) in row.as_chunks::<2>().0.iter().zip(&mut panels[panel * inputs / 2..]) {
                into[half][2 * at..][..2].copy_from_slice(&pair.map(|x| nearest(x * units[output % cycle])));
            }
        }
        let scale = units.into_iter().map(|unit| 1.0 / unit).collect();
        Self { pairs: inputs / 2, outputs, weights: panels, scale }
    }

    /// Cuts the inputs in equal parts, each with a matrix of its own, and puts these side by side: the outputs of one
    /// follow those of the one before.
    pub fn beside(self, count: usize) -> Self {
        let pairs = self.pairs / count;
        let panels = |part: usize| {
            let panels = self.weights.chunks_exact(self.pairs);
            panels.flat_map(move |panel| &panel[part * pairs..][..pairs])
        };
        let weights = (0..count).flat_map(panels).copied().collect();
        Self { pairs, outputs: count * self.outputs, weights, scale: self.scale }
    }

    /// Returns how many sums a row gets.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Returns what one unit of each sum is worth, up to the cycle of outputs.
    pub fn scale(&self) -> &[f32] {
        &self.scale
    }

    /// Multiplies rows of inputs, each beginning `stride` pairs after the one before, and writes the sums of each.
    ///
    /// A stride shorter than a row gives overlapping rows: the windows of an encoder need no copies.
    pub fn multiply(&self, inputs: &Inputs, stride: usize, sums: &mut [f32]) {
        self.multiply_by(path(), inputs, stride, sums);
    }

    fn multiply_by(&self, path: Path, inputs: &Inputs, stride: usize, sums: &mut [f32]) {
        assert!(sums.len().is_multiple_of(self.outputs) && stride.is_multiple_of(self.pairs.min(PART)));
        let rows = sums.len() / self.outputs;
        assert!(rows == 0 || inputs.pairs.len() >= (rows - 1) * stride + self.pairs);
        run(Multiply { matrix: self, inputs, stride, sums, path });
    }
}

/// Returns the largest number of units that a weight of one may become.
fn finest(row: &[f32]) -> f32 {
    let length = |part: &[f32]| part.iter().map(|x| x * x).sum::<f32>().sqrt();
    let longest = row.chunks(2 * PART).map(length).fold(f32::MIN_POSITIVE, f32::max);
    let largest = row.iter().map(|x| x.abs()).fold(f32::MIN_POSITIVE, f32::max);
    (WEIGHT / longest).min(f32::from(i16::MAX) / largest)
}

impl Inputs {
    /// Makes room for parts of so many numbers and returns them, each with its worth; what stands in them is left from
    /// before.
    pub fn parts(&mut self, count: usize, numbers: usize) -> impl Iterator<Item = (&mut [Pair], &mut f32)> {
        let pairs = room(&mut self.pairs, count * numbers / 2).chunks_exact_mut(numbers / 2);
        pairs.zip(room(&mut self.worths, count))
    }

    /// Turns rows of so many numbers into parts.
    pub fn round(&mut self, rows: &[f32], numbers: usize) {
        run(Round { rows, numbers, into: self });
    }
}

struct Round<'a> {
    rows: &'a [f32],
    numbers: usize,
    into: &'a mut Inputs,
}

impl NullaryFnOnce for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let rows = self.rows.chunks_exact(self.numbers);
        for (row, (pairs, worth)) in rows.zip(self.into.parts(self.rows.len() / self.numbers, self.numbers)) {
            *worth = round(row, pairs);
        }
    }
}

/// Turns the numbers of a part into integers of one length, rounded to the nearest even, and returns what a unit is worth.
#[inline(always)]
pub fn round(numbers: &[f32], into: &mut [Pair]) -> f32 {
    let mut squares = [0.0; PANEL];
    for some in numbers.as_chunks::<PANEL>().0 {
        for (square, x) in squares.iter_mut().zip(some) {
            *square += x * x;
        }
    }
    let length = total(squares).sqrt();
    let scale = if length > 0.0 { INPUT / length } else { 0.0 };
    for (two, pair) in numbers.as_chunks::<2>().0.iter().zip(into) {
        *pair = two.map(|x| nearest(x * scale));
    }
    length / INPUT
}

/// Returns the nearest integer, the even one of two.
#[inline(always)]
fn nearest(x: f32) -> i16 {
    // A float of this size has a last bit worth one: adding it rounds, and leaves the integer in the low bits.
    const ROUND: f32 = 12_582_912.0;
    ((x + ROUND).to_bits() as i32 - ROUND.to_bits() as i32) as i16
}

/// Adds numbers, halves upon halves.
#[inline(always)]
pub fn total(numbers: [f32; PANEL]) -> f32 {
    let (mut eight, mut four, mut two) = ([0.0; 8], [0.0; 4], [0.0; 2]);
    for at in 0..8 {
        eight[at] = numbers[at] + numbers[at + 8];
    }
    for at in 0..4 {
        four[at] = eight[at] + eight[at + 4];
    }
    for at in 0..2 {
        two[at] = four[at] + four[at + 2];
    }
    two[0] + two[1]
}

/// Does a piece of work with the vector instructions of this machine; what it does must be the same without them.
///
/// The work is a type of its own with a `call` that is always inlined, since only what is inlined gets the instructions.
pub fn run<T>(work: impl NullaryFnOnce<Output = T>) -> T {
    match path() {
        #[cfg(target_arch = "x86_64")]
        Path::Wide(wide) => wide.vectorize(work),
        #[cfg(target_arch = "x86_64")]
        Path::Half(half) => half.vectorize(work),
        Path::Plain => work.call(),
    }
}

/// Returns a part of a working space, which grows where it must; what stands in it is left from before.
pub fn room<T: Copy + Default>(space: &mut Vec<T>, count: usize) -> &mut [T] {
    if space.len() < count {
        space.resize(count, T::default());
    }
    &mut space[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_the_nearest_even_in_units_of_the_length() {
        let mut pairs = [[0; 2]; 8];
        let mut numbers = [0.0; 16];
        (numbers[0], numbers[3]) = (3.0, -4.0);
        let worth = round(&numbers, &mut pairs);
        assert_eq!(pairs[..2], [[19_620, 0], [0, -26_160]]);
        assert_eq!(worth, 5.0 / INPUT);
        assert_eq!((round(&[0.0; 16], &mut pairs), pairs), (0.0, [[0; 2]; 8]));
    }

    /// Numbers that look like chance, the same each time.
    fn numbers(count: usize) -> Vec<f32> {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    /// The sums of fifteen rows by a path, each row one part after the row before.
    fn sums_by(path: Path, matrix: &Matrix, inputs: &[f32]) -> Vec<f32> {
        let mut rounded = Inputs::default();
        rounded.round(inputs, 96);
        let mut sums = vec![0.0; matrix.outputs * 15];
        matrix.multiply_by(path, &rounded, 48, &mut sums);
        sums
    }

    #[test]
    fn fast_and_plain_sums_are_equal_and_near_the_truth() {
        let (weights, inputs) = (numbers(20 * 288), numbers(17 * 96));
        let matrix = Matrix::new(&weights, 288, 20);
        let plain = sums_by(Path::Plain, &matrix, &inputs);
        assert_eq!(sums_by(path(), &matrix, &inputs), plain);
        #[cfg(target_arch = "x86_64")]
        if let Some(half) = pulp::x86::V3::try_new() {
            assert_eq!(sums_by(Path::Half(half), &matrix, &inputs), plain);
        }
        for (row, sums) in plain.chunks(matrix.outputs).enumerate() {
            for (output, weights) in weights.chunks(288).enumerate() {
                let truth: f32 = weights.iter().zip(&inputs[row * 96..]).map(|(w, x)| w * x).sum();
                assert!((sums[output] * matrix.scale[output] - truth).abs() < 0.01, "{truth}");
            }
        }
    }

    #[test]
    fn the_largest_sums_do_not_overflow() {
        let matrix = Matrix::new(&[0.25; 96], 96, 1);
        let mut sums = [0.0; PANEL];
        let mut inputs = Inputs::default();
        inputs.round(&[-70.0; 96], 96);
        matrix.multiply(&inputs, 48, &mut sums);
        assert!((sums[0] * matrix.scale[0] + 1_680.0).abs() < 0.2, "{}", sums[0]);
    }
}

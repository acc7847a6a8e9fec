//! Products of integer matrices, the same bits on every machine.
//!
//! Inputs are 13-bit and weights 16-bit integers, and sums are 32-bit: whole numbers have one sum in whatever order, so
//! the fast path (AVX2, told at run time) and the plain one cannot differ. `data/convert.py` chose the weights so that no
//! sum overflows.

use pulp::NullaryFnOnce;
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;

use crate::blob::Blob;

/// Outputs that are computed together.
pub const PANEL: usize = 16;

/// Two inputs side by side: what one instruction multiplies.
pub type Pair = [i16; 2];

/// The largest integer that an input becomes.
const STEPS: f32 = 4095.0;

/// Weights from inputs to outputs.
pub struct Matrix {
    /// How many pairs of inputs there are.
    pairs: usize,
    /// How many outputs, made full panels.
    outputs: usize,
    /// Panel by panel, pair by pair: the weights of the first and of the last eight outputs.
    weights: Vec<[[i16; PANEL]; 2]>,
}

impl Matrix {
    /// Reads the weights of a name.
    pub fn new(blob: &Blob, name: &str, inputs: usize) -> Self {
        let (panels, rest) = blob.shorts(name).as_chunks::<{ 2 * PANEL }>();
        assert!(rest.is_empty() && panels.len().is_multiple_of(inputs / 2), "{name} is made of full panels");
        let weights = panels
            .iter()
            .map(|panel| {
                [0, 1].map(|half| std::array::from_fn(|at| i16::from_le_bytes(panel[half * PANEL + at])))
            })
            .collect::<Vec<_>>();
        Self { pairs: inputs / 2, outputs: weights.len() * PANEL / (inputs / 2), weights }
    }

    /// Cuts the inputs in equal parts; each part becomes outputs of its own, after those of the part before.
    pub fn parts(&self, count: usize) -> Self {
        let pairs = self.pairs / count;
        let part = |part: usize| {
            self.weights.chunks_exact(self.pairs).flat_map(move |panel| &panel[part * pairs..][..pairs]).copied()
        };
        Self { pairs, outputs: self.outputs * count, weights: (0..count).flat_map(part).collect() }
    }

    /// Returns how many sums a row gets.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies rows of inputs, each beginning `stride` pairs after the one before, and writes the sums of each.
    ///
    /// A stride shorter than a row gives overlapping rows: the windows of an encoder need no copies.
    pub fn multiply(&self, inputs: &[Pair], stride: usize, sums: &mut [i32]) {
        assert!(sums.len().is_multiple_of(self.outputs));
        let rows = sums.len() / self.outputs;
        assert!(rows == 0 || inputs.len() >= (rows - 1) * stride + self.pairs);
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = V3::try_new() {
            return simd.vectorize(|| self.each_tile(inputs, stride, sums, |tile: Tile| tile.sum_avx2(simd)));
        }
        self.each_tile(inputs, stride, sums, |tile: Tile| tile.sum());
    }

    #[inline(always)]
    fn each_tile(&self, inputs: &[Pair], stride: usize, sums: &mut [i32], sum: impl Fn(Tile)) {
        let rows = sums.len() / self.outputs;
        for (panel, weights) in self.weights.chunks_exact(self.pairs).enumerate() {
            let mut row = 0;
            while row < rows {
                // The last tile may hold its last row several times; that costs less than a second kind of tile.
                let at = |n: usize| (row + n).min(rows - 1);
                let inputs = std::array::from_fn(|n| &inputs[at(n) * stride..][..self.pairs]);
                let places = std::array::from_fn(|n| at(n) * self.outputs + panel * PANEL);
                sum(Tile { inputs, weights, places, sums });
                row += TILE;
            }
        }
    }
}

/// Rows that are computed together: as many as leave their sums in registers.
const TILE: usize = 6;

/// Some rows, the weights of a panel, and where the sums of each row belong.
struct Tile<'a> {
    inputs: [&'a [Pair]; TILE],
    weights: &'a [[[i16; PANEL]; 2]],
    places: [usize; TILE],
    sums: &'a mut [i32],
}

impl Tile<'_> {
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn sum_avx2(self, simd: V3) {
        let pairs = self.weights.len();
        let inputs: [&[Pair]; TILE] = std::array::from_fn(|n| &self.inputs[n][..pairs]);
        let mut sums = [[simd.avx._mm256_setzero_si256(); 2]; TILE];
        for pair in 0..pairs {
            let low = bytemuck::cast(self.weights[pair][0]);
            let high = bytemuck::cast(self.weights[pair][1]);
            for row in 0..TILE {
                let both = simd.avx._mm256_set1_epi32(bytemuck::cast(inputs[row][pair]));
                sums[row][0] = simd.avx2._mm256_add_epi32(sums[row][0], simd.avx2._mm256_madd_epi16(both, low));
                sums[row][1] = simd.avx2._mm256_add_epi32(sums[row][1], simd.avx2._mm256_madd_epi16(both, high));
            }
        }
        for (place, [low, high]) in self.places.into_iter().zip(sums) {
            let (front, back) = self.sums[place..][..PANEL].split_at_mut(PANEL / 2);
            front.copy_from_slice(&bytemuck::cast::<_, [i32; PANEL / 2]>(low));
            back.copy_from_slice(&bytemuck::cast::<_, [i32; PANEL / 2]>(high));
        }
    }

    fn sum(self) {
        for (place, inputs) in self.places.into_iter().zip(self.inputs) {
            let mut sums = [0; PANEL];
            for (weights, pair) in self.weights.iter().zip(inputs) {
                let [first, second] = pair.map(i32::from);
                for (sum, two) in sums.iter_mut().zip(weights.as_flattened().as_chunks::<2>().0) {
                    *sum += first * i32::from(two[0]) + second * i32::from(two[1]);
                }
            }
            self.sums[place..][..PANEL].copy_from_slice(&sums);
        }
    }
}

/// Does a piece of work with the vector instructions of this machine; what it does must be the same without them.
///
/// The work is a type of its own with a `call` that is always inlined, since only what is inlined gets the instructions.
pub fn run<T>(work: impl NullaryFnOnce<Output = T>) -> T {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new() {
        return simd.vectorize(work);
    }
    work.call()
}

/// Turns many numbers into the integers of a layer.
pub fn quantise_all(numbers: &[f32], quantum: f32, into: &mut [Pair]) {
    run(Quantise { numbers, quantum, into });
}

struct Quantise<'a> {
    numbers: &'a [f32],
    quantum: f32,
    into: &'a mut [Pair],
}

impl NullaryFnOnce for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        quantise(self.numbers, self.quantum, self.into);
    }
}

/// Turns numbers into the integers of a layer: times `quantum`, clamped, rounded to the nearest even.
#[inline(always)]
pub fn quantise(numbers: &[f32], quantum: f32, into: &mut [Pair]) {
    // A float of this size has a last bit worth one: adding it rounds, and leaves the integer in the low bits.
    const ROUND: f32 = 12_582_912.0;
    for (two, pair) in numbers.as_chunks::<2>().0.iter().zip(into) {
        *pair = two.map(|x| {
            let clamped = (x * quantum).clamp(-STEPS, STEPS);
            ((clamped + ROUND).to_bits() as i32 - ROUND.to_bits() as i32) as i16
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_the_nearest_even_and_clamped() {
        let mut pairs = [[0; 2]; 3];
        quantise(&[0.5, 1.5, -2.5, -3.4, 1e9, f32::NEG_INFINITY], 1.0, &mut pairs);
        assert_eq!(pairs, [[0, 2], [-2, -3], [4095, -4095]]);
    }

    #[test]
    fn fast_and_plain_sums_are_equal() {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 19) as i16 - 4096
        };
        let weights = (0..48 * 2).map(|_| std::array::from_fn(|_| std::array::from_fn(|_| next() / 8))).collect();
        let matrix = Matrix { pairs: 48, outputs: 32, weights };
        let inputs: Vec<Pair> = (0..48 * 11).map(|_| [next(), next()]).collect();
        let (mut fast, mut plain) = (vec![0; 32 * 11], vec![0; 32 * 11]);
        matrix.multiply(&inputs, 48, &mut fast);
        matrix.each_tile(&inputs, 48, &mut plain, |tile: Tile| tile.sum());
        assert_eq!(fast, plain);
    }
}

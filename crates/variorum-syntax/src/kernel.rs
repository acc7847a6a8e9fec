//! Products of integer matrices, the same bits on every machine.
//!
//! Inputs and weights are 16-bit integers, and products are summed in 32 bits: whole numbers have one sum in whatever
//! order, so the fast path (AVX2, told at run time) and the plain one cannot differ. `data/convert.py` chose the weights so
//! that no sum overflows.

use pulp::NullaryFnOnce;
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;

use crate::blob::Blob;

/// Outputs that are computed together.
pub const PANEL: usize = 16;

/// Two inputs side by side: what one instruction multiplies.
pub type Pair = [i16; 2];

/// The largest integer that an input becomes.
const STEPS: f32 = 16383.0;

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
            .map(|panel| [0, 1].map(|half| std::array::from_fn(|at| i16::from_le_bytes(panel[half * PANEL + at]))))
            .collect::<Vec<_>>();
        Self { pairs: inputs / 2, outputs: weights.len() * PANEL / (inputs / 2), weights }
    }

    /// Cuts the inputs in equal parts, each with a matrix of its own.
    pub fn parts(&self, count: usize) -> Vec<Self> {
        let pairs = self.pairs / count;
        let part = |part: usize| {
            let panels = self.weights.chunks_exact(self.pairs);
            let weights = panels.flat_map(|panel| &panel[part * pairs..][..pairs]).copied().collect();
            Self { pairs, outputs: self.outputs, weights }
        };
        (0..count).map(part).collect()
    }

    /// Puts matrices of the same inputs side by side: the outputs of one follow those of the one before.
    pub fn beside(matrices: Vec<Self>) -> Self {
        let outputs = matrices.iter().map(|matrix| matrix.outputs).sum();
        let pairs = matrices[0].pairs;
        Self { pairs, outputs, weights: matrices.into_iter().flat_map(|matrix| matrix.weights).collect() }
    }

    /// Returns how many sums a row gets.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies rows of inputs, each beginning `stride` pairs after the one before, and writes the sums of each.
    ///
    /// A stride shorter than a row gives overlapping rows: the windows of an encoder need no copies.
    pub fn multiply(&self, inputs: &[Pair], stride: usize, sums: &mut [f32]) {
        assert!(sums.len().is_multiple_of(self.outputs));
        let rows = sums.len() / self.outputs;
        assert!(rows == 0 || inputs.len() >= (rows - 1) * stride + self.pairs);
        run(Multiply { matrix: self, inputs, stride, sums, simd: simd() });
    }
}

/// A product of matrices, with or without vector instructions.
struct Multiply<'a> {
    matrix: &'a Matrix,
    inputs: &'a [Pair],
    stride: usize,
    sums: &'a mut [f32],
    simd: Option<Simd>,
}

impl NullaryFnOnce for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Matrix { pairs, outputs, ref weights } = *self.matrix;
        let rows = self.sums.len() / outputs;
        for (panel, weights) in weights.chunks_exact(pairs).enumerate() {
            let mut row = 0;
            while row < rows {
                // The last tile may hold its last row several times; that costs less than a second kind of tile.
                let at = |n: usize| (row + n).min(rows - 1);
                let mut tile = Tile { inputs: [&[]; TILE], weights, places: [0; TILE], sums: &mut *self.sums };
                for n in 0..TILE {
                    tile.inputs[n] = &self.inputs[at(n) * self.stride..][..pairs];
                    tile.places[n] = at(n) * outputs + panel * PANEL;
                }
                match self.simd {
                    Some(simd) => tile.sum_with(simd),
                    None => tile.sum(),
                }
                row += TILE;
            }
        }
    }
}

/// The proof that the machine has the instructions of the fast path.
#[cfg(target_arch = "x86_64")]
type Simd = V3;

/// Elsewhere there is no fast path yet, and no proof.
#[cfg(not(target_arch = "x86_64"))]
type Simd = std::convert::Infallible;

fn simd() -> Option<Simd> {
    #[cfg(target_arch = "x86_64")]
    return V3::try_new();
    #[cfg(not(target_arch = "x86_64"))]
    None
}

/// Pairs of inputs whose products are summed as whole numbers; the sums of blocks are added as floating numbers, from
/// the first to the last.
const BLOCK: usize = 48;

/// Rows that are computed together: as many as leave their sums in registers.
const TILE: usize = 6;

/// Some rows, the weights of a panel, and where the sums of each row belong.
struct Tile<'a> {
    inputs: [&'a [Pair]; TILE],
    weights: &'a [[[i16; PANEL]; 2]],
    places: [usize; TILE],
    sums: &'a mut [f32],
}

impl Tile<'_> {
    #[cfg(not(target_arch = "x86_64"))]
    fn sum_with(self, simd: Simd) {
        match simd {}
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn sum_with(self, simd: Simd) {
        let mut totals = [[simd.avx._mm256_setzero_ps(); 2]; TILE];
        for (block, weights) in self.weights.chunks(BLOCK).enumerate() {
            let mut inputs = self.inputs;
            for inputs in &mut inputs {
                *inputs = &inputs[block * BLOCK..][..weights.len()];
            }
            let mut sums = [[simd.avx._mm256_setzero_si256(); 2]; TILE];
            for pair in 0..weights.len() {
                let low = bytemuck::cast(weights[pair][0]);
                let high = bytemuck::cast(weights[pair][1]);
                for row in 0..TILE {
                    let both = simd.avx._mm256_set1_epi32(bytemuck::cast(inputs[row][pair]));
                    sums[row][0] = simd.avx2._mm256_add_epi32(sums[row][0], simd.avx2._mm256_madd_epi16(both, low));
                    sums[row][1] = simd.avx2._mm256_add_epi32(sums[row][1], simd.avx2._mm256_madd_epi16(both, high));
                }
            }
            for (totals, sums) in totals.iter_mut().zip(sums) {
                for (total, sum) in totals.iter_mut().zip(sums) {
                    *total = simd.avx._mm256_add_ps(*total, simd.avx._mm256_cvtepi32_ps(sum));
                }
            }
        }
        for (place, [low, high]) in self.places.into_iter().zip(totals) {
            let (front, back) = self.sums[place..][..PANEL].split_at_mut(PANEL / 2);
            front.copy_from_slice(&bytemuck::cast::<_, [f32; PANEL / 2]>(low));
            back.copy_from_slice(&bytemuck::cast::<_, [f32; PANEL / 2]>(high));
        }
    }

    fn sum(self) {
        for (place, inputs) in self.places.into_iter().zip(self.inputs) {
            let mut totals = [0.0; PANEL];
            for (weights, inputs) in self.weights.chunks(BLOCK).zip(inputs.chunks(BLOCK)) {
                let mut sums = [0; PANEL];
                for (weights, pair) in weights.iter().zip(inputs) {
                    // Products in a row, then neighbours added: a form that compilers know instructions for.
                    let weights: &[i16; 2 * PANEL] = weights.as_flattened().try_into().expect("a panel is whole");
                    let mut products = [0; 2 * PANEL];
                    for (at, product) in products.iter_mut().enumerate() {
                        *product = i32::from(weights[at]) * i32::from(pair[at % 2]);
                    }
                    for (sum, two) in sums.iter_mut().zip(products.as_chunks::<2>().0) {
                        *sum += two[0] + two[1];
                    }
                }
                for (total, sum) in totals.iter_mut().zip(sums) {
                    *total += sum as f32;
                }
            }
            self.sums[place..][..PANEL].copy_from_slice(&totals);
        }
    }
}

/// Does a piece of work with the vector instructions of this machine; what it does must be the same without them.
///
/// The work is a type of its own with a `call` that is always inlined, since only what is inlined gets the instructions.
pub fn run<T>(work: impl NullaryFnOnce<Output = T>) -> T {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = simd() {
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
        let most = STEPS as i16;
        assert_eq!(pairs, [[0, 2], [-2, -3], [most, -most]]);
    }

    #[test]
    fn fast_and_plain_sums_are_equal() {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 19) as i16 - 4096
        };
        let weights = (0..60 * 2).map(|_| std::array::from_fn(|_| std::array::from_fn(|_| next() / 8))).collect();
        let matrix = Matrix { pairs: 60, outputs: 32, weights };
        let inputs: Vec<Pair> = (0..60 * 11).map(|_| [next(), next()]).collect();
        let (mut fast, mut plain) = (vec![0.0; 32 * 11], vec![0.0; 32 * 11]);
        matrix.multiply(&inputs, 60, &mut fast);
        Multiply { matrix: &matrix, inputs: &inputs, stride: 60, sums: &mut plain, simd: None }.call();
        assert_eq!(fast, plain);
    }
}

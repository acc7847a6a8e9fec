//! Products of integer matrices, the same bits on every machine.
//!
//! Inputs and weights are 16-bit integers, and products are summed in 32 bits: whole numbers have one sum in whatever
//! order, so the fast paths (AVX-512 with VNNI, AVX2; told at run time) and the plain one cannot differ. `data/convert.py` chose the weights so
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
        run(Multiply { matrix: self, inputs, stride, sums, path: path() });
    }
}

/// A product of matrices, by the instructions of a path.
struct Multiply<'a> {
    matrix: &'a Matrix,
    inputs: &'a [Pair],
    stride: usize,
    sums: &'a mut [f32],
    path: Path,
}

impl NullaryFnOnce for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        match self.path {
            #[cfg(target_arch = "x86_64")]
            Path::Wide(wide) => self.wide(wide),
            _ => self.tiles::<TILE>(0),
        }
    }
}

impl Multiply<'_> {
    /// Whole tiles whose rows lie a known way apart need one register for all their inputs; the rest are tiles as others.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn wide(mut self, simd: Wide) {
        let done = match self.stride {
            48 => self.strided::<48, { (WIDE_TILE - 1) * 48 + 1 }>(simd),
            32 => self.strided::<32, { (WIDE_TILE - 1) * 32 + 1 }>(simd),
            _ => 0,
        };
        self.tiles::<TILE>(done);
    }

    /// Multiplies as many rows as fill tiles, and returns their number. The inputs of a pair span `REACH`.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn strided<const STRIDE: usize, const REACH: usize>(&mut self, simd: Wide) -> usize {
        let Matrix { pairs, outputs, ref weights } = *self.matrix;
        let whole = self.sums.len() / outputs / WIDE_TILE * WIDE_TILE;
        for (panel, weights) in weights.chunks_exact(pairs).enumerate() {
            for row in (0..whole).step_by(WIDE_TILE) {
                let inputs = &self.inputs[row * STRIDE..][..pairs + REACH - 1];
                let totals = sum_strided::<STRIDE, REACH>(inputs, weights, simd);
                for (n, total) in totals.iter().enumerate() {
                    self.sums[(row + n) * outputs + panel * PANEL..][..PANEL].copy_from_slice(total);
                }
            }
        }
        whole
    }

    #[inline(always)]
    fn tiles<const ROWS: usize>(self, first: usize) {
        let Matrix { pairs, outputs, ref weights } = *self.matrix;
        let rows = self.sums.len() / outputs;
        for (panel, weights) in weights.chunks_exact(pairs).enumerate() {
            let mut row = first;
            while row < rows {
                // The last tile may hold its last row several times; that costs less than a second kind of tile.
                let at = |n: usize| (row + n).min(rows - 1);
                let mut tile = Tile { inputs: [&[]; ROWS], weights, places: [0; ROWS], sums: &mut *self.sums };
                for n in 0..ROWS {
                    tile.inputs[n] = &self.inputs[at(n) * self.stride..][..pairs];
                    tile.places[n] = at(n) * outputs + panel * PANEL;
                }
                match self.path {
                    #[cfg(target_arch = "x86_64")]
                    Path::Wide(wide) => tile.sum_wide(wide),
                    #[cfg(target_arch = "x86_64")]
                    Path::Half(half) => tile.sum_half(half),
                    Path::Plain => tile.sum(),
                }
                row += ROWS;
            }
        }
    }
}

/// The sums of rows whose inputs lie `STRIDE` apart. The compiler makes one instruction of a product and its sum.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn sum_strided<const STRIDE: usize, const REACH: usize>(
    inputs: &[Pair],
    weights: &[[[i16; PANEL]; 2]],
    simd: Wide,
) -> [[f32; PANEL]; WIDE_TILE] {
    let mut totals = [simd.avx512f._mm512_setzero_ps(); WIDE_TILE];
    for (block, weights) in weights.chunks(BLOCK).enumerate() {
        let inputs = &inputs[block * BLOCK..][..weights.len() + REACH - 1];
        let mut sums = [simd.avx512f._mm512_setzero_si512(); WIDE_TILE];
        for (weights, inputs) in weights.iter().zip(inputs.windows(REACH)) {
            let weights = bytemuck::cast(*weights);
            let inputs: &[Pair; REACH] = inputs.first_chunk().expect("a window has its length");
            for row in 0..WIDE_TILE {
                let both = simd.avx512f._mm512_set1_epi32(bytemuck::cast(inputs[row * STRIDE]));
                sums[row] = simd.avx512f._mm512_add_epi32(sums[row], simd.avx512bw._mm512_madd_epi16(both, weights));
            }
        }
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total = simd.avx512f._mm512_add_ps(*total, simd.avx512f._mm512_cvtepi32_ps(sum));
        }
    }
    totals.map(bytemuck::cast)
}

/// Instructions that products are made with; each path but the plain one is the proof that the machine has its own.
#[derive(Clone, Copy)]
enum Path {
    #[cfg(target_arch = "x86_64")]
    Wide(Wide),
    #[cfg(target_arch = "x86_64")]
    Half(V3),
    Plain,
}

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// Vectors of 512 bits, with an instruction that multiplies pairs and adds.
    struct Wide {
        sse: "sse",
        sse2: "sse2",
        sse3: "sse3",
        ssse3: "ssse3",
        sse4_1: "sse4.1",
        sse4_2: "sse4.2",
        popcnt: "popcnt",
        avx: "avx",
        avx2: "avx2",
        bmi1: "bmi1",
        bmi2: "bmi2",
        fma: "fma",
        lzcnt: "lzcnt",
        avx512f: "avx512f",
        avx512bw: "avx512bw",
        avx512dq: "avx512dq",
        avx512vl: "avx512vl",
        avx512vnni: "avx512vnni",
    }
}

fn path() -> Path {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = Wide::try_new() {
        return Path::Wide(wide);
    } else if let Some(half) = V3::try_new() {
        return Path::Half(half);
    }
    Path::Plain
}

/// Pairs of inputs whose products are summed as whole numbers; the sums of blocks are added as floating numbers, from
/// the first to the last.
const BLOCK: usize = 48;

/// Rows that are computed together: as many as leave their sums in registers.
const TILE: usize = 6;

/// Rows of a tile where there are twice as many registers, twice as wide.
#[cfg(target_arch = "x86_64")]
const WIDE_TILE: usize = 12;

/// Some rows, the weights of a panel, and where the sums of each row belong.
struct Tile<'a, const ROWS: usize> {
    inputs: [&'a [Pair]; ROWS],
    weights: &'a [[[i16; PANEL]; 2]],
    places: [usize; ROWS],
    sums: &'a mut [f32],
}

impl<const ROWS: usize> Tile<'_, ROWS> {
    /// The compiler makes one instruction of the product and the sum.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn sum_wide(self, simd: Wide) {
        let mut totals = [simd.avx512f._mm512_setzero_ps(); ROWS];
        for (block, weights) in self.weights.chunks(BLOCK).enumerate() {
            let mut inputs = self.inputs;
            for inputs in &mut inputs {
                *inputs = &inputs[block * BLOCK..][..weights.len()];
            }
            let mut sums = [simd.avx512f._mm512_setzero_si512(); ROWS];
            for pair in 0..weights.len() {
                let weights = bytemuck::cast(weights[pair]);
                for row in 0..ROWS {
                    let both = simd.avx512f._mm512_set1_epi32(bytemuck::cast(inputs[row][pair]));
                    sums[row] =
                        simd.avx512f._mm512_add_epi32(sums[row], simd.avx512bw._mm512_madd_epi16(both, weights));
                }
            }
            for (total, sum) in totals.iter_mut().zip(sums) {
                *total = simd.avx512f._mm512_add_ps(*total, simd.avx512f._mm512_cvtepi32_ps(sum));
            }
        }
        for (place, total) in self.places.into_iter().zip(totals) {
            self.sums[place..][..PANEL].copy_from_slice(&bytemuck::cast::<_, [f32; PANEL]>(total));
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn sum_half(self, simd: V3) {
        let mut totals = [[simd.avx._mm256_setzero_ps(); 2]; ROWS];
        for (block, weights) in self.weights.chunks(BLOCK).enumerate() {
            let mut inputs = self.inputs;
            for inputs in &mut inputs {
                *inputs = &inputs[block * BLOCK..][..weights.len()];
            }
            let mut sums = [[simd.avx._mm256_setzero_si256(); 2]; ROWS];
            for pair in 0..weights.len() {
                let low = bytemuck::cast(weights[pair][0]);
                let high = bytemuck::cast(weights[pair][1]);
                for row in 0..ROWS {
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
        let sums_by = |path: Path| {
            let mut sums = vec![0.0; 32 * 11];
            run(Multiply { matrix: &matrix, inputs: &inputs, stride: 60, sums: &mut sums, path });
            sums
        };
        let plain = sums_by(Path::Plain);
        assert_eq!(sums_by(path()), plain);
        #[cfg(target_arch = "x86_64")]
        if let Some(half) = V3::try_new() {
            assert_eq!(sums_by(Path::Half(half)), plain);
        }
    }
}

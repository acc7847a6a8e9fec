//! The ways to multiply: with vectors of 512 bits, of 256, and without.

use pulp::NullaryFnOnce;
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m512, __m512i};

use super::{Inputs, Matrix, PANEL, PART, Pair};

/// A product of matrices, by the instructions of a path.
pub struct Multiply<'a> {
    pub matrix: &'a Matrix,
    pub inputs: &'a Inputs,
    pub stride: usize,
    pub sums: &'a mut [f32],
    pub path: Path,
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
        let Matrix { pairs, outputs, ref weights, .. } = *self.matrix;
        let whole = self.sums.len() / outputs / WIDE_TILE * WIDE_TILE;
        for (panel, weights) in weights.chunks_exact(pairs).enumerate() {
            for row in (0..whole).step_by(WIDE_TILE) {
                let inputs = &self.inputs.pairs[row * STRIDE..][..pairs + REACH - 1];
                let worths = &self.inputs.worths[row * (STRIDE / pairs.min(PART))..];
                let totals = sum_strided::<STRIDE, REACH>(inputs, worths, weights, simd);
                for (n, total) in totals.iter().enumerate() {
                    self.sums[(row + n) * outputs + panel * PANEL..][..PANEL].copy_from_slice(total);
                }
            }
        }
        whole
    }

    #[inline(always)]
    fn tiles<const ROWS: usize>(self, first: usize) {
        let Matrix { pairs, outputs, ref weights, .. } = *self.matrix;
        let rows = self.sums.len() / outputs;
        let parts = self.stride / pairs.min(PART);
        for (panel, weights) in weights.chunks_exact(pairs).enumerate() {
            let mut row = first;
            while row < rows {
                // The last tile may hold its last row several times; that costs less than a second kind of tile.
                let at = |n: usize| (row + n).min(rows - 1);
                let (mut inputs, mut worths): ([&[Pair]; ROWS], [&[f32]; ROWS]) = ([&[]; ROWS], [&[]; ROWS]);
                let mut places = [0; ROWS];
                for n in 0..ROWS {
                    inputs[n] = &self.inputs.pairs[at(n) * self.stride..][..pairs];
                    worths[n] = &self.inputs.worths[at(n) * parts..];
                    places[n] = at(n) * outputs + panel * PANEL;
                }
                let tile = Tile { inputs, worths, weights, places, sums: &mut *self.sums };
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
    worths: &[f32],
    weights: &[[[i16; PANEL]; 2]],
    simd: Wide,
) -> [[f32; PANEL]; WIDE_TILE] {
    let mut totals = [simd.avx512f._mm512_setzero_ps(); WIDE_TILE];
    for (part, weights) in weights.chunks(PART).enumerate() {
        let inputs = &inputs[part * PART..][..weights.len() + REACH - 1];
        let mut sums = [simd.avx512f._mm512_setzero_si512(); WIDE_TILE];
        for (weights, inputs) in weights.iter().zip(inputs.windows(REACH)) {
            let weights = bytemuck::cast(*weights);
            let inputs: &[Pair; REACH] = inputs.first_chunk().expect("a window has its length");
            for row in 0..WIDE_TILE {
                let both = simd.avx512f._mm512_set1_epi32(bytemuck::cast(inputs[row * STRIDE]));
                sums[row] = simd.avx512f._mm512_add_epi32(sums[row], simd.avx512bw._mm512_madd_epi16(both, weights));
            }
        }
        let worths: &[f32; WIDE_TILE] = worths[part..].first_chunk().expect("a part has its worth");
        for ((total, sum), worth) in totals.iter_mut().zip(sums).zip(worths) {
            *total = add_wide(*total, sum, *worth, simd);
        }
    }
    totals.map(bytemuck::cast)
}

/// Adds the sum of a part to the total of its row.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn add_wide(total: __m512, sum: __m512i, worth: f32, simd: Wide) -> __m512 {
    let sum = simd.avx512f._mm512_mul_ps(simd.avx512f._mm512_cvtepi32_ps(sum), simd.avx512f._mm512_set1_ps(worth));
    simd.avx512f._mm512_add_ps(total, sum)
}

/// Instructions that products are made with; each path but the plain one is the proof that the machine has its own.
#[derive(Clone, Copy)]
pub enum Path {
    #[cfg(target_arch = "x86_64")]
    Wide(Wide),
    #[cfg(target_arch = "x86_64")]
    Half(V3),
    Plain,
}

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// Vectors of 512 bits, with an instruction that multiplies pairs and adds.
    pub struct Wide {
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

pub fn path() -> Path {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = Wide::try_new() {
        return Path::Wide(wide);
    } else if let Some(half) = V3::try_new() {
        return Path::Half(half);
    }
    Path::Plain
}

/// Rows that are computed together: as many as leave their sums in registers.
const TILE: usize = 6;

/// Rows of a tile where there are twice as many registers, twice as wide.
#[cfg(target_arch = "x86_64")]
const WIDE_TILE: usize = 12;

/// Some rows, the weights of a panel, and where the sums of each row belong.
struct Tile<'a, const ROWS: usize> {
    inputs: [&'a [Pair]; ROWS],
    worths: [&'a [f32]; ROWS],
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
        for (part, weights) in self.weights.chunks(PART).enumerate() {
            let mut inputs = self.inputs;
            for inputs in &mut inputs {
                *inputs = &inputs[part * PART..][..weights.len()];
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
            for ((total, sum), worths) in totals.iter_mut().zip(sums).zip(self.worths) {
                *total = add_wide(*total, sum, worths[part], simd);
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
        for (part, weights) in self.weights.chunks(PART).enumerate() {
            let mut inputs = self.inputs;
            for inputs in &mut inputs {
                *inputs = &inputs[part * PART..][..weights.len()];
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
            for ((totals, sums), worths) in totals.iter_mut().zip(sums).zip(self.worths) {
                let worth = simd.avx._mm256_set1_ps(worths[part]);
                for (total, sum) in totals.iter_mut().zip(sums) {
                    let sum = simd.avx._mm256_mul_ps(simd.avx._mm256_cvtepi32_ps(sum), worth);
                    *total = simd.avx._mm256_add_ps(*total, sum);
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
        for ((place, inputs), worths) in self.places.into_iter().zip(self.inputs).zip(self.worths) {
            let mut totals = [0.0; PANEL];
            let parts = self.weights.chunks(PART).zip(inputs.chunks(PART));
            for ((weights, inputs), worth) in parts.zip(worths) {
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
                    *total += sum as f32 * worth;
                }
            }
            self.sums[place..][..PANEL].copy_from_slice(&totals);
        }
    }
}

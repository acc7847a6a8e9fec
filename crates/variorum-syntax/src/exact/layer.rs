//! Sums of floating numbers in a written order.

use std::ops::Range;

use pulp::NullaryFnOnce;
use variorum_kernel::{PANEL, run};

use crate::blob::Blob;

/// Rows that are computed together: as many as leave their sums in registers.
const TILE: usize = 4;

/// Weights from inputs to outputs.
pub struct Layer {
    inputs: usize,
    /// How many outputs; they are made full panels.
    outputs: usize,
    /// Panel by panel, input by input.
    weights: Vec<[f32; PANEL]>,
    bias: Vec<f32>,
}

impl Layer {
    /// Reads the layer of a name.
    pub fn new(blob: &Blob, name: &str, inputs: usize) -> Self {
        let bias = blob.floats(&format!("{name}.bias"));
        Self { bias, ..Self::without_bias(blob, name, inputs) }
    }

    /// Reads the weights alone.
    pub fn without_bias(blob: &Blob, name: &str, inputs: usize) -> Self {
        let rows = blob.weights(&format!("{name}.weights"), inputs);
        let outputs = rows.len() / inputs;
        let weight = |output: usize, input: usize| rows.get(output * inputs + input).copied().unwrap_or(0.0);
        let panel = |first: usize| {
            let weight = &weight;
            (0..inputs).map(move |input| std::array::from_fn(|at| weight(first + at, input)))
        };
        Self { inputs, outputs, weights: (0..outputs).step_by(PANEL).flat_map(panel).collect(), bias: Vec::new() }
    }

    /// Returns the outputs of one row of inputs.
    pub fn apply(&self, inputs: &[f32]) -> Vec<f32> {
        let mut outputs = self.multiply(inputs);
        for (output, bias) in outputs.iter_mut().zip(&self.bias) {
            *output += bias;
        }
        outputs
    }

    /// Returns the sums of rows of inputs.
    pub fn multiply(&self, inputs: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; inputs.len() / self.inputs * self.outputs];
        run(Multiply { width: self.inputs, outputs: self.outputs, weights: &self.weights, inputs, sums: &mut sums });
        sums
    }

    /// Returns some of the sums of one row of inputs; they must be full panels.
    pub fn multiply_part(&self, inputs: &[f32], part: Range<usize>) -> Vec<f32> {
        let mut sums = vec![0.0; part.len()];
        let weights = &self.weights[part.start / PANEL * self.inputs..part.end / PANEL * self.inputs];
        run(Multiply { width: self.inputs, outputs: part.len(), weights, inputs, sums: &mut sums });
        sums
    }
}

struct Multiply<'a> {
    width: usize,
    outputs: usize,
    weights: &'a [[f32; PANEL]],
    inputs: &'a [f32],
    sums: &'a mut [f32],
}

impl NullaryFnOnce for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn call(mut self) {
        let rows = self.inputs.len() / self.width;
        // The weights of a panel are fetched once for all rows; there are too many to be kept near.
        for (panel, weights) in self.weights.chunks_exact(self.width).enumerate() {
            for first in (0..rows).step_by(TILE) {
                // The last tile may hold its last row several times: one row alone would take as long.
                self.tile(panel, weights, std::array::from_fn(|n| (first + n).min(rows - 1)));
            }
        }
    }
}

impl Multiply<'_> {
    #[inline(always)]
    fn tile(&mut self, panel: usize, weights: &[[f32; PANEL]], places: [usize; TILE]) {
        let rows = places.map(|place| &self.inputs[place * self.width..][..weights.len()]);
        let mut totals = [[0.0; PANEL]; TILE];
        for (input, weights) in weights.iter().enumerate() {
            for n in 0..TILE {
                let x = rows[n][input];
                for at in 0..PANEL {
                    totals[n][at] += x * weights[at];
                }
            }
        }
        let width = PANEL.min(self.outputs - panel * PANEL);
        for (place, total) in places.into_iter().zip(totals) {
            self.sums[place * self.outputs + panel * PANEL..][..width].copy_from_slice(&total[..width]);
        }
    }
}

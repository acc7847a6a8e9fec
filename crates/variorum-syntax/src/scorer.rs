//! Scores of the moves of a state.
//!
//! A state is seen as a few slots, each a token or nothing. What a token would say in each slot is computed for all
//! tokens at once; a state then only adds its slots up, takes the larger of two pieces, and multiplies once more.

use pulp::NullaryFnOnce;
use variorum_kernel::{Inputs, Matrix, room, run};

use crate::blob::Blob;
use crate::network::WIDTH;

/// The tokens that a state shows; a number beyond the text is nothing.
pub type Slots<const COUNT: usize> = [usize; COUNT];

/// Numbers that describe a state, and that a token's vector is cut down to.
pub const HIDDEN: usize = 64;

/// Sums behind a state: two pieces a number.
const SUMS: usize = 2 * HIDDEN;

/// Moves that are scored together: as many as leave their sums in registers.
const BLOCK: usize = 56;

/// The layers that score the moves of states with a number of slots.
pub struct Scorer<const COUNT: usize> {
    reduce: Dense,
    states: Matrix,
    bias: Vec<f32>,
    /// What an empty slot says.
    nothing: Vec<f32>,
    /// Block by block of moves, number by number of the state.
    scores: Vec<[f32; BLOCK]>,
    score_bias: Vec<[f32; BLOCK]>,
}

/// A plain layer.
pub struct Dense {
    matrix: Matrix,
    bias: Vec<f32>,
}

/// Space that the layers work in, kept from text to text.
#[derive(Default)]
pub struct Scratch {
    inputs: Inputs,
    sums: Vec<f32>,
    reduced: Vec<f32>,
    states: Vec<f32>,
}

impl Dense {
    /// Reads the layer of a name.
    pub fn new(blob: &Blob, name: &str) -> Self {
        let bias = blob.floats(&format!("{name}.bias"));
        Self { matrix: Matrix::new(&blob.weights(&format!("{name}.weights"), WIDTH), WIDTH, bias.len()), bias }
    }

    /// Calls back with the outputs of each vector.
    pub fn each(&self, vectors: &[f32], scratch: &mut Scratch, mut then: impl FnMut(usize, &[f32])) {
        scratch.inputs.round(vectors, WIDTH);
        let sums = room(&mut scratch.sums, vectors.len() / WIDTH * self.matrix.outputs());
        self.matrix.multiply(&scratch.inputs, WIDTH / 2, sums);
        let mut outputs = vec![0.0; self.bias.len()];
        for (row, sums) in sums.chunks_exact(self.matrix.outputs()).enumerate() {
            let units = sums.iter().zip(self.matrix.scale());
            for (output, ((sum, scale), bias)) in outputs.iter_mut().zip(units.zip(&self.bias)) {
                *output = *sum * scale + bias;
            }
            then(row, &outputs);
        }
    }
}

impl<const COUNT: usize> Scorer<COUNT> {
    /// Reads the scorer of a name.
    pub fn new(blob: &Blob, name: &str) -> Self {
        let bias = blob.floats(&format!("{name}.score.bias"));
        let weights = blob.floats(&format!("{name}.score.weights"));
        let block = |row: &[f32], from: usize| {
            let weight = |at: usize| row.get(from + at).copied().unwrap_or(0.0);
            std::array::from_fn(weight)
        };
        let states = Matrix::new(&blob.weights(&format!("{name}.state.weights"), HIDDEN), HIDDEN, SUMS);
        let nothing = blob.floats(&format!("{name}.state.pad"));
        let starts = || (0..bias.len()).step_by(BLOCK);
        let rows = |from| weights.chunks_exact(bias.len()).map(move |row| block(row, from));
        Self {
            reduce: Dense::new(blob, &format!("{name}.reduce")),
            bias: blob.floats(&format!("{name}.state.bias")),
            nothing: nothing.iter().zip(states.scale().iter().cycle()).map(|(said, scale)| said / scale).collect(),
            states,
            scores: starts().flat_map(rows).collect(),
            score_bias: starts().map(|from| block(&bias, from)).collect(),
        }
    }

    /// Computes what each token says in each slot.
    pub fn features<'a>(&self, vectors: &[f32], scratch: &'a mut Scratch) -> &'a [f32] {
        let mut reduced = std::mem::take(&mut scratch.reduced);
        reduced.clear();
        self.reduce.each(vectors, scratch, |_, outputs| reduced.extend_from_slice(outputs));
        scratch.inputs.round(&reduced, HIDDEN);
        let states = room(&mut scratch.states, reduced.len() / HIDDEN * COUNT * SUMS);
        self.states.multiply(&scratch.inputs, HIDDEN / 2, states);
        scratch.reduced = reduced;
        states
    }

    /// Scores the moves of a state whose slots were added up.
    pub fn score_sums(&self, sums: &[f32], scores: &mut Vec<f32>) {
        scores.resize(self.score_bias.len() * BLOCK, 0.0);
        run(Finish { scorer: self, sums: sums.first_chunk().expect("a state has its sums"), scores });
    }

    /// Takes the larger of two pieces, given what one unit of each sum is worth, and multiplies once more.
    #[inline(always)]
    fn finish(&self, sums: &[f32; SUMS], scale: &[f32], scores: &mut [f32]) {
        let (scale, bias) = (&scale[..SUMS], &self.bias[..SUMS]);
        let piece = |at: usize| sums[at] * scale[at] + bias[at];
        let mut hidden = [0.0; HIDDEN];
        for (at, larger) in hidden.iter_mut().enumerate() {
            let (a, b) = (piece(at), piece(at + HIDDEN));
            *larger = if b > a { b } else { a };
        }
        let blocks = self.scores.as_chunks::<HIDDEN>().0.iter().zip(&self.score_bias);
        for ((weights, bias), scores) in blocks.zip(scores.as_chunks_mut::<BLOCK>().0) {
            let mut sums = [0.0; BLOCK];
            for (x, weights) in hidden.iter().zip(weights) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += x * weight;
                }
            }
            for ((score, sum), bias) in scores.iter_mut().zip(&sums).zip(bias) {
                *score = sum + bias;
            }
        }
    }

    /// Scores the moves of a state.
    pub fn score(&self, features: &[f32], slots: &Slots<COUNT>, scores: &mut Vec<f32>) {
        scores.resize(self.score_bias.len() * BLOCK, 0.0);
        run(Score { scorer: self, features, slots, scores });
    }
}

/// Scores the moves of one state.
struct Score<'a, const COUNT: usize> {
    scorer: &'a Scorer<COUNT>,
    features: &'a [f32],
    slots: &'a Slots<COUNT>,
    scores: &'a mut [f32],
}

impl<const COUNT: usize> NullaryFnOnce for Score<'_, COUNT> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let scorer = self.scorer;
        let mut sums = [0.0; SUMS];
        for (slot, token) in self.slots.iter().enumerate() {
            let said = token.checked_mul(COUNT * SUMS).and_then(|at| self.features.get(at + slot * SUMS..));
            let said: &[f32; SUMS] =
                said.unwrap_or(&scorer.nothing[slot * SUMS..]).first_chunk().expect("a slot has its sums");
            for (sum, said) in sums.iter_mut().zip(said) {
                *sum += *said;
            }
        }
        scorer.finish(&sums, scorer.states.scale(), self.scores);
    }
}

/// Scores the moves of a state whose slots were added up.
struct Finish<'a, const COUNT: usize> {
    scorer: &'a Scorer<COUNT>,
    sums: &'a [f32; SUMS],
    scores: &'a mut [f32],
}

impl<const COUNT: usize> NullaryFnOnce for Finish<'_, COUNT> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.scorer.finish(self.sums, &[1.0; SUMS], self.scores);
    }
}

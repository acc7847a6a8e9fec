//! The same network in floating numbers, for choices that stand on a knife's edge.
//!
//! The integers of `variorum-kernel` are fast, and a little wrong. Where the two best scores lie closer than they can be wrong, the
//! choice is made here again, with sums in a written order; all that it needs is computed, and remembered, for the few
//! words around. Most texts never come here.

mod layer;

use std::sync::LazyLock;

use crate::blob::Blob;
use crate::model;
use crate::network::{Features, Norm, PADDING, SUMS, Table, WIDTH};
use crate::scorer::{HIDDEN, Scorer, Slots};

use layer::Layer;

/// Layers of vectors: mixed features, and four layers that see the words beside.
const LAYERS: usize = 5;

/// Which of the two encoders.
#[derive(Clone, Copy)]
pub enum Kind {
    /// For tags and trees.
    Words,
    /// For names.
    Names,
}

/// All layers, read when the first choice is close.
struct Network {
    words: Encoder,
    names: Encoder,
    tagger: Layer,
    trees: States,
    finder: States,
}

static NETWORK: LazyLock<Network> = LazyLock::new(|| {
    let blob = Blob::new(model::WEIGHTS);
    Network {
        words: Encoder::new(&blob, "words"),
        names: Encoder::new(&blob, "names"),
        tagger: Layer::new(&blob, "tagger", WIDTH),
        trees: States::new(&blob, "parser"),
        finder: States::new(&blob, "finder"),
    }
});

struct Encoder {
    tables: Vec<Table>,
    layers: [(Layer, Norm); LAYERS],
}

/// The layers between a vector and what it says in the slots of a state.
struct States {
    reduce: Layer,
    says: Layer,
    nothing: Vec<f32>,
}

/// The exact vectors of a text, as far as they were needed.
pub struct Text<'a> {
    kind: Kind,
    forms: &'a [u32],
    features: &'a [Features],
    layers: [Vec<Option<Box<[f32; WIDTH]>>>; LAYERS],
}

impl<'a> Text<'a> {
    /// Begins with nothing computed. A word has a form, and a form has features.
    pub fn new(kind: Kind, forms: &'a [u32], features: &'a [Features]) -> Self {
        Self { kind, forms, features, layers: Default::default() }
    }

    /// Returns the scores of the tags of a token.
    pub fn tags(&mut self, token: usize) -> Vec<f32> {
        self.compute(&[token]);
        NETWORK.tagger.apply(self.vector(LAYERS - 1, token + PADDING))
    }

    /// Scores the moves of a state.
    pub fn score<const COUNT: usize>(&mut self, scorer: &Scorer<COUNT>, slots: &Slots<COUNT>, scores: &mut Vec<f32>) {
        let tokens: Vec<usize> = slots.iter().copied().filter(|token| *token < self.forms.len()).collect();
        self.compute(&tokens);
        let states = match self.kind {
            Kind::Words => &NETWORK.trees,
            Kind::Names => &NETWORK.finder,
        };
        let mut sums = vec![0.0; 2 * HIDDEN];
        for (slot, token) in slots.iter().enumerate() {
            let said = match *token < self.forms.len() {
                true => states.says(slot, self.vector(LAYERS - 1, token + PADDING)),
                false => states.nothing[slot * 2 * HIDDEN..][..2 * HIDDEN].to_vec(),
            };
            for (sum, said) in sums.iter_mut().zip(said) {
                *sum += said;
            }
        }
        scorer.score_sums(&sums, scores);
    }

    /// Computes the last vectors of some tokens, and all below them that was not computed before.
    fn compute(&mut self, tokens: &[usize]) {
        let encoder = match self.kind {
            Kind::Words => &NETWORK.words,
            Kind::Names => &NETWORK.names,
        };
        let rows = self.forms.len() + 2 * PADDING;
        let mut wanted = vec![false; rows];
        for token in tokens {
            wanted[token + PADDING] = true;
        }
        let mut missing: [Vec<usize>; LAYERS] = Default::default();
        for layer in (0..LAYERS).rev() {
            self.layers[layer].resize(rows, None);
            missing[layer] = (0..rows).filter(|row| wanted[*row] && self.layers[layer][*row].is_none()).collect();
            wanted.fill(false);
            for row in &missing[layer] {
                wanted[row - usize::from(layer > 0)..=row + usize::from(layer > 0)].fill(true);
            }
        }
        for (layer, missing) in missing.iter().enumerate() {
            self.compute_rows(encoder, layer, missing);
        }
    }

    fn compute_rows(&mut self, encoder: &Encoder, layer: usize, rows: &[usize]) {
        let (matrix, norm) = &encoder.layers[layer];
        let mut inputs = Vec::new();
        for row in rows {
            match layer {
                0 => inputs.extend(encoder.tables.iter().enumerate().flat_map(|(at, table)| match self.form(*row) {
                    Some(features) => table.look_up(features[at]),
                    None => [0.0; WIDTH],
                })),
                _ => inputs.extend((row - 1..=row + 1).flat_map(|row| self.vector(layer - 1, row))),
            }
        }
        for (row, sums) in rows.iter().zip(matrix.multiply(&inputs).as_chunks::<SUMS>().0) {
            let mut vector = [0.0; WIDTH];
            if layer > 0 {
                vector = *self.vector(layer - 1, *row);
            }
            // Padding has nothing to mix.
            if layer > 0 || self.form(*row).is_some() {
                norm.settle(sums, &mut vector);
            }
            self.layers[layer][*row] = Some(Box::new(vector));
        }
    }

    fn form(&self, row: usize) -> Option<&Features> {
        let form = row.checked_sub(PADDING).and_then(|token| self.forms.get(token))?;
        self.features.get(*form as usize)
    }

    fn vector(&self, layer: usize, row: usize) -> &[f32; WIDTH] {
        self.layers[layer][row].as_deref().expect("it was computed before")
    }
}

impl Encoder {
    fn new(blob: &Blob, name: &str) -> Self {
        let tables = Table::all(blob, name);
        let layer = |at: usize| {
            let inputs = if at == 0 { tables.len() } else { 3 } * WIDTH;
            let layer = format!("{name}.layer{at}");
            // The bias is added where the largest piece is taken.
            (Layer::without_bias(blob, &layer, inputs), Norm::new(blob, &layer, vec![1.0; SUMS]))
        };
        Self { layers: std::array::from_fn(layer), tables }
    }
}

impl States {
    fn new(blob: &Blob, name: &str) -> Self {
        Self {
            reduce: Layer::new(blob, &format!("{name}.reduce"), WIDTH),
            says: Layer::without_bias(blob, &format!("{name}.state"), HIDDEN),
            nothing: blob.floats(&format!("{name}.state.pad")),
        }
    }

    fn says(&self, slot: usize, vector: &[f32; WIDTH]) -> Vec<f32> {
        let sums = 2 * HIDDEN;
        self.says.multiply_part(&self.reduce.apply(vector), slot * sums..(slot + 1) * sums)
    }
}

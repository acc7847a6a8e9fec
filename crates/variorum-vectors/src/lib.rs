#![doc = include_str!("../README.md")]

mod encoder;
mod tensors;
#[cfg(test)]
mod tests;
mod vocabulary;

use encoder::Encoder;
use tensors::Tensors;
use vocabulary::Vocabulary;

/// A model that is ready to read texts.
pub struct Model {
    encoder: Encoder,
    vocabulary: Vocabulary,
}

/// Why given files are no model.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The weights are cut off or no safetensors file.
    #[error("the weights are no whole safetensors file: {reason}")]
    Weights {
        /// What is wrong with them.
        reason: String,
    },
    /// A tensor that a model of this kind has is missing or has an odd shape.
    #[error("the weights are no BERT model: {tensor} is missing or has another shape")]
    Tensor {
        /// Its name.
        tensor: String,
    },
    /// The vocabulary does not fit the weights.
    #[error("the vocabulary does not fit the weights: {reason}")]
    Vocabulary {
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// The most tokens of a text that are read.
const MOST_TOKENS: usize = 128;

impl Model {
    /// Makes a model of the bytes of a safetensors file and of a WordPiece vocabulary, one piece a line.
    pub fn new(weights: &[u8], vocabulary: &str) -> Result<Self, Error> {
        let vocabulary = Vocabulary::new(vocabulary)?;
        let encoder = Encoder::new(&Tensors::read(weights)?)?;
        if vocabulary.size() > encoder.words() {
            return Err(Error::Vocabulary { reason: "it has more pieces than the weights know" });
        }
        Ok(Self { encoder, vocabulary })
    }

    /// Returns the vector of a text: its length is one.
    pub fn vector(&self, text: &str) -> Vec<f32> {
        self.encoder.encode(&self.vocabulary.pieces(text, MOST_TOKENS))
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Model({} words)", self.encoder.words())
    }
}

/// Returns how alike two vectors of length one point, from -1 to 1.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    encoder::product(a, b)
}

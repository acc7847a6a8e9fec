//! The network.

use variorum_kernel::{Inputs, Matrix, PANEL, run, total};

use pulp::NullaryFnOnce;

use crate::Error;
use crate::tensors::{Tensor, Tensors};

/// The weights of a BERT encoder.
pub struct Encoder {
    words: Tensor,
    places: Tensor,
    kind: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    head: usize,
}

/// One layer: attention, then a wide one of GELU, each added to what came in.
struct Layer {
    query: Dense,
    key: Dense,
    value: Dense,
    mix: Dense,
    mixed: Norm,
    widen: Dense,
    narrow: Dense,
    narrowed: Norm,
}

/// A product and a sum.
struct Dense {
    matrix: Matrix,
    bias: Vec<f32>,
}

/// Brings a row to mean 0 and variance 1.
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// The numbers of a row that the kernel takes together.
const PART: usize = 96;

impl Encoder {
    /// Reads the layers that the tensors hold.
    pub fn new(tensors: &Tensors) -> Result<Self, Error> {
        let words = tensors.get("embeddings.word_embeddings.weight")?;
        let places = tensors.get("embeddings.position_embeddings.weight")?;
        let width = words.width;
        if width % (2 * PART) != 0 || places.width != width || places.numbers.len() < width * crate::MOST_TOKENS {
            return Err(Error::Tensor { tensor: "embeddings.position_embeddings.weight".to_owned() });
        }
        let kind = tensors.get("embeddings.token_type_embeddings.weight")?;
        let layers = (0..).map_while(|at| match Layer::new(tensors, at, width) {
            Err(Error::Tensor { tensor }) if tensor.ends_with("query.weight") && at > 0 => None,
            layer => Some(layer),
        });
        Ok(Self {
            kind: kind.numbers.get(..width).ok_or(missing("embeddings.token_type_embeddings.weight"))?.to_vec(),
            norm: Norm::new(tensors, "embeddings.LayerNorm", width)?,
            layers: layers.collect::<Result<_, _>>()?,
            words,
            places,
            // All small models of the family have twelve heads.
            head: width / 12,
        })
    }

    /// Returns how many pieces the weights know.
    pub fn words(&self) -> usize {
        self.words.numbers.len() / self.words.width
    }

    /// Returns the vector of a text of these pieces.
    pub fn encode(&self, pieces: &[u32]) -> Vec<f32> {
        let width = self.words.width;
        let mut rows = vec![0.0; pieces.len() * width];
        for ((row, piece), place) in
            rows.chunks_exact_mut(width).zip(pieces).zip(self.places.numbers.chunks_exact(width))
        {
            let word = &self.words.numbers[*piece as usize * width..][..width];
            for (at, x) in row.iter_mut().enumerate() {
                *x = word[at] + place[at] + self.kind[at];
            }
        }
        self.norm.settle(&mut rows);
        let mut inputs = Inputs::default();
        for layer in &self.layers {
            layer.pass(&mut rows, width, self.head, &mut inputs);
        }
        mean(&rows, width)
    }
}

/// The mean of the rows, brought to length one.
fn mean(rows: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    let length = product(&mean, &mean).sqrt().max(f32::MIN_POSITIVE);
    mean.iter_mut().for_each(|x| *x /= length);
    mean
}

fn missing(tensor: &str) -> Error {
    Error::Tensor { tensor: tensor.to_owned() }
}

impl Layer {
    fn new(tensors: &Tensors, at: usize, width: usize) -> Result<Self, Error> {
        let dense = |name: &str| Dense::new(tensors, &format!("encoder.layer.{at}.{name}"));
        let norm = |name: &str| Norm::new(tensors, &format!("encoder.layer.{at}.{name}"), width);
        Ok(Self {
            query: dense("attention.self.query")?,
            key: dense("attention.self.key")?,
            value: dense("attention.self.value")?,
            mix: dense("attention.output.dense")?,
            mixed: norm("attention.output.LayerNorm")?,
            widen: dense("intermediate.dense")?,
            narrow: dense("output.dense")?,
            narrowed: norm("output.LayerNorm")?,
        })
    }

    fn pass(&self, rows: &mut [f32], width: usize, head: usize, inputs: &mut Inputs) {
        inputs.round(rows, PART);
        let count = rows.len() / width;
        let (query, key, value) = (
            self.query.apply(inputs, count, width),
            self.key.apply(inputs, count, width),
            self.value.apply(inputs, count, width),
        );
        let mut seen = vec![0.0; rows.len()];
        run(Attend { query: &query, key: &key, value: &value, width, head, seen: &mut seen });
        inputs.round(&seen, PART);
        add(rows, &self.mix.apply(inputs, count, width));
        self.mixed.settle(rows);
        inputs.round(rows, PART);
        let mut wide = self.widen.apply(inputs, count, width);
        run(Gelu(&mut wide));
        inputs.round(&wide, PART);
        add(rows, &self.narrow.apply(inputs, count, wide.len() / count));
        self.narrowed.settle(rows);
    }
}

fn add(rows: &mut [f32], more: &[f32]) {
    rows.iter_mut().zip(more).for_each(|(x, y)| *x += y);
}

impl Dense {
    fn new(tensors: &Tensors, name: &str) -> Result<Self, Error> {
        let weights = tensors.get(&format!("{name}.weight"))?;
        let bias = tensors.get(&format!("{name}.bias"))?.numbers;
        let outputs = weights.numbers.len() / weights.width;
        if weights.width % PART != 0 || outputs % PANEL != 0 || bias.len() != outputs {
            return Err(missing(&format!("{name}.weight")));
        }
        Ok(Self { matrix: Matrix::new(&weights.numbers, weights.width, outputs), bias })
    }

    /// Returns the outputs of `count` rows of inputs of so many numbers.
    fn apply(&self, inputs: &Inputs, count: usize, numbers: usize) -> Vec<f32> {
        let mut sums = vec![0.0; count * self.matrix.outputs()];
        self.matrix.multiply(inputs, numbers / 2, &mut sums);
        for row in sums.chunks_exact_mut(self.bias.len()) {
            for ((sum, scale), bias) in row.iter_mut().zip(self.matrix.scale()).zip(&self.bias) {
                *sum = *sum * scale + bias;
            }
        }
        sums
    }
}

impl Norm {
    fn new(tensors: &Tensors, name: &str, width: usize) -> Result<Self, Error> {
        let part = |end: &str| {
            let name = format!("{name}.{end}");
            tensors.get(&name).ok().map(|t| t.numbers).filter(|n| n.len() == width).ok_or_else(|| missing(&name))
        };
        Ok(Self { gain: part("weight")?, shift: part("bias")? })
    }

    fn settle(&self, rows: &mut [f32]) {
        let width = self.gain.len();
        for row in rows.chunks_exact_mut(width) {
            let mean = product(row, &vec![1.0; width]) / width as f32;
            row.iter_mut().for_each(|x| *x -= mean);
            let variance = product(row, row) / width as f32;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for ((x, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
                *x = *x * scale * gain + shift;
            }
        }
    }
}

/// Returns the sum of products, in an order that the width of vectors does not change.
pub fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; PANEL];
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<PANEL>(), b.as_chunks::<PANEL>());
    for (a, b) in a.iter().zip(b) {
        for at in 0..PANEL {
            sums[at] += a[at] * b[at];
        }
    }
    for (at, (a, b)) in rest_a.iter().zip(rest_b).enumerate() {
        sums[at] += a * b;
    }
    total(sums)
}

/// Each row looks at all rows, head by head.
struct Attend<'a> {
    query: &'a [f32],
    key: &'a [f32],
    value: &'a [f32],
    width: usize,
    head: usize,
    seen: &'a mut [f32],
}

impl NullaryFnOnce for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let count = self.query.len() / self.width;
        let scale = 1.0 / (self.head as f32).sqrt();
        let mut weights = vec![0.0; count];
        for from in (0..self.width).step_by(self.head) {
            let part = |rows: &'_ [f32], row: usize| -> std::ops::Range<usize> {
                debug_assert!(rows.len() >= row * self.width);
                row * self.width + from..row * self.width + from + self.head
            };
            for row in 0..count {
                let query = &self.query[part(self.query, row)];
                for (other, weight) in weights.iter_mut().enumerate() {
                    *weight = product(query, &self.key[part(self.key, other)]) * scale;
                }
                soften(&mut weights);
                let seen = &mut self.seen[row * self.width + from..][..self.head];
                for (other, weight) in weights.iter().enumerate() {
                    let value = &self.value[part(self.value, other)];
                    seen.iter_mut().zip(value).for_each(|(x, v)| *x += weight * v);
                }
            }
        }
    }
}

/// Makes shares of one of scores.
#[inline(always)]
fn soften(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|x| *x = exponential(*x - most));
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|x| *x /= sum);
}

/// The Gaussian error linear unit (Hendrycks and Gimpel 2016), with the error function of Abramowitz and Stegun 7.1.26.
struct Gelu<'a>(&'a mut [f32]);

impl NullaryFnOnce for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for x in self.0.iter_mut() {
            let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
            let t = 1.0 / (1.0 + 0.327_591_1 * z);
            let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
            let erf = (1.0 - poly * exponential(-z * z)).copysign(*x);
            *x = 0.5 * *x * (1.0 + erf);
        }
    }
}

/// Returns e to the power of a number that is not above zero by much; the same bits everywhere, which `f32::exp` does not
/// promise. Two to a whole power by the exponent's bits, and a polynomial for the rest (relative error 2e-7).
#[inline(always)]
fn exponential(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let whole = (power + 12_582_912.0) - 12_582_912.0;
    let rest = (power - whole) * std::f32::consts::LN_2;
    let poly = 1.0
        + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    poly * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

//! Fits a linear-chain conditional random field (Lafferty et al. 2001) by AdaGrad (Duchi et al. 2011).

use std::collections::{BTreeMap, HashMap};

/// Outside, and begin or inside of four kinds.
pub const LABELS: usize = 9;

/// What the squared slopes start from: the more, the less one rare feature can say.
const START: f32 = 10.0;

/// A stretch of words: the features of each, and which labels each may have.
pub struct Chain {
    /// The features of each word.
    pub words: Vec<Vec<u32>>,
    /// The labels that each word may have, as bits; several where the data leave it open.
    pub allowed: Vec<u16>,
}

/// The weights.
pub struct Model {
    rows: HashMap<u32, usize>,
    weights: Vec<[f32; LABELS]>,
    steps: [[f32; LABELS]; LABELS],
}

/// How the model is fitted.
pub struct Options {
    /// How often the data are seen before features are left out, and after.
    pub epochs: (usize, usize),
    /// How many features are kept.
    pub keep: usize,
    /// A feature must be seen so often.
    pub least: usize,
    /// The share of features that each look leaves out.
    pub dropout: f32,
    /// The pull towards zero.
    pub pull: f32,
}

fn may_follow(before: usize, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before == label || before == label - 1
}

/// Fits a model.
pub fn fit(chains: &[&Chain], options: &Options) -> Model {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    chains.iter().flat_map(|c| &c.words).flatten().for_each(|f| *counts.entry(*f).or_default() += 1);
    let rows: HashMap<u32, usize> =
        counts.iter().filter(|(_, n)| **n >= options.least).enumerate().map(|(row, (f, _))| (*f, row)).collect();
    let mut model = Model { weights: vec![[0.0; LABELS]; rows.len()], rows, steps: [[0.0; LABELS]; LABELS] };
    model.run(chains, options, options.epochs.0);
    model.keep(options.keep, &counts);
    model.run(chains, options, options.epochs.1);
    model
}

impl Model {
    fn run(&mut self, chains: &[&Chain], options: &Options, epochs: usize) {
        let mut seen = vec![[START; LABELS]; self.weights.len()];
        let mut seen_steps = [[START; LABELS]; LABELS];
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = move || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random
        };
        let rows: Vec<Vec<Vec<usize>>> = chains
            .iter()
            .map(|c| c.words.iter().map(|w| w.iter().filter_map(|f| self.rows.get(f).copied()).collect()).collect())
            .collect();
        let mut order: Vec<usize> = (0..chains.len()).collect();
        let limit = (options.dropout * 1024.0) as u64;
        // The mean of the later looks errs less than any one of them (Polyak and Juditsky 1992).
        let mut sums = vec![[0.0_f32; LABELS]; self.weights.len()];
        let later = epochs.div_ceil(2);
        for epoch in 0..epochs {
            for at in (1..order.len()).rev() {
                order.swap(at, (next() % (at as u64 + 1)) as usize);
            }
            let rate = 0.15 / (1.0 + epoch as f32 * 0.15);
            for &chain in &order {
                let words: Vec<Vec<usize>> = rows[chain]
                    .iter()
                    .map(|w| w.iter().copied().filter(|_| next() % 1024 >= limit).collect())
                    .collect();
                let scores: Vec<[f32; LABELS]> = words.iter().map(|w| self.score(w)).collect();
                let all = vec![(1 << LABELS) - 1; words.len()];
                let (free, free_steps) = self.marginals(&scores, &all);
                let (held, held_steps) = self.marginals(&scores, &chains[chain].allowed);
                for (at, word) in words.iter().enumerate() {
                    for &row in word {
                        for label in 0..LABELS {
                            let slope = held[at][label] - free[at][label] - options.pull * self.weights[row][label];
                            seen[row][label] += slope * slope;
                            self.weights[row][label] += rate * slope / seen[row][label].sqrt();
                        }
                    }
                }
                for before in 0..LABELS {
                    for label in 0..LABELS {
                        let slope = held_steps[before][label] - free_steps[before][label];
                        seen_steps[before][label] += slope * slope;
                        self.steps[before][label] += rate * slope / seen_steps[before][label].sqrt();
                    }
                }
            }
            if epoch >= epochs - later {
                sums.iter_mut().flatten().zip(self.weights.iter().flatten()).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let mean = |sum: f32| sum / later.max(1) as f32;
        self.weights = sums.into_iter().map(|row| row.map(mean)).collect();
    }

    fn score(&self, rows: &[usize]) -> [f32; LABELS] {
        let mut score = [0.0; LABELS];
        for &row in rows {
            for (sum, weight) in score.iter_mut().zip(&self.weights[row]) {
                *sum += weight;
            }
        }
        score
    }

    /// Returns how likely each label is at each word, and how often each follows each.
    fn marginals(&self, scores: &[[f32; LABELS]], allowed: &[u16]) -> (Vec<[f32; LABELS]>, [[f32; LABELS]; LABELS]) {
        let n = scores.len();
        let mut forward = vec![[0.0_f32; LABELS]; n];
        let mut backward = vec![[0.0_f32; LABELS]; n];
        let local: Vec<[f32; LABELS]> = scores
            .iter()
            .zip(allowed)
            .map(|(score, allowed)| {
                let most = score.iter().copied().fold(f32::MIN, f32::max);
                std::array::from_fn(|l| if allowed >> l & 1 == 1 { (score[l] - most).exp().max(1e-30) } else { 0.0 })
            })
            .collect();
        let step: [[f32; LABELS]; LABELS] = std::array::from_fn(|b| {
            std::array::from_fn(|l| if may_follow(b, l) { self.steps[b][l].exp() } else { 0.0 })
        });
        for at in 0..n {
            for label in 0..LABELS {
                let sum: f32 = if at == 0 {
                    if may_follow(0, label) { 1.0 } else { 0.0 }
                } else {
                    (0..LABELS).map(|b| forward[at - 1][b] * step[b][label]).sum()
                };
                forward[at][label] = sum * local[at][label];
            }
            normalise(&mut forward[at]);
        }
        backward[n - 1] = [1.0; LABELS];
        for at in (0..n - 1).rev() {
            for label in 0..LABELS {
                backward[at][label] =
                    (0..LABELS).map(|next| step[label][next] * local[at + 1][next] * backward[at + 1][next]).sum();
            }
            normalise(&mut backward[at]);
        }
        let mut steps = [[0.0; LABELS]; LABELS];
        for at in 1..n {
            let mut pair = [[0.0_f32; LABELS]; LABELS];
            let mut sum = 0.0;
            for b in 0..LABELS {
                for l in 0..LABELS {
                    pair[b][l] = forward[at - 1][b] * step[b][l] * local[at][l] * backward[at][l];
                    sum += pair[b][l];
                }
            }
            for b in 0..LABELS {
                for l in 0..LABELS {
                    steps[b][l] += pair[b][l] / sum.max(1e-30);
                }
            }
        }
        let mut likely = forward;
        for (row, back) in likely.iter_mut().zip(&backward) {
            row.iter_mut().zip(back).for_each(|(f, b)| *f *= b);
            normalise(row);
        }
        (likely, steps)
    }

    /// Leaves out all but the features that say most.
    fn keep(&mut self, most: usize, counts: &BTreeMap<u32, usize>) {
        let mut ranked: Vec<(f32, u32)> = self
            .rows
            .iter()
            .map(|(f, row)| {
                let spread = self.weights[*row].iter().map(|w| w.abs()).fold(0.0, f32::max);
                (spread * (counts[f] as f32).powf(0.4), *f)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(most);
        let mut kept: Vec<u32> = ranked.into_iter().map(|(_, f)| f).collect();
        kept.sort_unstable();
        let weights = kept.iter().map(|f| self.weights[self.rows[f]]).collect();
        self.rows = kept.into_iter().enumerate().map(|(row, f)| (f, row)).collect();
        self.weights = weights;
    }

    /// Returns the weights as whole numbers in the order that the crate reads.
    pub fn bytes(&self) -> Vec<u8> {
        const UNIT: f32 = 40.0;
        let mut bytes = Vec::new();
        for step in self.steps.iter().flatten() {
            bytes.extend(((step * UNIT).round().clamp(-30_000.0, 30_000.0) as i16).to_le_bytes());
        }
        let ordered: BTreeMap<u32, usize> = self.rows.iter().map(|(f, row)| (*f, *row)).collect();
        ordered.keys().for_each(|f| bytes.extend(f.to_le_bytes()));
        for row in ordered.values() {
            bytes.extend(self.weights[*row].iter().map(|w| (w * UNIT).round().clamp(-127.0, 127.0) as i8 as u8));
        }
        bytes
    }

    /// Returns the best labels of a chain.
    pub fn labels(&self, chain: &Chain) -> Vec<usize> {
        let rows = |word: &Vec<u32>| word.iter().filter_map(|f| self.rows.get(f).copied()).collect::<Vec<usize>>();
        let scores: Vec<[f32; LABELS]> = chain.words.iter().map(|w| self.score(&rows(w))).collect();
        let mut from = vec![[0; LABELS]; scores.len()];
        let mut total = [f32::MIN; LABELS];
        total[0] = 0.0;
        for (at, score) in scores.iter().enumerate() {
            let mut next = [f32::MIN; LABELS];
            for label in 0..LABELS {
                for before in (0..LABELS).filter(|b| may_follow(*b, label) && total[*b] > f32::MIN) {
                    let step = if at == 0 { 0.0 } else { self.steps[before][label] };
                    let sum = total[before] + step + score[label];
                    if sum > next[label] {
                        next[label] = sum;
                        from[at][label] = before;
                    }
                }
            }
            total = next;
        }
        let mut label = (0..LABELS).fold(0, |best, l| if total[l] > total[best] { l } else { best });
        let mut labels = vec![0; scores.len()];
        for at in (0..scores.len()).rev() {
            labels[at] = label;
            label = from[at][label];
        }
        labels
    }
}

fn normalise(row: &mut [f32; LABELS]) {
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|v| *v /= sum.max(1e-30));
}

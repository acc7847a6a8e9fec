//! Fits the weights of names (`data/names-deep.bin`, `data/names-flat.bin`) from free data.
//!
//! ```text
//! cd FOLDER && sha256sum --check CHECKOUT/crates/variorum-annotate/examples/names/sources.sha256
//! cargo run --release -p variorum-annotate --example names --features training -- FOLDER [--out crates/variorum-annotate/data]
//! ```
//! `FOLDER` holds `ner_data` of CrossNER (github.com/zliucr/CrossNER, MIT) and the files of UNER English EWT
//! (github.com/UniversalNER/UNER_English-EWT, CC BY-SA 4.0). `--check FILE` scores another file of CrossNER's form.
//! Without `--out` each domain is tagged by a model of all others, and the figures are printed.

#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod corpus;
mod fit;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use corpus::Sample;
use fit::{Chain, Model, Options};
use variorum_annotate::{Depth, training};
use variorum_news::Report;

/// A sample as the model sees it.
struct Seen {
    domain: String,
    chains: Vec<Chain>,
    /// Where each word of each chain stands.
    words: Vec<Vec<std::ops::Range<usize>>>,
    names: Vec<(std::ops::Range<usize>, usize)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("which folder holds the data?")?);
    let (mut out, mut check) = (None, None);
    while let Some(option) = args.next() {
        match option.as_str() {
            "--out" => out = args.next(),
            "--check" => check = args.next(),
            other => return Err(format!("what is {other}?").into()),
        }
    }
    let samples = corpus::read(&folder)?;
    for (depth, file) in [(Depth::Fast, "names-flat.bin"), (Depth::Grammar, "names-deep.bin")] {
        let seen: Vec<Seen> = samples.iter().map(|s| see(s, depth)).collect();
        if let Some(out) = &out {
            std::fs::write(Path::new(out).join(file), model(seen.iter()).bytes())?;
            continue;
        }
        if let Some(check) = &check {
            let mut others = Vec::new();
            corpus::crossner(&std::fs::read_to_string(check)?, "check", 12, &mut others);
            let others: Vec<Seen> = others.iter().map(|s| see(s, depth)).collect();
            println!("{depth:?} check {}", score(&model(seen.iter()), others.iter()));
            continue;
        }
        let domains: BTreeSet<&str> = seen.iter().map(|s| s.domain.as_str()).collect();
        for domain in domains {
            let model = model(seen.iter().filter(|s| s.domain != domain));
            println!("{depth:?} {domain} {}", score(&model, seen.iter().filter(|s| s.domain == domain)));
        }
    }
    Ok(())
}

fn model<'a>(seen: impl Iterator<Item = &'a Seen>) -> Model {
    let chains: Vec<&Chain> = seen.flat_map(|s| &s.chains).collect();
    let options = Options { epochs: (5, 10), keep: 30_000, least: 2, dropout: 0.3, pull: 1e-4 };
    fit::fit(&chains, &options)
}

fn see(sample: &Sample, depth: Depth) -> Seen {
    let report = Report { language: Some("en".into()), ..Report::of_text("t", sample.text.clone()) };
    let segments = training::segments(&report, depth);
    let mut seen =
        Seen { domain: sample.domain.clone(), chains: Vec::new(), words: Vec::new(), names: sample.names.clone() };
    for segment in segments {
        let label = |bytes: &std::ops::Range<usize>| {
            let name = sample.names.iter().find(|(name, _)| name.start <= bytes.start && bytes.end <= name.end);
            match name {
                Some((name, kind)) => 1 << (1 + 2 * kind + usize::from(name.start < bytes.start)),
                // Where only three kinds are marked, a word without mark may belong to a name of another kind.
                None if !sample.marks_others => 1 | 1 << 7 | 1 << 8,
                None => 1_u16,
            }
        };
        let mut allowed: Vec<u16> = segment.iter().map(|word| label(&word.bytes)).collect();
        if allowed[0].count_ones() == 1 && allowed[0] != 1 && allowed[0].trailing_zeros() % 2 == 0 {
            allowed[0] >>= 1;
        }
        for at in 0..allowed.len() {
            // The beginning of a name may have been cut off by marks that end a stretch.
            let inside = allowed[at].count_ones() == 1 && allowed[at] > 1 && allowed[at].trailing_zeros() % 2 == 0;
            if inside && at > 0 && allowed[at - 1] != allowed[at] && allowed[at - 1] != allowed[at] >> 1 {
                allowed[at] >>= 1;
            }
        }
        if allowed[0] & 1 == 1 {
            allowed[0] &= !(1 << 8);
        }
        seen.words.push(segment.iter().map(|word| word.bytes.clone()).collect());
        seen.chains.push(Chain { words: segment.into_iter().map(|word| word.features).collect(), allowed });
    }
    seen
}

/// Returns the F1 of persons, organisations and places by exact span and kind, and of the spans alone.
fn score<'a>(model: &Model, seen: impl Iterator<Item = &'a Seen>) -> String {
    let (mut typed, mut bare, mut said, mut gold) = (0, 0, 0, 0);
    for sample in seen {
        let wanted: Vec<_> = sample.names.iter().filter(|(_, kind)| *kind < 3).collect();
        gold += wanted.len();
        for (chain, words) in sample.chains.iter().zip(&sample.words) {
            let labels = model.labels(chain);
            let mut at = 0;
            while at < labels.len() {
                let start = at;
                at += 1;
                if labels[start] == 0 {
                    continue;
                }
                let kind = (labels[start] - 1) / 2;
                while at < labels.len() && labels[at] == kind * 2 + 2 {
                    at += 1;
                }
                if kind == 3 {
                    continue;
                }
                said += 1;
                let hit = wanted.iter().find(|(n, _)| n.start == words[start].start && n.end == words[at - 1].end);
                bare += usize::from(hit.is_some());
                typed += usize::from(hit.is_some_and(|(_, k)| *k == kind));
            }
        }
    }
    let f1 = |hits: usize| 200.0 * hits as f64 / (said + gold).max(1) as f64;
    format!(
        "typed {:.1} (P {:.1} R {:.1}), untyped {:.1}, {gold} names",
        f1(typed),
        100.0 * typed as f64 / said.max(1) as f64,
        100.0 * typed as f64 / gold.max(1) as f64,
        f1(bare)
    )
}

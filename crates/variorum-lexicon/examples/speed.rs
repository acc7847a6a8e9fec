//! Times look-ups: `cargo run --release -p variorum-lexicon --example speed`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for those who work on the lexicon")]

use std::time::Instant;

use variorum_lexicon::{Word, relation};

const TEXT: &str = "the ferry sank near Delmare on Monday after a storm and nine passengers were rescued by fishermen police officers \
said two people died while others were injured as the vessel hit rocks outside the harbour mayor Ada Orr announced an inquiry";

fn main() {
    let words: Vec<&str> = TEXT.split(' ').collect();
    let start = Instant::now();
    let looked: Vec<Word> = (0..2000).flat_map(|_| words.iter().map(|word| Word::new(word))).collect();
    println!("look-up: {:?}", start.elapsed() / looked.len() as u32);
    let few = &looked[..words.len()];
    let start = Instant::now();
    let mut sum = 0.0;
    for _ in 0..100 {
        for a in few {
            sum += few.iter().map(|b| a.likeness(b).1).sum::<f32>();
        }
    }
    println!("likeness of two: {:?} ({sum})", start.elapsed() / (100 * few.len() * few.len()) as u32);
    let start = Instant::now();
    let related = (0..20).flat_map(|_| words.iter().flat_map(|a| words.iter().map(|b| relation(a, b)))).count();
    println!("relation of two strings: {:?}", start.elapsed() / related as u32);
}

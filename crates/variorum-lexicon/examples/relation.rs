//! Says how two words are related: `cargo run -p variorum-lexicon --example relation -- purchase acquire`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for those who work on the lexicon")]
use variorum_lexicon::{lemmas, nearness, part, rarity, relation};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    for word in &words {
        println!("{word}: {:?} {:?} rarity {:.1}", lemmas(word), part(word), rarity(word));
    }
    for pair in words.chunks_exact(2) {
        println!("{} / {}: {:?} {:.2}", pair[0], pair[1], relation(&pair[0], &pair[1]), nearness(&pair[0], &pair[1]));
    }
}

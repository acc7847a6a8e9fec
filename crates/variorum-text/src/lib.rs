#![doc = include_str!("../README.md")]

mod align;
mod disguise;
mod fold;
mod language;
mod offsets;
mod sentences;
mod shingles;
mod words;

pub use align::longest_chain;
pub use disguise::{is_invisible, undisguised};
pub use fold::{fold, is_stop_word, nfc, stem, straighten};
pub use language::{Language, is_one_language, language, language_tag, seems_language};
pub use offsets::Offsets;
pub use sentences::{sentences, sentences_in};
pub use shingles::shingles;
pub use words::{Word, lines, words};

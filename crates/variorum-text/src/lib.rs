#![doc = include_str!("../README.md")]

mod align;
mod disguise;
mod fold;
mod language;
mod offsets;
mod sentences;
mod shingles;
mod stems;
mod words;

pub use align::longest_chain;
pub use disguise::{is_invisible, undisguised};
pub use fold::{fold, is_stop_word, nfc, stem, straighten};
pub use language::{
    Language, is_one_language, language, language_group, language_tag, marks_of_language, seems_language,
};
pub use offsets::Offsets;
pub use sentences::{sentences, sentences_in};
pub use shingles::shingles;
pub use stems::{capitals_tell_names, fold_in, is_stop_word_in, stem_in};
pub use words::{Word, lines, words};

#![doc = include_str!("../README.md")]

mod changed;
mod context;
mod edition;
mod link;
mod page;
mod phrase;
#[cfg(test)]
mod sample;
mod sigla;
mod stemma;
mod summary;
#[cfg(test)]
mod tests;
mod when;

pub use page::page;
pub use sigla::siglum;
pub use summary::{Colour, check_summary, summary};

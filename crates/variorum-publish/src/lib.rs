#![doc = include_str!("../README.md")]

mod page;
mod sigla;
mod summary;

pub use page::page;
pub use sigla::siglum;
pub use summary::{Colour, summary};

#![doc = include_str!("../README.md")]

mod changed;
mod context;
mod edition;
mod link;
mod opml;
mod out;
mod page;
mod parts;
mod phrase;
mod reading;
mod revision;
#[cfg(test)]
mod sample;
mod sigla;
mod stemma;
mod summary;
#[cfg(test)]
mod tests;
mod when;

pub use edition::name as publisher;
pub use link::host;
pub use opml::{Outline, opml};
pub use out::{
    Counts, Feed, FeedStory, FeedWitness, Finding, Handout, Kept, Known, Notice, NoticeFeed, Room, Ruled, annotations,
    atom, atom_for_reader, drift_csv, json_feed, json_ld, newsml, notices_atom, prov, segment, variants_csv,
};
pub use page::{STYLE, page};
pub use parts::{Parts, Witness, story_parts};
pub use phrase::{counted, drift_kind, link, number, unsure, value, variant_kind};
pub use reading::{annotated_text, found, language_of};
pub use revision::revision;
pub use sigla::siglum;
pub use summary::{Colour, check_summary, summary};
pub use when::{moment, published};

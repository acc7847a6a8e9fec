//! What others may rely on who read what we hand out.

mod feeds;
mod linked;
mod newsml;
mod odd;
mod table;
mod tree;

use variorum_news::Dossier;

use super::Handout;
use crate::sample::{self, handed};

/// Hands out the first story of a dossier.
fn handed(dossier: &Dossier, write: fn(&Handout) -> String) -> String {
    let room = handed::room();
    write(&handed::handout(&room, dossier))
}

/// `cargo run -p variorum-publish --example sample bridge FORM` writes them anew; read the difference before it is kept.
#[test]
fn the_samples_are_what_is_written() {
    let dossier = sample::dossier();
    let feed = handed::feed(&dossier);
    for (written, kept) in [
        (super::atom(&feed), include_str!("../samples/bridge.atom")),
        (super::json_feed(&feed), include_str!("../samples/bridge.feed.json")),
        (handed(&dossier, super::json_ld), include_str!("../samples/bridge.jsonld")),
        (handed(&dossier, super::prov), include_str!("../samples/bridge.prov.json")),
        (handed(&dossier, super::annotations), include_str!("../samples/bridge.annotations.json")),
        (handed(&dossier, super::newsml), include_str!("../samples/bridge.newsml.xml")),
        (handed(&dossier, super::variants_csv), include_str!("../samples/bridge.variants.csv")),
        (handed(&dossier, super::drift_csv), include_str!("../samples/bridge.drift.csv")),
    ] {
        assert_eq!(written, kept);
    }
}

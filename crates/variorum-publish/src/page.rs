//! The page that a person reads in a browser.

use maud::{DOCTYPE, html};
use variorum_news::Dossier;

/// Returns the self-contained HTML page of a dossier.
pub fn page(dossier: &Dossier) -> String {
    html! { (DOCTYPE) html lang="en" { head { title { "Variorum" } } body { p { (dossier.reports.len()) " reports" } } } }.into_string()
}

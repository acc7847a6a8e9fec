//! Tells dossiers anew: reads them from the standard input, one a line, and prints them with title, timeline and account
//! made by this version. Looking at a change of the telling needs no new collation.
//!
//! `variorum collate --jsonl < stories.jsonl | cargo run --release -p variorum-compose --example retell`

// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::{BufRead, Write};

use variorum_compose::compose;
use variorum_news::{Collation, Dossier, Lineage, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let mut dossier: Dossier = serde_json::from_str(&line?)?;
        for story in &mut dossier.stories {
            let reports: Vec<&Report> = dossier.reports.iter().filter(|r| story.reports.contains(&r.id)).collect();
            let lineage = Lineage {
                edges: story.lineage.clone(),
                origins: story.origins.clone(),
                independence: story.independence.clone().unwrap_or_default(),
            };
            let collation = Collation {
                statements: story.statements.clone(),
                variants: story.variants.clone(),
                drift: story.drift.clone(),
            };
            let telling = compose(&reports, &lineage, &collation);
            (story.title, story.timeline, story.account) = (telling.title, telling.timeline, telling.account);
        }
        serde_json::to_writer(&mut out, &dossier)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

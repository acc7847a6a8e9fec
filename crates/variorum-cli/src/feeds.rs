//! `variorum feeds`: lists of feeds in, addresses out.

use std::io::Read;
use std::path::{Path, PathBuf};

use variorum::news::Problem;
use variorum_archive::files;

use crate::lines::Printer;
use crate::{Outcome, inputs};

/// List the feeds and sitemaps that OPML files, indexes of sitemaps and web pages name: one a line
///
/// Nothing is fetched; the addresses are for a program that does.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum feeds subscriptions.opml\n  variorum feeds sitemap-index.xml home.html\n  curl -s https://example.org/ | variorum feeds"
)]
pub struct Args {
    /// Files and folders; standard input where none is named, or for `-`
    paths: Vec<PathBuf>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let mut printer = Printer::new();
    let paths = if args.paths.is_empty() { vec![PathBuf::from("-")] } else { args.paths };
    for file in paths.iter().flat_map(|path| files(path).unwrap_or_else(|problem| vec![Err(problem)])) {
        for feed in file.and_then(|file| feeds(&file)).unwrap_or_else(|problem| vec![Err(problem)]) {
            match feed {
                Ok(feed) => printer.good(&feed)?,
                Err(problem) => printer.problem(problem)?,
            }
        }
    }
    printer.end()
}

fn feeds(path: &Path) -> Result<Vec<Result<variorum_read::Feed, Problem>>, Problem> {
    let shown = path.display().to_string();
    let mut bytes = Vec::new();
    let most = variorum_read::MOST_LISTING as u64 + 1;
    let read = if shown == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    match read {
        Ok(n) if n as u64 == most => {
            let limit = variorum_read::MOST_LISTING >> 20;
            Err(Problem::of_path(shown, format!("larger than {limit} MiB, split it")))
        }
        Ok(_) => Ok(variorum_read::feeds(&shown, &bytes)),
        Err(error) => Err(inputs::unread(&shown, &error)),
    }
}

//! `variorum explain`: why two reports share a story or an edge, or do not.

use std::path::{Path, PathBuf};

use anyhow::bail;
use variorum::GroupOptions;
use variorum::news::Report;

use crate::{Outcome, inputs, lines};

/// Tell why two reports share a story or a lineage, or why they do not
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum explain wire.txt blog.html\n  variorum explain wire.txt 5c1e0f --among reports/"
)]
pub struct Args {
    /// A file with one report, or the id or file name of a report under --among
    a: String,
    /// The other report
    b: String,
    /// Where to look for the two reports
    #[arg(long, num_args = 1.., value_name = "PATH")]
    among: Vec<PathBuf>,
    /// Publication date for texts that carry none
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    let paths = if args.among.is_empty() { vec![PathBuf::from(&args.a), PathBuf::from(&args.b)] } else { args.among };
    let (reports, problems) = inputs::reports(&paths, published);
    for problem in &problems {
        lines::say(&format!(
            "problem: {}: {}",
            problem.path.as_deref().or(problem.id.as_deref()).unwrap_or("?"),
            problem.reason
        ));
    }
    let reports: Vec<Report> = reports.into_iter().map(variorum::annotated).collect();
    let (a, b) = (find(&reports, &args.a)?, find(&reports, &args.b)?);
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "Story")?;
    for sentence in variorum::explain_story(a, b, &reports, &GroupOptions::default()) {
        writeln!(out, "  {sentence}")?;
    }
    writeln!(out, "Lineage")?;
    for sentence in variorum::explain_edge(a, b) {
        writeln!(out, "  {sentence}")?;
    }
    Ok(Outcome { good: 1, problems: problems.len() })
}

fn find<'a>(reports: &'a [Report], name: &str) -> anyhow::Result<&'a Report> {
    let is_file = |path: &str| {
        path == name
            || path.ends_with(&format!("/{name}"))
            || Path::new(path).file_stem().is_some_and(|stem| stem == name)
    };
    let fits = |r: &&Report| *r.id == *name || r.path.as_deref().is_some_and(is_file);
    match reports.iter().find(fits) {
        Some(report) => Ok(report),
        None => bail!(
            "no report is called {name}\nhint: give its file, or its id as `variorum clean` prints it, with --among the folder that holds it"
        ),
    }
}

//! `variorum trace`: the reports of one story in, an edge a line out.

use serde::Deserialize;
use variorum::news::{Lineage, Report, TraceAnswer};

use crate::{Outcome, lines};

/// Tell who copied, excerpted or rewrote whom among the reports of one story
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum clean reports/ | variorum trace\n  variorum trace --jsonl < stories.jsonl"
)]
pub struct Args {
    /// Trace many stories: a line {"id", "reports": […]} each, answered by {"id", "edges", "origins"}
    #[arg(long)]
    jsonl: bool,
}

#[derive(Debug, Deserialize)]
pub struct Group {
    pub id: String,
    pub reports: Vec<serde_json::Value>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if args.jsonl { many() } else { one() }
}

fn one() -> anyhow::Result<Outcome> {
    let mut reports: Vec<Report> = Vec::new();
    let read = lines::for_each(|printer, line, number| match lines::report(line, number) {
        Ok(report) if reports.iter().any(|r| r.id == report.id) => {
            printer.problem(lines::at(number, "this id stood in an earlier line; give each report its own id"))
        }
        Ok(report) => {
            reports.push(report);
            Ok(())
        }
        Err(problem) => printer.problem(problem),
    })?;
    let good = reports.len();
    let mut printer = lines::Printer::new();
    for edge in variorum::trace(reports).edges {
        printer.line(&edge)?;
    }
    printer.end()?;
    Ok(Outcome { good, problems: read.problems })
}

fn many() -> anyhow::Result<Outcome> {
    lines::for_each(|printer, line, number| {
        let group: Group = match serde_json::from_str(line) {
            Ok(group) => group,
            Err(e) => return printer.problem(lines::at(number, &format!("not a line {{\"id\", \"reports\"}}: {e}"))),
        };
        let mut reports: Vec<Report> = Vec::new();
        for value in &group.reports {
            match lines::report(&value.to_string(), number) {
                Ok(report) if reports.iter().all(|r| r.id != report.id) => reports.push(report),
                Ok(report) => {
                    return printer.problem(variorum::news::Problem::of_id(
                        group.id,
                        format!("two reports are called {}", report.id),
                    ));
                }
                Err(problem) => {
                    return printer.problem(variorum::news::Problem::of_id(
                        group.id,
                        format!("a report cannot be used: {}", problem.reason),
                    ));
                }
            }
        }
        let Lineage { edges, origins, independence } = variorum::trace(reports);
        printer.good(&TraceAnswer { id: group.id, edges, origins, independence })
    })
}

//! `variorum`: many news reports in, one sourced account out.

mod add;
mod alerts;
mod annotate;
mod archive;
mod backup;
mod bridge;
mod check;
mod clean;
mod collate;
mod doctor;
mod explain;
mod export;
mod feeds;
mod forget;
mod group;
mod import;
mod in_order;
mod inputs;
mod keeping;
mod lines;
mod logs;
mod mcp;
mod model;
mod models;
mod network;
mod progress;
mod record;
mod reindex;
mod search;
mod serve;
mod shelf_file;
mod sources;
mod spool;
mod trace;
mod users;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Many news reports in, one sourced account out: who copied whom, what they agree on, where they differ.
///
/// It counts reporting, not truth: "agreed" means that two independent origins at least tell the same.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, propagate_version = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Exit with status 1 when any input was a problem
    #[arg(long, global = true)]
    strict: bool,
}

const EXAMPLES: &str = "Examples:
  variorum collate reports/ --out page      read a folder, write page/index.html
  variorum collate a.txt b.html --json      print the dossier as JSON
  variorum check rewrite.txt --against source.txt
  variorum clean *.html | variorum annotate | variorum group
  variorum add reports/                     keep reports in a record and make their stories
  variorum archive crawl/ --out archive     the same stages over a whole archive, to tables of columns";

#[derive(Debug, Subcommand)]
enum Command {
    Collate(collate::Args),
    Check(check::Args),
    Clean(clean::Args),
    Annotate(annotate::Args),
    Group(group::Args),
    Trace(trace::Args),
    Explain(explain::Args),
    Feeds(feeds::Args),
    Models(models::Args),
    Add(add::Args),
    Archive(archive::Args),
    Import(import::Args),
    Search(search::Args),
    Doctor(doctor::Args),
    Backup(backup::Args),
    Export(export::Args),
    Reindex(reindex::Args),
    Forget(forget::Args),
    Serve(serve::Args),
    Sources(sources::Args),
    Users(users::Args),
    Alerts(alerts::Args),
    Bridge(bridge::Args),
    Mcp(mcp::Args),
}

/// How a command ended, apart from failing altogether.
#[derive(Debug, Clone, Copy, Default)]
struct Outcome {
    /// Results that were printed.
    good: usize,
    /// Inputs that could not be used.
    problems: usize,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Collate(args) => collate::run(args),
        Command::Check(args) => check::run(args),
        Command::Clean(args) => clean::run(args),
        Command::Annotate(args) => annotate::run(args),
        Command::Group(args) => group::run(args),
        Command::Trace(args) => trace::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Feeds(args) => feeds::run(args),
        Command::Models(args) => models::run(args),
        Command::Add(args) => add::run(args),
        Command::Archive(args) => archive::run(args),
        Command::Import(args) => import::run(args),
        Command::Search(args) => search::run(args),
        Command::Doctor(args) => doctor::run(args),
        Command::Backup(args) => backup::run(args),
        Command::Export(args) => export::run(args),
        Command::Reindex(args) => reindex::run(args),
        Command::Forget(args) => forget::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Sources(args) => sources::run(args),
        Command::Users(args) => users::run(args),
        Command::Alerts(args) => alerts::run(args),
        Command::Bridge(args) => bridge::run(args),
        Command::Mcp(args) => mcp::run(args),
    };
    match done {
        Ok(outcome) if outcome.problems > 0 && (cli.strict || outcome.good == 0) => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            lines::say(&format!("error: {error:#}"));
            ExitCode::from(1)
        }
    }
}

/// `variorum … | head` closes our output early; that is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn all_commands_and_flags_go_together() {
        super::Cli::command().debug_assert();
    }
}

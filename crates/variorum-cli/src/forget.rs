//! `variorum forget`: old reports, or those of a name, leave the record.

use anyhow::{anyhow, bail};
use variorum_store::search::Search;
use variorum_store::{Forgotten, Retention, Seq, Store};

use crate::Outcome;
use crate::record::{self, Record, Worked, counted};

/// Forget reports: by age, by size, or by name
///
/// What a standing correction names, and the reports of a story that it names, stay; --report forgets them all the same.
/// An address that is gone says so. What is forgotten cannot be brought back but from a backup.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum forget --older-than 90 --dry-run
  variorum forget --larger-than 20GB
  variorum forget --report herald.example/2026/ferry --report r17")]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct Args {
    /// Reports that were last seen more than so many days ago
    #[arg(long, value_name = "DAYS", group = "what")]
    older_than: Option<u32>,
    /// The oldest, until the record holds no more than this (500MB, 20GB)
    #[arg(long, value_name = "SIZE", group = "what")]
    larger_than: Option<String>,
    /// The report of this name; may be given more than once
    #[arg(long, value_name = "ID", group = "what")]
    report: Vec<String>,
    /// Only tell what would be forgotten
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    record: Record,
}

const DAY: i64 = 86_400;

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    let now = record::now();
    let asked = match (args.older_than, &args.larger_than) {
        (Some(days), _) => Asked::Old(Retention::SeenBefore(now - i64::from(days) * DAY)),
        (_, Some(most)) => Asked::Old(Retention::Bytes(size(most)?)),
        _ => Asked::Named(named(&store, &args.report)?),
    };
    if args.dry_run {
        record::print(&would(&store, &asked)?)?;
        return Ok(Outcome { good: 1, problems: 0 });
    }
    let forgotten = match asked {
        Asked::Old(what) => store.retain(what, now)?,
        Asked::Named(reports) => store.forget(reports, now)?,
    };
    let worked = record::work(&store)?;
    if matches!(worked, Worked::Elsewhere(_)) {
        // Who has the desk has the search too; this is for the case that it has not.
        Search::open(&store).catch_up(&store)?;
    }
    record::print(&said(&store, &forgotten))?;
    Ok(Outcome { good: 1, problems: 0 })
}

enum Asked {
    Old(Retention),
    Named(Vec<Seq>),
}

fn named(store: &Store, ids: &[String]) -> anyhow::Result<Vec<Seq>> {
    let seq = |id: &String| {
        let found = store.read(|view| view.seq(id))?;
        found.ok_or_else(|| anyhow!("there is no report `{id}` in the record\nhint: `variorum search` shows names"))
    };
    ids.iter().map(seq).collect()
}

fn would(store: &Store, asked: &Asked) -> anyhow::Result<String> {
    let (n, about) = match asked {
        Asked::Named(reports) => (reports.len() as u64, ""),
        Asked::Old(what @ Retention::SeenBefore(_)) => (store.read(|view| view.forgettable(*what))?, ""),
        Asked::Old(what) => (store.read(|view| view.forgettable(*what))?, "about "),
    };
    Ok(format!("{about}{} would be forgotten. Nothing was.\n", counted(n, "report", "reports")))
}

fn said(store: &Store, forgotten: &Forgotten) -> String {
    let Forgotten { reports, stories, bytes } = *forgotten;
    format!(
        "Forgot {}, and {} that had no other; {} holds {}.\n",
        counted(reports, "report", "reports"),
        counted(stories, "story", "stories"),
        store.path().display(),
        record::bytes(bytes)
    )
}

fn size(text: &str) -> anyhow::Result<u64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "t" | "tb" => 1e12,
        "kib" => 1024.0,
        "mib" => 1_048_576.0,
        "gib" => 1_073_741_824.0,
        _ => bail!("`{text}` is no size\nhint: write it as 500MB or 20GB"),
    };
    match digits.trim().parse::<f64>() {
        Ok(n) if n.is_finite() && n >= 0.0 => Ok((n * unit) as u64),
        _ => bail!("`{text}` is no size\nhint: write it as 500MB or 20GB"),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_read_as_people_write_it() {
        assert_eq!(size("500MB").unwrap(), 500_000_000);
        assert_eq!(size("1.5 GiB").unwrap(), 1_610_612_736);
        assert_eq!(size("12").unwrap(), 12);
        for odd in ["", "MB", "-1", "much", "12 parsecs", "é"] {
            assert!(size(odd).is_err(), "{odd}");
        }
    }
}

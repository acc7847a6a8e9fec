//! `variorum models`: sentence vectors, an optional part that a person fetches once.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use variorum_fetch::{Known, Limits};

use crate::{Outcome, progress};

/// List the models that can make findings better, or fetch one
///
/// Everything works without them. A fetched model is checked against a known SHA-256 before it is kept.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum models                            list them, and where they are kept
  variorum models add minilm                 fetch one (91 MB)
  variorum models add minilm --from folder   take the files from a folder, checked all the same

Models are kept in the folder that VARIORUM_MODELS names, else in the user's data folder.")]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Fetch a model by its name
    Add {
        /// Its name
        name: String,
        /// Take the files from this folder, under the names that their publisher gives them
        #[arg(long, value_name = "FOLDER")]
        from: Option<PathBuf>,
    },
}

/// A file of a model, as the table knows it.
#[derive(Debug, Clone, Copy)]
struct Row {
    model: &'static str,
    file: &'static str,
    bytes: u64,
    sha256: &'static str,
    licence: &'static str,
    url: &'static str,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let folder = folder()?;
    match args.command {
        None => list(&folder),
        Some(Command::Add { name, from }) => add(&folder, &name, from.as_deref()),
    }
}

/// Returns the folder that holds all models.
fn folder() -> anyhow::Result<PathBuf> {
    let named = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = || named("XDG_DATA_HOME").or_else(|| Some(named("HOME")?.join(".local/share")));
    named("VARIORUM_MODELS")
        .or_else(|| Some(data()?.join("variorum/models")))
        .context("no folder for models\n  hint: name one in the variable VARIORUM_MODELS")
}

fn list(folder: &Path) -> anyhow::Result<Outcome> {
    let mut printer = crate::lines::Printer::new();
    let mut names: Vec<&str> = rows().map(|row| row.model).collect();
    names.dedup();
    for name in names {
        let files: Vec<Row> = rows().filter(|row| row.model == name).collect();
        printer.good(&serde_json::json!({
            "name": name,
            "here": files.iter().all(|row| folder.join(name).join(row.file).exists()),
            "folder": folder.join(name).display().to_string(),
            "bytes": files.iter().map(|row| row.bytes).sum::<u64>(),
            "licence": files[0].licence,
            "files": files.iter().map(|row| serde_json::json!({ "url": row.url, "sha256": row.sha256 })).collect::<Vec<_>>(),
        }))?;
    }
    printer.end()
}

fn add(folder: &Path, name: &str, from: Option<&Path>) -> anyhow::Result<Outcome> {
    let files: Vec<Row> = rows().filter(|row| row.model == name).collect();
    anyhow::ensure!(!files.is_empty(), "no model is called `{name}`\n  hint: `variorum models` lists them");
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for row in files {
        let bytes = match from {
            Some(from) => copied(row, from)?,
            None => fetched(row)?,
        };
        keep(&folder, row.file, &bytes)?;
    }
    crate::lines::say(&format!("{name} is in {}", folder.display()));
    Ok(Outcome { good: 1, problems: 0 })
}

fn fetched(row: Row) -> anyhow::Result<Vec<u8>> {
    let bar = progress::bar(usize::try_from(row.bytes).unwrap_or(usize::MAX), row.file);
    let limits = Limits { bytes: row.bytes, time: Duration::from_secs(3600) };
    let bytes = variorum_fetch::download(Known { url: row.url, sha256: row.sha256 }, limits, |n| bar.set_position(n));
    bar.finish_and_clear();
    bytes.context(
        "nothing was kept\n  hint: without a network, fetch the files elsewhere and give their folder with --from",
    )
}

fn copied(row: Row, from: &Path) -> anyhow::Result<Vec<u8>> {
    let published = row.url.rsplit('/').next().unwrap_or(row.file);
    let path = from.join(published);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let found = variorum_fetch::sha256(&bytes);
    anyhow::ensure!(found == row.sha256, "{} is not the known file: its SHA-256 is {found}", path.display());
    Ok(bytes)
}

/// A file appears whole or not at all.
fn keep(folder: &Path, file: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let mut whole = tempfile::NamedTempFile::new_in(folder).context("cannot write into the folder of models")?;
    std::io::Write::write_all(&mut whole, bytes)?;
    whole.as_file().sync_all()?;
    whole.persist(folder.join(file)).map_err(|e| e.error).context("cannot keep the file")?;
    Ok(())
}

fn rows() -> impl Iterator<Item = Row> {
    include_str!("../data/models.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row {
            model: cells.next()?,
            file: cells.next()?,
            bytes: cells.next()?.parse().ok()?,
            sha256: cells.next()?,
            licence: cells.next()?,
            url: cells.next()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn every_row_of_the_table_is_whole() {
        let lines = include_str!("../data/models.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows().count(), lines);
        assert!(rows().all(|row| row.sha256.len() == 64 && row.url.starts_with("https://") && row.bytes > 0));
    }
}

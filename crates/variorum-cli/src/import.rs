//! `variorum import`: an archive is brought into the record.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use variorum::news::Problem;
use variorum_archive::{Error, Flaw, Manifest, Sealed};

use crate::archive::hinted;
use crate::keeping::{self, Keeping, Readings};
use crate::record::{self, Record};
use crate::{Outcome, lines, progress};

/// Bring an archive into the newsroom's record, and make its stories
///
/// Reads the folder that `variorum archive` (or `python -m variorum.spark`) wrote. Every file is held against its SHA-256
/// before it is used; one that is damaged is a problem, and the others are kept. What is there already is known, so that
/// the same command goes on where it was stopped. Annotations come along where this version made them.
///
/// Stories are made as the record makes them, among all that it holds: they may be others than those of the archive.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum import archive
  variorum import archive --store desk.db --no-work
  variorum import archive --json     a line for each report, as soon as it is on the disk")]
pub struct Args {
    /// The folder of the archive
    archive: PathBuf,
    #[command(flatten)]
    record: Record,
    /// Keep the reports only; `variorum serve`, or the next `variorum add`, places them and makes their stories
    #[arg(long)]
    no_work: bool,
    /// Print a line of JSON for each report once it is on the disk, and for each problem
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let manifest = variorum_archive::manifest(&args.archive).map_err(hinted)?;
    let store = args.record.open_or_make()?;
    let known = store.read(|view| view.problems(i64::MAX as usize))?;
    let known: BTreeSet<Problem> = known.into_iter().map(|(_, problem)| problem).collect();
    let printer = args.json.then(lines::Printer::new);
    let keeping = Keeping::new(&store, readings(&manifest), printer).knowing(known);
    let bar = progress::bar(usize::try_from(manifest.reports).unwrap_or(usize::MAX), "keeping");
    let mut import = Import { archive: &args.archive, keeping, bar };
    manifest.files.iter().try_for_each(|file| import.file(file))?;
    import.bar.finish_and_clear();
    let kept = import.keeping.end()?;
    let worked = if args.no_work { None } else { Some(record::work(&store)?) };
    if !args.json {
        record::print(&keeping::closing(&store, &kept, worked.as_ref(), &args.record)?)?;
    }
    Ok(kept.outcome())
}

/// What another version read may lack what this one looks for.
fn readings(manifest: &Manifest) -> Readings {
    if manifest.program == env!("CARGO_PKG_VERSION") { Readings::Keep } else { Readings::Drop }
}

/// An archive on its way into the record.
struct Import<'a> {
    archive: &'a Path,
    keeping: Keeping<'a>,
    bar: ProgressBar,
}

impl Import<'_> {
    /// Takes what a file holds; stories are made anew, so their tables are left aside.
    fn file(&mut self, file: &Sealed) -> anyhow::Result<()> {
        if file.path.starts_with("stories/") {
            return Ok(());
        }
        let read = match variorum_archive::holds(self.archive, file) {
            Ok(Ok(path)) if file.path.starts_with("reports/") => self.reports(&path)?,
            Ok(Ok(path)) if file.path.starts_with("problems/") => self.problems(&path)?,
            Ok(Ok(_)) => Ok(()),
            Ok(Err(flaw)) => return self.keeping.problem(flawed(self.archive, file, &flaw)),
            Err(error) => Err(error),
        };
        match read {
            Ok(()) => Ok(()),
            Err(error) => self.keeping.problem(Problem::of_path(named(self.archive, file), error.to_string())),
        }
    }

    /// Fails where the record does; what it returns tells how the file fared.
    fn reports(&mut self, path: &Path) -> anyhow::Result<Result<(), Error>> {
        let mut failed = Ok(());
        let read = variorum_archive::reports_of(path, &mut |reports| {
            self.bar.inc(reports.len() as u64);
            failed = reports.into_iter().try_for_each(|report| self.keeping.report(report));
            if failed.is_err() { Err(Error::Nothing { why: None }) } else { Ok(()) }
        });
        failed.map(|()| read)
    }

    fn problems(&mut self, path: &Path) -> anyhow::Result<Result<(), Error>> {
        let mut failed = Ok(());
        let read = variorum_archive::problems_of(path, &mut |problem| {
            failed = self.keeping.problem(problem);
            if failed.is_err() { Err(Error::Nothing { why: None }) } else { Ok(()) }
        });
        failed.map(|()| read)
    }
}

fn flawed(archive: &Path, file: &Sealed, flaw: &Flaw) -> Problem {
    let what = match flaw {
        Flaw::Missing(_) => "the manifest names it and it is not there",
        Flaw::Changed(_) | Flaw::Extra(_) => "its bytes are not those that were sealed",
    };
    Problem::of_path(
        named(archive, file),
        format!("{what}; it was left out: copy it anew from where the archive was made, and import it again"),
    )
}

fn named(archive: &Path, file: &Sealed) -> String {
    archive.join(&file.path).display().to_string()
}

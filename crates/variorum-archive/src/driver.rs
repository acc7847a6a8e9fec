//! What decides which stage comes next; it is the same whatever engine runs the stages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use variorum::RepeatedLines;
use variorum_news::Problem;

use crate::columns::seal_rows;
use crate::job::Parts;
use crate::manifest::{Input, SCHEMA};
use crate::seal::{UNSEALED, seal_bytes};
use crate::stages::clean::Cleaned;
use crate::stages::days::Day;
use crate::stages::place::Language;
use crate::stages::read::Annotated;
use crate::stages::told::Telling;
use crate::stages::{Files, STAGES, problems};
use crate::{Config, Error, Job, Manifest, Options, Sealed, Stage, files};

/// The name of the manifest in an archive.
pub const MANIFEST: &str = "manifest.json";

/// What a folder was begun for; it tells a job that goes on from another one.
const BEGUN: &str = ".job.json";

/// Bytes of annotated reports whose stories are told by one step, about.
const TOLD_TOGETHER: u64 = 32 << 20;

/// Reports whose names are looked at together, about.
const IDS_TOGETHER: u64 = 200_000;

/// Reports whose keys are looked at together, about; each has some fifty.
const BANDS_TOGETHER: u64 = 10_000;

/// A job that is under way: hands out one stage after the other and takes what they tell.
#[derive(Debug)]
pub struct Driver {
    job: Job,
    keep_work: bool,
    inputs: Vec<String>,
    problems: Vec<Problem>,
    /// The receipts of the stages that are done, sorted.
    done: BTreeMap<String, Vec<String>>,
    whole: Option<Manifest>,
    /// Keeps other processes out of the folder.
    _alone: Option<File>,
}

/// What a job came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// What the archive holds.
    pub manifest: Manifest,
    /// Whether it was whole before, so that nothing was left to do.
    pub was_whole: bool,
}

/// What a folder was begun for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Begun {
    program: String,
    options: Options,
    /// Inputs, with their sizes and when they were changed: content is summed when it is read.
    inputs: BTreeMap<String, (u64, u128)>,
}

impl Driver {
    /// Begins a job, or goes on with it where it stopped.
    ///
    /// # Errors
    /// Where nothing can be read, or the folder holds something else.
    pub fn begin(config: Config) -> Result<Driver, Error> {
        let base = std::env::current_dir().map_err(Error::disk(Path::new(".")))?;
        let out = base.join(&config.out);
        let (inputs, problems) = named(&config.inputs, &base, &out);
        if inputs.is_empty() {
            let told =
                |problem: &Problem| format!("{}: {}", problem.path.as_deref().unwrap_or_default(), problem.reason);
            return Err(Error::Nothing { why: problems.first().map(told) });
        }
        let sized = inputs.iter().map(|name| (name.clone(), sized(&base.join(name)))).collect();
        let begun =
            Begun { program: env!("CARGO_PKG_VERSION").to_owned(), options: config.options.clone(), inputs: sized };
        let job = Job { base, out, options: config.options };
        fs::create_dir_all(&job.out).map_err(Error::disk(&job.out))?;
        let _alone = alone(&job.out)?;
        let is_same = claim(&job, &begun)?;
        let whole = if is_same { read_json(&job.out.join(MANIFEST)) } else { None };
        if whole.is_none() {
            remove(&job.out.join(MANIFEST))?;
        }
        let done = if is_same { done_before(&job) } else { BTreeMap::new() };
        Ok(Driver { job, keep_work: config.keep_work, inputs, problems, done, whole, _alone })
    }

    /// Returns what every worker needs to know.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// Returns the stage that is to be run now; none once all are done.
    ///
    /// # Errors
    /// Where a file cannot be read or sealed.
    pub fn stage(&mut self) -> Result<Option<Stage>, Error> {
        if self.whole.is_some() {
            return Ok(None);
        }
        for (name, is_grouped) in STAGES {
            if self.done.contains_key(name) {
                continue;
            }
            let names = self.names(name)?;
            if !names.is_empty() {
                return Ok(Some(Stage { name: name.to_owned(), names, is_grouped }));
            }
            self.note(name, Vec::new())?;
        }
        Ok(None)
    }

    /// Takes the receipts of the stage that was run, in any order.
    ///
    /// # Errors
    /// Where they cannot be kept, or are none of that stage.
    pub fn take(&mut self, stage: &Stage, receipts: Vec<String>) -> Result<(), Error> {
        self.note(&stage.name, receipts)
    }

    fn note(&mut self, stage: &str, mut receipts: Vec<String>) -> Result<(), Error> {
        // A step that ran twice, as after a kill, tells twice.
        receipts.sort();
        receipts.dedup();
        seal_bytes(&marker(&self.job, stage), &serde_json::to_vec(&receipts).expect("strings are plain data"))?;
        self.done.insert(stage.to_owned(), receipts);
        Ok(())
    }

    /// Returns what a stage maps over, and seals what its steps need to know.
    fn names(&mut self, stage: &str) -> Result<Vec<String>, Error> {
        Ok(match stage {
            "clean" => self.inputs.clone(),
            "lines" => self.parts()?,
            "read" => {
                let tables: Vec<RepeatedLines> = self.receipts("lines")?;
                self.know("lines.json", &RepeatedLines::joined(tables))?;
                self.parts()?
            }
            "ids" => {
                self.know("ids.json", &buckets(self.n_read()?, IDS_TOGETHER))?;
                self.read_parts()?
            }
            "bands" => {
                self.know("bands.json", &buckets(self.n_read()?, BANDS_TOGETHER))?;
                self.read_parts()?
            }
            "days" => {
                let ids = self.receipts("ids")?.into_iter().map(|files: Files| format!("ids/{}", files.name));
                let bands = self.receipts("bands")?.into_iter().map(|files: Files| format!("bands/{}", files.name));
                self.read_parts()?.into_iter().chain(ids).chain(bands).collect()
            }
            "place" => {
                let mut days: BTreeMap<String, Vec<Day>> = BTreeMap::new();
                for day in self.receipts::<Day>("days")? {
                    days.entry(day.lang.clone()).or_default().push(day);
                }
                // Undated reports come last: "unknown" stands behind the digits.
                days.values_mut().for_each(|days| days.sort_by(|a, b| a.day.cmp(&b.day)));
                self.know("days.json", &days)?;
                days.into_keys().collect()
            }
            "reports" => {
                let bytes = self.bytes()?;
                self.know("reports.json", &Parts::of(&bytes))?;
                self.read_parts()?
            }
            "told" => {
                let bytes: u64 = self.bytes()?.values().sum();
                self.know("told.json", &buckets(bytes, TOLD_TOGETHER))?;
                self.receipts("reports")?.into_iter().map(|file: Sealed| file.path).collect()
            }
            "stories" => {
                let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
                let told: Vec<Telling> = self.receipts("told")?;
                for (drawer, more) in told.iter().flat_map(|telling| &telling.bytes) {
                    *bytes.entry(drawer.clone()).or_default() += more;
                }
                self.know("stories.json", &Parts::of(&bytes))?;
                told.into_iter().map(|telling| telling.files.name).collect()
            }
            _ => self.troubled()?,
        })
    }

    /// Returns the files that hold problems.
    fn troubled(&mut self) -> Result<Vec<String>, Error> {
        let mut named: Vec<(String, u64)> = Vec::new();
        let mut problems = self.problems.clone();
        for cleaned in self.receipts::<Cleaned>("clean")? {
            problems.extend(cleaned.failed);
            named.extend(cleaned.part.map(|part| (format!("clean/{part}"), cleaned.problems)));
        }
        let read = self.receipts::<Annotated>("read")?;
        named.extend(read.into_iter().map(|part| (format!("read/{}", part.part), part.problems)));
        let ids = self.receipts::<Files>("ids")?;
        named.extend(ids.into_iter().map(|files| (format!("ids/{}", files.name), files.problems)));
        let told = self.receipts::<Telling>("told")?;
        named.extend(told.into_iter().map(|told| (format!("told/{}", told.files.name), told.files.problems)));
        seal_rows(&self.job.work().join("begin.problems"), |rows| {
            problems
                .iter()
                .try_for_each(|problem| rows.put("", serde_json::to_vec(problem).expect("a problem is plain data")))
        })?;
        named.push(("begin".to_owned(), problems.len() as u64));
        named.retain(|(_, problems)| *problems > 0);
        let all: u64 = named.iter().map(|(_, problems)| problems).sum();
        self.know("problems.json", &buckets(all, problems::PART))?;
        Ok(named.into_iter().map(|(name, _)| name).collect())
    }

    fn parts(&self) -> Result<Vec<String>, Error> {
        // The same bytes under one name make one part, whoever asks.
        let parts: BTreeSet<String> =
            self.receipts::<Cleaned>("clean")?.into_iter().filter_map(|cleaned| cleaned.part).collect();
        Ok(parts.into_iter().collect())
    }

    fn read_parts(&self) -> Result<Vec<String>, Error> {
        Ok(self.receipts::<Annotated>("read")?.into_iter().map(|part| part.part).collect())
    }

    fn n_read(&self) -> Result<u64, Error> {
        Ok(self.receipts::<Annotated>("read")?.iter().map(|part| part.reports).sum())
    }

    fn bytes(&self) -> Result<BTreeMap<String, u64>, Error> {
        let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
        for (drawer, more) in self.receipts::<Annotated>("read")?.into_iter().flat_map(|part| part.bytes) {
            *bytes.entry(drawer).or_default() += more;
        }
        Ok(bytes)
    }

    fn receipts<T: DeserializeOwned>(&self, stage: &str) -> Result<Vec<T>, Error> {
        let receipts = self.done.get(stage).map(Vec::as_slice).unwrap_or_default();
        let read = |receipt: &String| {
            serde_json::from_str(receipt).map_err(|error| Error::Engine {
                stage: stage.to_owned(),
                reason: format!("a receipt is not as it was written ({error})"),
            })
        };
        receipts.iter().map(read).collect()
    }

    fn know(&self, file: &str, value: &impl Serialize) -> Result<(), Error> {
        seal_bytes(&self.job.work().join(file), &serde_json::to_vec(value).expect("plain data"))
    }

    /// Seals the manifest, and sweeps what the steps left for one another.
    ///
    /// # Errors
    /// Where a file cannot be written or removed.
    pub fn finish(self) -> Result<Summary, Error> {
        if let Some(manifest) = &self.whole {
            let manifest = manifest.clone();
            // A run that was killed right after its manifest left it.
            self.sweep_work()?;
            return Ok(Summary { manifest, was_whole: true });
        }
        let manifest = self.manifest()?;
        let listed: BTreeSet<PathBuf> = manifest.files.iter().map(|file| self.job.out.join(&file.path)).collect();
        for table in ["reports", "stories", "problems"] {
            sweep(&self.job.out.join(table), &listed)?;
        }
        let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data");
        text.push('\n');
        seal_bytes(&self.job.out.join(MANIFEST), text.as_bytes())?;
        self.sweep_work()?;
        Ok(Summary { manifest, was_whole: false })
    }

    fn sweep_work(&self) -> Result<(), Error> {
        let work = self.job.work();
        if self.keep_work || !work.exists() {
            return Ok(());
        }
        fs::remove_dir_all(&work).map_err(Error::disk(&work))
    }

    fn manifest(&self) -> Result<Manifest, Error> {
        let lines: RepeatedLines = self.job.known("lines.json")?;
        let cleaned = self.receipts::<Cleaned>("clean")?;
        let mut inputs: Vec<Input> = cleaned.into_iter().filter_map(|cleaned| cleaned.input).collect();
        inputs.sort();
        let [reports, stories, problems] =
            ["reports", "stories", "problems"].map(|stage| self.receipts::<Sealed>(stage));
        let (reports, stories, problems) = (reports?, stories?, problems?);
        let rows = |files: &[Sealed]| files.iter().map(|file| file.rows).sum();
        let (n_reports, n_stories, n_problems) = (rows(&reports), rows(&stories), rows(&problems));
        let mut files: Vec<Sealed> = reports.into_iter().chain(stories).chain(problems).collect();
        files.sort();
        Ok(Manifest {
            schema: SCHEMA.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            options: self.job.options.clone(),
            repeated_lines: lines.name(),
            frequencies: self.receipts::<Language>("place")?.into_iter().map(|l| (l.lang, l.frequencies)).collect(),
            inputs,
            reports: n_reports,
            stories: n_stories,
            problems: n_problems,
            files,
        })
    }
}

/// Returns the names of the files that are to be read, each once, without what lies in the archive itself.
fn named(paths: &[PathBuf], base: &Path, out: &Path) -> (Vec<String>, Vec<Problem>) {
    let (mut found, mut problems) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        match files(path) {
            Ok(files) => files.into_iter().for_each(|file| match file {
                Ok(file) if base.join(&file).starts_with(out) => {}
                Ok(file) => match file.to_str() {
                    Some(name) => _ = found.insert(name.to_owned()),
                    None => {
                        let shown = file.display().to_string();
                        problems.insert(Problem::of_path(shown, "its name is no Unicode text; rename the file"));
                    }
                },
                Err(problem) => _ = problems.insert(problem),
            }),
            Err(problem) => _ = problems.insert(problem),
        }
    }
    (found.into_iter().collect(), problems.into_iter().collect())
}

fn sized(path: &Path) -> (u64, u128) {
    let changed = |meta: &fs::Metadata| Some(meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos());
    fs::metadata(path).map(|meta| (meta.len(), changed(&meta).unwrap_or_default())).unwrap_or_default()
}

/// Takes the folder for a job; returns whether it was begun for the same before.
fn claim(job: &Job, begun: &Begun) -> Result<bool, Error> {
    let taken = |reason: &str| Err(Error::Taken { path: job.out.clone(), reason: reason.to_owned() });
    match read_json::<Begun>(&job.out.join(BEGUN)) {
        Some(before) if before == *begun => return Ok(true),
        // An archive may grow: what was read is read again, and more.
        Some(before) if before.inputs.keys().all(|name| begun.inputs.contains_key(name)) => {}
        Some(_) => return taken("holds the archive of other reports"),
        None => {
            let mut entries = fs::read_dir(&job.out).map_err(Error::disk(&job.out))?;
            let is_foreign = |name: &str| name != ".work" && !name.starts_with(UNSEALED);
            if entries.any(|entry| entry.is_ok_and(|entry| is_foreign(&entry.file_name().to_string_lossy()))) {
                return taken("holds something else than an archive");
            }
        }
    }
    for (stage, _) in STAGES {
        remove(&marker(job, stage))?;
    }
    // Shelves are of a stream that may have got other reports since.
    for stale in ["place", "days"] {
        let folder = job.work().join(stale);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Error::disk(&folder))?;
        }
    }
    remove(&job.out.join(MANIFEST))?;
    seal_bytes(&job.out.join(BEGUN), &serde_json::to_vec(begun).expect("plain data"))?;
    Ok(false)
}

/// Returns into how many buckets so much goes: told by what there is, so that a run that goes on finds the same.
fn buckets(all: u64, together: u64) -> u64 {
    all.div_ceil(together).clamp(1, 1 << 20)
}

/// Returns a lock on a folder that is there, held until it is dropped; two processes would sweep each other's files away.
fn alone(out: &Path) -> Result<Option<File>, Error> {
    // Where folders cannot be opened or locked, as on some shared disks, nobody is kept out.
    let Ok(folder) = File::open(out) else { return Ok(None) };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::Busy { path: out.to_owned() }),
        _ => Ok(Some(folder)),
    }
}

fn marker(job: &Job, stage: &str) -> PathBuf {
    job.work().join(format!("{stage}.done"))
}

/// Returns the receipts of the stages that an earlier run finished, up to the first that it did not.
fn done_before(job: &Job) -> BTreeMap<String, Vec<String>> {
    let mut done = BTreeMap::new();
    for (stage, _) in STAGES {
        match read_json(&marker(job, stage)) {
            Some(receipts) => _ = done.insert(stage.to_owned(), receipts),
            None => break,
        }
    }
    done
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::disk(path)(error)),
        _ => Ok(()),
    }
}

/// Removes files that the manifest does not list: of an earlier archive in this folder, or of a run that was killed.
fn sweep(folder: &Path, listed: &BTreeSet<PathBuf>) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            sweep(&path, listed)?;
            // It goes only if it is empty.
            let _ = fs::remove_dir(&path);
        } else if !listed.contains(&path) {
            remove(&path)?;
        }
    }
    Ok(())
}

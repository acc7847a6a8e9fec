//! Files and bytes in every format that is read.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use rayon::prelude::*;
use variorum::RepeatedLines;
use variorum_news::{Body, Page, Problem};

use crate::lines::{self, Cleaned};
use crate::threads;

/// Pages that are cleaned together.
const BATCH: usize = 64;

/// Bytes from which on a batch is full, so that large pages do not pile up.
const BATCH_BYTES: usize = 16 << 20;

/// Returns the reports of files and folders, cleaned, without the lines that repeat in them; a JSON a report or problem.
#[pyfunction]
#[pyo3(signature = (paths, published=None))]
pub fn read_paths(py: Python<'_>, paths: Vec<PathBuf>, published: Option<&str>) -> PyResult<Vec<String>> {
    lines::checked(published)?;
    let mut shelf = Batch::new(published);
    for path in &paths {
        let files = py.detach(|| variorum_archive::files(path)).unwrap_or_else(|problem| vec![Err(problem)]);
        for file in files {
            match file {
                Ok(file) => threads::free(py, || shelf.file(&file))?,
                Err(problem) => shelf.done.push(Err(problem)),
            }
            py.check_signals()?;
        }
    }
    threads::free(py, || shelf.answers())
}

/// Returns the reports that bytes hold; `name` is what problems call them, and its ending helps to tell the format.
#[pyfunction]
#[pyo3(signature = (name, content, published=None))]
pub fn read_bytes(py: Python<'_>, name: &str, content: &[u8], published: Option<&str>) -> PyResult<Vec<String>> {
    lines::checked(published)?;
    threads::free(py, || {
        let mut batch = Batch::new(published);
        batch.from(name, &mut &content[..]);
        batch.answers()
    })
}

/// Pages on their way to be cleaned, and what was made of those before them.
struct Batch<'a> {
    published: Option<&'a str>,
    waiting: Vec<Result<Page, Problem>>,
    bytes: usize,
    done: Vec<Result<Cleaned, Problem>>,
}

impl<'a> Batch<'a> {
    fn new(published: Option<&'a str>) -> Self {
        Batch { published, waiting: Vec::new(), bytes: 0, done: Vec::new() }
    }

    fn file(&mut self, path: &Path) {
        let shown = path.display().to_string();
        match File::open(path) {
            Ok(file) => self.from(&shown, &mut BufReader::with_capacity(1 << 16, file)),
            Err(error) => self.done.push(Err(unread(&shown, &error))),
        }
    }

    /// Reads all pages; whatever was damaged is a problem, and the pages before it stay.
    fn from(&mut self, name: &str, input: &mut dyn std::io::BufRead) {
        let read = variorum_read::read(name, input, &mut |page| self.push(page));
        self.clean();
        if let Err(error) = read {
            self.done.push(Err(unread(name, &error)));
        }
    }

    fn push(&mut self, page: Result<Page, Problem>) {
        self.bytes += match page.as_ref().map(|page| &page.body) {
            Ok(Body::Text(words) | Body::Html(words) | Body::Fragment(words)) => words.len(),
            _ => 0,
        };
        self.waiting.push(page);
        if self.waiting.len() >= BATCH || self.bytes > BATCH_BYTES {
            self.clean();
        }
    }

    fn clean(&mut self) {
        self.bytes = 0;
        let pages = std::mem::take(&mut self.waiting);
        let published = self.published;
        self.done.par_extend(pages.into_par_iter().map(|page| lines::cleaned(page, published)));
    }

    fn answers(self) -> Vec<String> {
        let reports = self.done.iter().filter_map(|entry| entry.as_ref().ok()).map(|cleaned| &cleaned.report);
        let table = RepeatedLines::learn(reports);
        let strip = |cleaned| lines::without_repeated(cleaned, &table);
        self.done.into_par_iter().map(|entry| lines::answered(entry.map(strip))).collect()
    }
}

fn unread(path: &str, error: &std::io::Error) -> Problem {
    Problem::of_path(path, format!("cannot be read ({error}); check that it is a file and its permissions"))
}

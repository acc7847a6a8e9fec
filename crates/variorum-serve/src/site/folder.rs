//! The folder of a copy: filled beside its place, and put there when it is whole.

use std::io;
use std::path::{Path, PathBuf};

/// The file by which a folder is known as a copy of ours.
pub const MARK: &str = "variorum-site.json";

/// All that a copy holds at its top; what else is there is somebody's.
const OURS: [&str; 13] = [
    MARK,
    "index.html",
    "index.json",
    "about.html",
    "about.json",
    "missing.html",
    "feed.atom",
    "feed.json",
    "static",
    "stories",
    "story",
    "report",
    "outlet",
];

/// Why no copy was written.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// What is at the place is not ours to replace.
    #[error(
        "{path} is there and {why}\n  hint: name a folder that is new, empty, or an earlier export and nothing else"
    )]
    Taken {
        /// The place.
        path: PathBuf,
        /// What it is.
        why: String,
    },
    /// The disk failed.
    #[error("cannot write {path}: {reason}\n  hint: name a folder that can be written to, on a disk with room")]
    Disk {
        /// What was written.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// A page could not be made.
    #[error(transparent)]
    Page(#[from] crate::Error),
    /// The system refuses threads.
    #[error("the copy cannot be made: {0}")]
    System(#[from] io::Error),
}

/// A folder that is being filled. It goes when it is dropped before it is put in its place.
#[derive(Debug)]
pub struct Folder {
    place: PathBuf,
    beside: tempfile::TempDir,
}

impl Folder {
    /// Begins a folder beside its place.
    pub fn beside(place: &Path) -> Result<Self, SiteError> {
        // Through a link the folder itself is replaced, not the link.
        let place = place.canonicalize().unwrap_or_else(|_| place.to_owned());
        is_free(&place)?;
        let parent = place.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(at(parent))?;
        let beside = tempfile::Builder::new().prefix(".variorum-site-").tempdir_in(parent).map_err(at(parent))?;
        let folder = Folder { place, beside };
        std::fs::create_dir(folder.filled()).map_err(at(&folder.filled()))?;
        Ok(folder)
    }

    /// The inner folder has the usual rights; the outer one is its maker's alone.
    fn filled(&self) -> PathBuf {
        self.beside.path().join("new")
    }

    /// Writes a file.
    pub fn put(&self, file: &str, body: &[u8]) -> Result<(), SiteError> {
        let path = self.filled().join(file);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(at(folder))?;
        }
        std::fs::write(&path, body).map_err(at(&path))
    }

    /// Puts the folder in its place; an earlier copy goes.
    pub fn put_in_place(&self) -> Result<(), SiteError> {
        is_free(&self.place)?;
        let old = self.beside.path().join("old");
        let had = self.place.exists();
        if had {
            std::fs::rename(&self.place, &old).map_err(at(&self.place))?;
        }
        let put = std::fs::rename(self.filled(), &self.place);
        if put.is_err() && had {
            // The earlier copy stays where it was.
            std::fs::rename(&old, &self.place).map_err(at(&self.place))?;
        }
        put.map_err(at(&self.place))
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> SiteError {
    move |reason| SiteError::Disk { path: path.to_owned(), reason }
}

fn is_free(place: &Path) -> Result<(), SiteError> {
    let taken = |why: String| Err(SiteError::Taken { path: place.to_owned(), why });
    let found = match std::fs::read_dir(place) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(_) if !place.is_dir() => return taken("is no folder".to_owned()),
        Err(error) => return Err(at(place)(error)),
    };
    let names: Vec<String> = found
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()
        .map_err(at(place))?;
    if names.is_empty() {
        return Ok(());
    }
    if !names.iter().any(|name| name == MARK) {
        return taken("holds other files".to_owned());
    }
    match names.iter().filter(|name| !OURS.contains(&name.as_str())).min() {
        Some(other) => taken(format!("holds `{other}` beside an earlier export")),
        None => Ok(()),
    }
}

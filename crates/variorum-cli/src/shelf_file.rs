//! A shelf in a file: read at the start, replaced whole when it is saved.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use variorum::{GroupOptions, Shelf};

/// A file that keeps a shelf between runs.
#[derive(Debug)]
pub struct ShelfFile {
    path: PathBuf,
    folder: PathBuf,
}

impl ShelfFile {
    /// Returns the file and the shelf that it holds; an empty shelf where there is no file yet.
    pub fn open(path: &Path, options: &GroupOptions) -> anyhow::Result<(ShelfFile, Shelf)> {
        // Through a link the file itself is replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let file = ShelfFile { folder: folder.to_owned(), path: path.clone() };
        // What cannot be saved later is told before hours of work.
        file.beside()?;
        Ok((file, read(&path, options)?))
    }

    /// Replaces the file by what the shelf is now: a reader, and a crash at any time, meets the old file or the new one.
    pub fn save(&self, shelf: &Shelf, options: &GroupOptions) -> anyhow::Result<()> {
        let unsaved = || {
            format!(
                "cannot save the shelf to {}\nhint: free some room there; the file is as it was",
                self.path.display()
            )
        };
        let mut beside = self.beside()?;
        let written = shelf.save(options, BufWriter::with_capacity(1 << 20, beside.as_file_mut()));
        written.and_then(|()| beside.as_file().sync_all()).with_context(unsaved)?;
        if let Ok(kept) = self.path.metadata() {
            beside.as_file().set_permissions(kept.permissions()).with_context(unsaved)?;
        }
        beside.persist(&self.path).map_err(|error| error.error).with_context(unsaved)?;
        // The new name must be on the disk too; where folders cannot be synced there is nothing to do.
        let _ = File::open(&self.folder).and_then(|folder| folder.sync_all());
        Ok(())
    }

    fn beside(&self) -> anyhow::Result<tempfile::NamedTempFile> {
        let file = tempfile::Builder::new().prefix(".variorum-shelf-").tempfile_in(&self.folder);
        file.with_context(|| {
            format!(
                "cannot write into {}\nhint: name a --shelf in a folder that can be written to",
                self.folder.display()
            )
        })
    }
}

fn read(path: &Path, options: &GroupOptions) -> anyhow::Result<Shelf> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Shelf::default()),
        Err(error) => return Err(error).with_context(|| format!("cannot read the shelf {}", path.display())),
    };
    Shelf::resume(&bytes, options)
        .map_err(|error| anyhow!("cannot go on with the shelf {}: {error}\nhint: {}", path.display(), error.hint()))
}

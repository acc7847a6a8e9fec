//! A copy of the record while it is written.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::{Error, Store, connection, schema};

/// Pages that are copied before writers get a turn.
const STEP: i32 = 4096;

impl Store {
    /// Copies the record as it is at one moment to another file, while others read and write.
    ///
    /// The copy is whole under its name or not there: it is made under another name, checked, brought to the disk and
    /// renamed. It has a record name of its own, so that a search index of this record is not taken for one of it.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<(), Error> {
        let to = to.as_ref();
        if to.exists() {
            return Err(Error::disk("back up to", to, &"it is there already"));
        }
        let part = part_name(to);
        let made = self.copy(&part).and_then(|()| finish(&part, to));
        if made.is_err() {
            // What is left of a copy that failed is of no use; that it cannot be removed changes nothing.
            let _ = std::fs::remove_file(&part);
        }
        made
    }

    fn copy(&self, part: &Path) -> Result<(), Error> {
        let from = connection::reading(self.path())?;
        let _ = std::fs::remove_file(part);
        let mut copy = Connection::open(part).map_err(|e| Error::disk("write", part, &e))?;
        let backup = Backup::new(&from, &mut copy)?;
        // A read that stays open holds the moment still: writers go on beside it and the copy need not begin again.
        from.execute_batch("BEGIN; SELECT change FROM mark;")?;
        loop {
            match backup.step(STEP)? {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked => std::thread::sleep(Duration::from_millis(5)),
                _ => {}
            }
        }
        drop(backup);
        from.execute_batch("COMMIT")?;
        // One file: a copy that comes with a log beside it is half a copy when someone moves it.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        copy.execute("UPDATE mark SET record = ?1", [schema::new_name(part)])?;
        let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(Error::Damaged { reason: sound });
        }
        copy.close().map_err(|(_, error)| error.into())
    }
}

fn part_name(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}

fn finish(part: &Path, to: &Path) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::disk("write", to, &error);
    File::open(part).and_then(|file| file.sync_all()).map_err(failed)?;
    std::fs::rename(part, to).map_err(failed)?;
    // The new name is on the disk when the folder is.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

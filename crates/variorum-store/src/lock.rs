//! The editor's lock: one process places reports, all may add them.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::PathBuf;

use crate::{Error, Store};

/// Held by the process that places reports and makes stories; given back when dropped, or when the process dies.
#[derive(Debug)]
pub struct Editor {
    // The system lets go of the lock with the file, also after a kill.
    _file: File,
}

/// What became of the wish to edit.
#[derive(Debug)]
pub enum Editing {
    /// This process edits now.
    Here(Editor),
    /// Another does: the number of its process, where it could be read.
    Elsewhere(Option<u32>),
}

impl Store {
    /// Takes the editor's lock, where no other process has it; never waits.
    pub fn edit(&self) -> Result<Editing, Error> {
        let path = beside(self, "editor");
        let failed = |error: &dyn std::fmt::Display| Error::disk("lock", &path, error);
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|e| failed(&e))?;
        match file.try_lock() {
            Ok(()) => {
                // Who comes later reads here whom to ask.
                let write = |file: &mut File| {
                    file.set_len(0)?;
                    file.rewind()?;
                    write!(file, "{}", std::process::id())
                };
                write(&mut file).map_err(|e| failed(&e))?;
                Ok(Editing::Here(Editor { _file: file }))
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let read = file.read_to_string(&mut text);
                Ok(Editing::Elsewhere(read.ok().and_then(|_| text.trim().parse().ok())))
            }
            Err(TryLockError::Error(error)) => Err(failed(&error)),
        }
    }
}

/// Returns the name of a file beside the record: `variorum.db.editor`.
pub fn beside(store: &Store, what: &str) -> PathBuf {
    let mut name = store.path().as_os_str().to_owned();
    name.push(".");
    name.push(what);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::Editing;
    use crate::Store;

    #[test]
    fn one_at_a_time_edits() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("v.db")).unwrap();
        let Editing::Here(editor) = store.edit().unwrap() else { panic!("nobody else is there") };
        assert!(matches!(store.edit().unwrap(), Editing::Elsewhere(Some(pid)) if pid == std::process::id()));
        drop(editor);
        assert!(matches!(store.edit().unwrap(), Editing::Here(_)));
    }
}

//! Files that are whole or not there: written under a temporary name, synced, then given their name.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use tempfile::{Builder, NamedTempFile};

use crate::Error;

/// What temporary files begin with; they are swept when a job ends.
pub const UNSEALED: &str = ".unsealed-";

/// Writes a file whole. Who is killed meanwhile leaves the old file or none, and a temporary one that a later run sweeps.
pub fn seal<T>(path: &Path, write: impl FnOnce(&mut NamedTempFile) -> Result<T, Error>) -> Result<T, Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::disk(folder))?;
    let mut beside = Builder::new().prefix(UNSEALED).tempfile_in(folder).map_err(Error::disk(folder))?;
    let done = write(&mut beside)?;
    beside.as_file().sync_all().map_err(Error::disk(path))?;
    readable(&beside).map_err(Error::disk(path))?;
    beside.persist(path).map_err(|error| Error::disk(path)(error.error))?;
    // The new name must be on the disk too; where folders cannot be synced there is nothing to do.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(done)
}

/// Writes bytes whole.
pub fn seal_bytes(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    seal(path, |file| file.write_all(bytes).map_err(Error::disk(path)))
}

/// Temporary files are their owner's alone; what is published follows the rights of other new files.
#[cfg(unix)]
fn readable(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

/// Returns the SHA-256 of a file, as hexadecimal digits, and its bytes.
pub fn sha256(path: &Path) -> Result<(String, u64), Error> {
    let file = File::open(path).map_err(Error::disk(path))?;
    sha256_of(BufReader::with_capacity(1 << 16, file)).map_err(Error::disk(path))
}

/// Returns the SHA-256 of what is read, as hexadecimal digits, and how many bytes it was.
pub fn sha256_of(mut from: impl Read) -> io::Result<(String, u64)> {
    let (mut sum, mut bytes, mut room) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match from.read(&mut room)? {
            0 => return Ok((hex(&sum.finalize()), bytes)),
            n => {
                sum.update(&room[..n]);
                bytes += n as u64;
            }
        }
    }
}

/// Returns bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

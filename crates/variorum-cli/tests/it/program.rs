//! Runs the built program.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Returns standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e} in {}\n{}", cut(&self.out), self.err))
    }

    /// Returns standard output as JSON Lines.
    pub fn lines(&self) -> Vec<Value> {
        let line = |l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e} in the line {}", cut(l)));
        self.out.lines().map(line).collect()
    }

    /// Checks the exit status, and that nothing panicked.
    #[track_caller]
    pub fn ended_with(self, code: i32) -> Self {
        assert!(!self.err.contains("panicked at"), "the program panicked:\n{}", self.err);
        assert_eq!(self.code, Some(code), "standard output: {}\nstandard error: {}", cut(&self.out), self.err);
        self
    }
}

/// Returns the program's file: the one built with this test, or the one that `VARIORUM_BIN` names (a release build, say).
pub fn file() -> OsString {
    std::env::var_os("VARIORUM_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_variorum").into())
}

/// Returns the program, ready for arguments.
pub fn program() -> Command {
    let mut command = Command::new(file());
    command.current_dir(root()).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

/// Runs the program with nothing on standard input.
pub fn run<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    run_with("", args)
}

/// Runs the program with `input` on standard input.
pub fn run_with<S: AsRef<std::ffi::OsStr>>(input: &str, args: impl IntoIterator<Item = S>) -> Run {
    let mut command = program();
    command.args(args);
    feed(command, input.as_bytes())
}

/// Runs a command with `input` on standard input.
pub fn feed(mut command: Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with this test");
    let mut stdin = child.stdin.take().expect("it was piped");
    // The program may answer before it has read everything, so writing has a thread of its own.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("the program can be waited for")
    });
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("the program prints UTF-8"),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Returns the root of the project.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the crate lies in the project")
}

/// Returns the first words of something long.
pub fn cut(text: &str) -> String {
    text.chars().take(600).collect()
}

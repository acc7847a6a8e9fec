//! JSON Lines on standard input and output, one answer a line, in input order.

use std::io::Write;

use anyhow::Context;
use serde::Serialize;
use variorum::news::{Problem, ProblemLine, Report};

use crate::Outcome;

/// Writes a sentence to standard error.
pub fn say(sentence: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "{sentence}");
}

/// Prints values as JSON Lines and counts them.
#[derive(Debug)]
pub struct Printer {
    out: std::io::BufWriter<std::io::StdoutLock<'static>>,
    outcome: Outcome,
}

impl Printer {
    /// Opens standard output.
    pub fn new() -> Self {
        Printer {
            out: std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock()),
            outcome: Outcome::default(),
        }
    }

    /// Prints a result.
    pub fn good(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        self.outcome.good += 1;
        self.line(value)
    }

    /// Prints a line that is neither a result nor a problem of its own.
    pub fn line(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Prints a line that was made elsewhere, a result or a problem.
    pub fn printed(&mut self, line: &[u8], is_good: bool) -> anyhow::Result<()> {
        *(if is_good { &mut self.outcome.good } else { &mut self.outcome.problems }) += 1;
        self.out.write_all(line)?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// Prints a problem in place of a result.
    pub fn problem(&mut self, problem: Problem) -> anyhow::Result<()> {
        self.outcome.problems += 1;
        self.line(&ProblemLine { problem })
    }

    /// Hands on what was printed, so that a reader of the pipe can answer before the next line comes.
    pub fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.out.flush()?)
    }

    /// Closes the output.
    pub fn end(mut self) -> anyhow::Result<Outcome> {
        self.flush()?;
        Ok(self.outcome)
    }
}

/// Calls `each` with every line of standard input that is not empty, and with its number; prints what it answers.
pub fn for_each(mut each: impl FnMut(&mut Printer, &str, usize) -> anyhow::Result<()>) -> anyhow::Result<Outcome> {
    let mut input = std::io::stdin().lock();
    let mut printer = Printer::new();
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let (read, cut) = variorum_read::next_line(&mut input, &mut line).context("cannot read standard input")?;
        if read == 0 {
            return printer.end();
        }
        number += 1;
        if !cut && is_blank(&line) {
            continue;
        }
        match if cut { Err(too_long(number)) } else { text(&line, number) } {
            Ok(text) => each(&mut printer, text, number)?,
            Err(problem) => printer.problem(problem)?,
        }
        printer.flush()?;
    }
}

/// Tells whether a line holds white space alone.
pub fn is_blank(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|line| line.trim().is_empty())
}

/// Returns the text of a line without the white space around it.
pub fn text(line: &[u8], number: usize) -> Result<&str, Problem> {
    let text = std::str::from_utf8(line);
    let text = text.map_err(|_| at(number, "the line is not UTF-8; convert it, or give the file to `variorum clean`"));
    text.map(str::trim)
}

/// Returns the problem of a line of which only the beginning was kept.
pub fn too_long(number: usize) -> Problem {
    at(number, variorum_read::TOO_LONG)
}

/// Returns a problem of a line of standard input.
pub fn at(number: usize, reason: &str) -> Problem {
    Problem::of_path(format!("stdin:{number}"), reason)
}

/// Returns the report of a line as it is, for stages that leave the text alone.
pub fn report(line: &str, number: usize) -> Result<Report, Problem> {
    variorum_read::read_report(line).map_err(|problem| match problem.id {
        Some(_) => problem,
        None => at(number, &problem.reason),
    })
}

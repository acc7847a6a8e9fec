//! Progress bars: on standard error, and only when it is a terminal.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work of fewer steps is over before a bar could be read.
const SHORT: usize = 50;

/// Counts steps whose number nobody knows beforehand, such as the pages of an archive.
#[derive(Debug)]
pub struct Count {
    bar: ProgressBar,
    steps: usize,
}

/// Returns a count that draws nothing where standard error is no terminal, nor before the work is long.
pub fn count(what: &'static str) -> Count {
    let style = ProgressStyle::with_template("{msg:>12} {human_pos} {elapsed}").expect("the template is fixed");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style).with_message(what);
    Count { bar, steps: 0 }
}

impl Count {
    /// Counts a step.
    pub fn step(&mut self) {
        self.steps += 1;
        if self.steps == SHORT && std::io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Takes the count off the screen.
    pub fn end(self) {
        self.bar.finish_and_clear();
    }
}

/// Returns a bar over `length` steps; it draws nothing where standard error is no terminal or the work is short.
pub fn bar(length: usize, what: &'static str) -> ProgressBar {
    if length < SHORT || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{msg:>12} {wide_bar} {pos}/{len} {eta}").expect("the template is fixed");
    ProgressBar::new(length as u64).with_style(style).with_message(what)
}

/// Work of which it is known how much is left, and to which more may come.
#[derive(Debug)]
pub struct Left {
    bar: Option<ProgressBar>,
    what: &'static str,
    done: u64,
}

impl Left {
    /// Begins to count; nothing is drawn before the work is long.
    pub fn new(what: &'static str) -> Self {
        Left { bar: None, what, done: 0 }
    }

    /// Counts steps that were done, and those that are left.
    pub fn step(&mut self, done: u64, left: u64) {
        self.done += done;
        if self.bar.is_none() && left > 0 {
            self.bar = Some(bar(usize::try_from(self.done + left).unwrap_or(usize::MAX), self.what));
        }
        if let Some(bar) = &self.bar {
            bar.set_length(self.done + left);
            bar.set_position(self.done);
        }
    }

    /// Takes the bar off the screen.
    pub fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// The stages of a job, one after the other, each with its parts.
#[derive(Debug)]
pub struct Stages(ProgressBar);

impl Stages {
    /// Begins to show; nothing is drawn where standard error is no terminal.
    pub fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Stages(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{msg:>12} {wide_bar} {human_pos}/{human_len} {elapsed}");
        let bar = ProgressBar::new(0).with_style(style.expect("the template is fixed"));
        // A part may take minutes; the clock shows that all is well.
        bar.enable_steady_tick(Duration::from_secs(1));
        Stages(bar)
    }

    /// Shows how far a stage is.
    pub fn tell(&self, stage: &str, done: usize, of: usize) {
        self.0.set_message(stage.to_owned());
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }

    /// Takes the bar off the screen.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

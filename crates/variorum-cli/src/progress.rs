//! Progress bars: on standard error, and only when it is a terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Returns a bar over `length` steps; it draws nothing where standard error is no terminal or the work is short.
pub fn bar(length: usize, what: &'static str) -> ProgressBar {
    if length < 50 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{msg:>12} {wide_bar} {pos}/{len} {eta}").expect("the template is fixed");
    ProgressBar::new(length as u64).with_style(style).with_message(what)
}

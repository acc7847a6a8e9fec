//! What changed in a report's words from one revision to the next.

use std::collections::BTreeMap;

use maud::{Markup, html};
use variorum_text::longest_chain;

use crate::changed::{Stretch, changed};
use crate::page::cut;

/// Lines beside a change that are shown unchanged.
const AROUND: usize = 1;

/// Returns two texts as one: lines that stay, words that went and words that came. Long runs that stay are left out.
pub fn revision(before: &str, after: &str) -> Markup {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let steps = steps(&old, &new);
    html! { div class="revision" dir="auto" { @for (n, step) in steps.iter().enumerate() {
        @match step {
            Step::Stays(lines) => { (stays(lines, n == 0, n + 1 == steps.len())) }
            Step::Changes(gone, came) => { (changes(&gone.join("\n"), &came.join("\n"))) }
        }
    } } }
}

/// A part of the way from one text to the other.
enum Step<'t> {
    Stays(&'t [&'t str]),
    Changes(&'t [&'t str], &'t [&'t str]),
}

/// Lines that stand once in both texts hold them together; what lies between two such lines has changed.
fn steps<'t>(old: &'t [&'t str], new: &'t [&'t str]) -> Vec<Step<'t>> {
    let (in_old, in_new) = (once(old), once(new));
    let mut pairs: Vec<(usize, usize)> = in_old.iter().filter_map(|(line, n)| Some((*n, *in_new.get(line)?))).collect();
    pairs.sort_unstable();
    let mut kept: Vec<(usize, usize)> = longest_chain(&pairs).into_iter().map(|n| pairs[n]).collect();
    kept.push((old.len(), new.len()));
    let (mut steps, mut a, mut b) = (Vec::new(), 0, 0);
    let mut run = 0;
    for (n, m) in kept {
        if (n, m) == (a + run, b + run) && n < old.len() {
            run += 1;
            continue;
        }
        if run > 0 {
            steps.push(Step::Stays(&old[a..a + run]));
        }
        (a, b) = (a + run, b + run);
        if a < n || b < m {
            steps.push(Step::Changes(&old[a..n], &new[b..m]));
        }
        (a, b, run) = (n, m, 1);
    }
    steps
}

/// The lines that stand once in a text, with their places.
fn once<'t>(lines: &[&'t str]) -> BTreeMap<&'t str, usize> {
    let mut places: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (n, line) in lines.iter().enumerate() {
        places.entry(line).and_modify(|place| *place = None).or_insert(Some(n));
    }
    places.into_iter().filter_map(|(line, place)| Some((line, place?))).collect()
}

fn stays(lines: &[&str], first: bool, last: bool) -> Markup {
    let (head, tail) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    if lines.len() <= head + tail + 1 {
        return html! { @for line in lines { p { (line) } } };
    }
    html! {
        @for line in &lines[..head] { p { (line) } }
        p class="same" { (crate::phrase::counted(lines.len() - head - tail, "paragraph")) " unchanged" }
        @for line in &lines[lines.len() - tail..] { p { (line) } }
    }
}

fn changes(gone: &str, came: &str) -> Markup {
    let (a, b) = match (gone.is_empty(), came.is_empty()) {
        (false, false) => changed(gone, came),
        _ => (vec![(0, gone.len())], vec![(0, came.len())]),
    };
    html! { div class="pair" {
        div class="side" { p class="label" { "Before" } @if gone.is_empty() { p class="why" { "nothing stood here" } } (side(gone, &a, |w| html! { del { (w) } })) }
        div class="side" { p class="label" { "After" } @if came.is_empty() { p class="why" { "nothing stands here now" } } (side(came, &b, |w| html! { ins { (w) } })) }
    } }
}

fn side(text: &str, marked: &[Stretch], mark: fn(&str) -> Markup) -> Markup {
    let mut at = 0;
    html! { @for line in text.split('\n') {
        @let start = at;
        @let end = at + line.len();
        @if { at = end + 1; !line.trim().is_empty() } { p dir="auto" { @for piece in cut(start, end, marked) {
            @if piece.mark.is_some() { (mark(&text[piece.start..piece.end])) } @else { (text[piece.start..piece.end]) }
        } } }
    } }
}

#[cfg(test)]
mod tests {
    use super::revision;

    fn check(before: &str, after: &str, wanted: &[&str]) {
        let markup = revision(before, after).0;
        for part in wanted {
            assert!(markup.contains(part), "{part} in {markup}");
        }
    }

    #[test]
    fn a_changed_figure_shows_as_words() {
        check(
            "Ada Orr spoke.\nSome 12 people left.",
            "Ada Orr spoke.\nSome 15 people left.",
            &["<del>12</del>", "<ins>15</ins>", "<p>Ada Orr spoke.</p>"],
        );
    }

    #[test]
    fn a_paragraph_that_came_and_one_that_went() {
        check("One.\nTwo.", "One.\nTwo.\nThree.", &["<ins>Three.</ins>"]);
        check("One.\nTwo.", "Two.", &["<del>One.</del>"]);
        check("", "One.", &["<ins>One.</ins>"]);
        check("One.", "One.", &["<p>One.</p>"]);
        check("", "", &["revision"]);
    }

    #[test]
    fn what_stays_for_long_is_left_out() {
        check("a\nb\nc\nd\ne\nf", "a\nb\nc\nd\ne\ng", &["4 paragraphs unchanged"]);
    }

    #[test]
    fn lines_that_repeat_lose_nothing() {
        check("x\nx\nx <b>", "x\ny\nx <b>", &["&lt;b&gt;"]);
    }
}

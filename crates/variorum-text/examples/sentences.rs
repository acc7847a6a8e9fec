//! Prints where the sentences of each line of standard input end, in bytes of the line.
//!
//! `cargo run --release -p variorum-text --example sentences -- de < lines.txt`

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "an example talks to a person"
)]

fn main() {
    let language = std::env::args().nth(1).unwrap_or_else(|| "en".to_owned());
    let text = std::io::read_to_string(std::io::stdin()).expect("text on standard input");
    for line in text.lines() {
        let ends = variorum_text::sentences_in(line, &language).into_iter().map(|range| range.end.to_string());
        println!("{}", ends.collect::<Vec<_>>().join(" "));
    }
}

//! Times the parser on the texts of a file, one JSON string a line, and prints what it found.
//!
//! `cargo run --release -p variorum-syntax --example speed -- texts.jsonl parse` prints one JSON object a text instead.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "an example talks to a person"
)]

use variorum_syntax::{Depth, Sentence, parse, parse_to};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let file = std::fs::read_to_string(&args[1]).expect("a file of texts");
    let texts: Vec<String> = file.lines().map(|line| serde_json::from_str(line).expect("a JSON string")).collect();
    let begun = spent();
    parse("Start.");
    let start = spent() - begun;
    if args.get(2).is_some() {
        for text in &texts {
            println!("{}", shown(&parse(text)));
        }
        return;
    }
    println!("start {:.1} ms", start * 1e3);
    for depth in [Depth::Trees, Depth::Names, Depth::Trees, Depth::Names] {
        let begun = spent();
        let tokens: usize = texts.iter().flat_map(|text| parse_to(text, depth)).map(|s| s.tokens.len()).sum();
        let took = spent() - begun;
        println!("{depth:?}: {tokens} tokens, {:.0} a second", tokens as f64 / took);
    }
}

/// Returns the seconds that this thread was on a processor (Linux), which a busy machine does not stretch.
fn spent() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("a number") / 1e9
}

fn shown(sentences: &[Sentence]) -> serde_json::Value {
    let sentence = |sentence: &Sentence| {
        let tokens: Vec<_> = sentence
            .tokens
            .iter()
            .map(|t| serde_json::json!([t.start, t.end, t.tag.name(), t.coarse.name(), t.head, t.label.name()]))
            .collect();
        let names: Vec<_> = sentence.names.iter().map(|n| serde_json::json!([n.first, n.end, n.kind.name()])).collect();
        serde_json::json!({ "tokens": tokens, "names": names })
    };
    sentences.iter().map(sentence).collect()
}

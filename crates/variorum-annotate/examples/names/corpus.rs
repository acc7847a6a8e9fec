//! Free text with its names marked: CrossNER (MIT) and UNER English EWT (CC BY-SA 4.0).

use std::error::Error;
use std::ops::Range;
use std::path::Path;

/// A text with its names.
pub struct Sample {
    /// Which part of the data it belongs to.
    pub domain: String,
    /// Its text.
    pub text: String,
    /// Its names in bytes, and their kinds: 0 person, 1 organisation, 2 place, 3 other.
    pub names: Vec<(Range<usize>, usize)>,
    /// Whether names that are none of persons, organisations and places are marked too.
    pub marks_others: bool,
}

/// The files and their SHA-256, as `sha256sum --check` reads them.
const FILES: &str = include_str!("sources.sha256");

/// Reads all samples from a folder that holds both checkouts side by side or one over the other.
pub fn read(folder: &Path) -> Result<Vec<Sample>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for name in FILES.lines().filter_map(|line| line.split_whitespace().nth(1)) {
        let text = std::fs::read_to_string(folder.join(name)).map_err(|why| format!("{name}: {why}"))?;
        if name.ends_with(".iob2") {
            uner(&text, &mut samples);
        } else {
            let domain = name.split('/').nth(1).unwrap_or("");
            crossner(&text, domain, 1, &mut samples);
        }
    }
    Ok(samples)
}

/// Reads sentences of "word label" lines; so many sentences make a text.
pub fn crossner(text: &str, domain: &str, together: usize, samples: &mut Vec<Sample>) {
    let sentences: Vec<&str> = text.split("\n\n").filter(|s| !s.trim().is_empty()).collect();
    for group in sentences.chunks(together) {
        let mut sample =
            Sample { domain: domain.to_owned(), text: String::new(), names: Vec::new(), marks_others: true };
        for sentence in group {
            if !sample.text.is_empty() {
                let ended = sample.text.ends_with(['.', '!', '?', '"', '\'']);
                sample.text.push(if ended { ' ' } else { '\n' });
            }
            join(sentence, &mut sample);
        }
        samples.push(sample);
    }
}

fn join(sentence: &str, sample: &mut Sample) {
    let base = sample.text.len();
    let mut open_quote = false;
    let mut glue = true;
    for line in sentence.lines() {
        let Some((word, label)) = line.split_once(['\t', ' ']) else { continue };
        let quote = word == "\"" || word == "''" || word == "``";
        let closes = matches!(
            word,
            "," | "."
                | ";"
                | ":"
                | "!"
                | "?"
                | ")"
                | "]"
                | "'s"
                | "n't"
                | "%"
                | "'"
                | "'re"
                | "'ve"
                | "'ll"
                | "'d"
                | "'m"
        ) || quote && open_quote;
        if !glue && !closes && sample.text.len() > base {
            sample.text.push(' ');
        }
        let start = sample.text.len();
        sample.text.push_str(if quote { "\"" } else { word });
        let range = start..sample.text.len();
        mark(label.trim(), range, sample);
        glue = matches!(word, "(" | "[" | "$") || quote && !open_quote;
        open_quote ^= quote;
    }
}

fn mark(label: &str, range: Range<usize>, sample: &mut Sample) {
    let Some((part, kind)) = label.split_once('-') else { return };
    let kind = match kind {
        "person" | "politician" | "writer" | "musicalartist" | "scientist" | "researcher" | "PER" => 0,
        "organisation" | "politicalparty" | "band" | "university" | "ORG" => 1,
        "location" | "country" | "LOC" => 2,
        _ => 3,
    };
    match sample.names.last_mut() {
        Some((last, k)) if part == "I" && *k == kind => last.end = range.end,
        _ => sample.names.push((range, kind)),
    }
}

/// Reads documents of numbered words with a label in the third column, beside the sentence as it was written.
fn uner(text: &str, samples: &mut Vec<Sample>) {
    let mut at = 0;
    for line in text.lines() {
        if line.starts_with("# newdoc") || samples.last().is_none_or(|s| s.domain != "ewt") {
            samples.push(Sample { domain: "ewt".into(), text: String::new(), names: Vec::new(), marks_others: false });
        }
        let Some(sample) = samples.last_mut() else { return };
        if let Some(sentence) = line.strip_prefix("# text = ") {
            if !sample.text.is_empty() {
                sample.text.push(if sample.text.ends_with(['.', '!', '?', '"', ')']) { ' ' } else { '\n' });
            }
            at = sample.text.len();
            sample.text.push_str(sentence);
        }
        let mut fields = line.split('\t');
        let (Some(number), Some(word), Some(label)) = (fields.next(), fields.next(), fields.next()) else { continue };
        if number.parse::<u32>().is_err() {
            continue;
        }
        let Some(found) = sample.text[at..].find(word) else { continue };
        let range = at + found..at + found + word.len();
        at = range.end;
        mark(label, range, sample);
    }
}

//! The words in which a dossier's values are told.

use variorum_news::{DriftKind, Edge, EdgeKind, Hedge, Reading, Uncertain, Value, Variant, VariantKind, Verdict};

use crate::when::moment;

/// Returns a number of things in words: "1 report", "5 reports", "2 stories".
pub fn counted(n: usize, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if n == 1 => format!("1 {one}"),
        Some(stem) => format!("{} {stem}ies", grouped(&n.to_string())),
        None => format!("{} {one}s", grouped(&n.to_string())),
    }
}

/// Returns the value of a reading with its hedge ("about 1,200"); the compared words themselves where it has no value.
pub fn value(reading: &Reading, kind: VariantKind) -> String {
    let bare = match &reading.value {
        Some(Value::Number(n)) => number(*n),
        Some(Value::Word(word)) if matches!(kind, VariantKind::Date | VariantKind::Time) => moment(word),
        Some(Value::Word(word)) => word.clone(),
        None => return reading.span.text.clone(),
    };
    match reading.hedge {
        Some(hedge) => format!("{} {bare}", hedge_words(hedge)),
        None => bare,
    }
}

/// Returns the readings of a variant by what they say, in order of their first report.
pub fn same_values(variant: &Variant) -> Vec<(String, Vec<&Reading>)> {
    let mut groups: Vec<(String, Vec<&Reading>)> = Vec::new();
    for reading in &variant.readings {
        let value = value(reading, variant.kind);
        match groups.iter_mut().find(|(v, _)| *v == value) {
            Some((_, readings)) => readings.push(reading),
            None => groups.push((value, vec![reading])),
        }
    }
    if variant.development {
        groups.sort_by(|a, b| first_when(&a.1).cmp(&first_when(&b.1)));
    }
    groups
}

/// When a value was first so, as far as its readings say.
fn first_when<'r>(readings: &[&'r Reading]) -> Option<&'r str> {
    readings.iter().filter_map(|r| r.when.as_deref()).min()
}

/// Returns how a value went on: "12 on 3 March 2031 → 15 on 4 March 2031"; none where time explains nothing.
pub fn development(variant: &Variant) -> Option<String> {
    let told = |(value, readings): &(String, Vec<&Reading>)| match first_when(readings) {
        Some(when) => format!("{value} on {}", moment(when)),
        None => value.clone(),
    };
    let groups = same_values(variant);
    (variant.development && groups.len() > 1).then(|| groups.iter().map(told).collect::<Vec<_>>().join(" → "))
}

/// Findings surer than this are told without their confidence.
const SURE: f64 = 0.8;

/// Returns how sure a finding is, in words, where it is not.
pub fn unsure(confidence: f64) -> Option<String> {
    (confidence < SURE).then(|| format!("{:.0} % sure", confidence * 100.0))
}

/// Returns why a day is not sure, where the words for its value do not say so.
pub fn uncertain(why: Uncertain) -> Option<&'static str> {
    match why {
        Uncertain::NoYear | Uncertain::NoDate => None,
        Uncertain::WeekOnly => Some("day not given"),
        Uncertain::About => Some("about then"),
        Uncertain::Disputed => Some("reports give different days"),
    }
}

/// Returns the sign of a mark, for a screen without room for words.
pub fn sign(mark: Verdict) -> &'static str {
    match mark {
        Verdict::Agreed => "=",
        Verdict::Differs => "≠",
        Verdict::SingleOrigin => "·",
    }
}

fn hedge_words(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::About => "about",
        Hedge::Over => "over",
        Hedge::Under => "under",
        Hedge::AtLeast => "at least",
        Hedge::AtMost => "up to",
        Hedge::Between => "from",
    }
}

/// Returns a number with its thousands parted by commas.
pub fn number(n: f64) -> String {
    let plain = format!("{n}");
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |p| ("−", p));
    let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(w, f)| (w, Some(f)));
    let point = fraction.map(|f| format!(".{f}")).unwrap_or_default();
    format!("{sign}{}{point}", grouped(whole))
}

fn grouped(digits: &str) -> String {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns what a variant compares, in a word or two.
pub fn variant_kind(kind: VariantKind) -> &'static str {
    match kind {
        VariantKind::Figure => "figure",
        VariantKind::Date => "date",
        VariantKind::Time => "time of day",
        VariantKind::Status => "status",
        VariantKind::Attribution => "named source",
        VariantKind::Name => "name",
        VariantKind::Polarity => "yes or no",
        VariantKind::Scope => "scope",
    }
}

/// Returns what a rewrite changed, in a word or two.
pub fn drift_kind(kind: DriftKind) -> &'static str {
    match kind {
        DriftKind::Figure => "figure changed",
        DriftKind::Date => "date changed",
        DriftKind::Name => "name changed",
        DriftKind::Quote => "quotation changed",
        DriftKind::Hedge => "doubt dropped or added",
        DriftKind::Attribution => "named source changed",
        DriftKind::Polarity => "turned round",
        DriftKind::Status => "status changed",
        DriftKind::Cause => "cause changed",
        DriftKind::Scope => "made wider or narrower",
        DriftKind::Unsupported => "not in the source",
    }
}

/// Returns what was done with the words of a source.
pub fn edge_kind(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Copy => "copy",
        EdgeKind::Excerpt => "excerpt",
        EdgeKind::Rewrite => "rewrite",
        EdgeKind::SharedOrigin => "shared origin",
    }
}

/// Returns a link in words: what was done, whether the source is credited, how sure we are.
pub fn link(edge: &Edge) -> String {
    let credit = if edge.credited { "credited" } else { "not credited" };
    format!("{}, {credit}, {:.2}", edge_kind(edge.kind), edge.score)
}

#[cfg(test)]
mod tests {
    use variorum_news::{Reading, Span, Value, Variant, VariantKind};

    use super::{counted, development, number, unsure};

    #[test]
    fn a_development_is_told_in_order_of_time() {
        let reading = |report: &str, value: f64, when: &str| {
            let span = Span { report: report.into(), start: 0, end: 1, text: "a".into() };
            Reading {
                sentence: span.clone(),
                span,
                value: Some(Value::Number(value)),
                hedge: None,
                speaker: None,
                attributed_to: None,
                derived: false,
                when: Some(when.into()),
            }
        };
        let mut variant = Variant {
            id: "v".into(),
            kind: VariantKind::Figure,
            about: "people hurt".into(),
            statement: "st".into(),
            readings: vec![reading("b", 15.0, "2031-03-04"), reading("a", 12.0, "2031-03-03")],
            development: true,
            confidence: 1.0,
        };
        assert_eq!(development(&variant).as_deref(), Some("12 on 3 March 2031 → 15 on 4 March 2031"));
        variant.development = false;
        assert_eq!(development(&variant), None);
    }

    #[test]
    fn only_doubt_is_told() {
        assert_eq!(unsure(0.95), None);
        assert_eq!(unsure(0.621).as_deref(), Some("62 % sure"));
    }

    #[test]
    fn numbers_as_a_newsroom_prints_them() {
        assert_eq!(number(1200.0), "1,200");
        assert_eq!(number(-2.5), "−2.5");
        assert_eq!(number(1_234_567.25), "1,234,567.25");
        assert_eq!(number(f64::NAN), "NaN");
    }

    #[test]
    fn one_report_two_stories() {
        assert_eq!((counted(1, "report"), counted(0, "report")), ("1 report".into(), "0 reports".into()));
        assert_eq!(counted(2, "story"), "2 stories");
    }
}

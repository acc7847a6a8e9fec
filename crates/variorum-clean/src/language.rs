//! The language of a report, and of its parts.
//!
//! Two witnesses: the words that a language cannot do without (`data/language-words.tsv`), and the letter groups that
//! the crate `whatlang` counts. The words tell apart what letters do not (Danish and Norwegian, Galician and
//! Portuguese) and know languages that the crate lacks (Irish, Maltese, Basque …).

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use variorum_news::{Note, Report};
use whatlang::{Lang, Script};

const ROWS: &str = include_str!("../data/language-words.tsv");

/// This much of a text tells its language; more only takes longer.
const ENOUGH: usize = 1_200;
/// A part of a report with fewer words is what its report is.
const FEWEST_WORDS: usize = 25;
/// Running text has so many different words of those that its language cannot do without.
const FEWEST_DIFFERENT: usize = 6;
/// One language has so much more of its words in a text than the next, where they tell.
const TELLS: f64 = 1.1;
/// And so much more where they leave no doubt.
const SURE: f64 = 1.35;
/// And so much more where no other witness is asked.
const NO_DOUBT: f64 = 1.7;
/// The least share of words that a language cannot do without, in running text.
const COVERS: f64 = 0.18;

/// What a text says of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Guess {
    tag: &'static str,
    is_sure: bool,
}

/// Settles the language of a report and of its blocks: what the text surely is goes before what was stated.
pub(crate) fn settle(report: &mut Report) {
    let found = guess(head(&report.text));
    match (&report.language, found) {
        (None, Some(guess)) => report.language = Some(guess.tag.to_owned()),
        (Some(stated), Some(guess)) if guess.is_sure && !is_one(stated, guess.tag) => {
            let note = format!("stated as {stated}, but the text is {}; the text was believed", guess.tag);
            report.notes.push(Note { span: None, note });
            report.language = Some(guess.tag.to_owned());
        }
        _ => {}
    }
    if let Some(language) = report.language.clone() {
        mark_blocks(report, &language);
    }
}

/// Marks the blocks that are surely of another language than the report.
fn mark_blocks(report: &mut Report, language: &str) {
    let own: Vec<bool> = WORDS.languages.iter().map(|tag| is_one(tag, language)).collect();
    let mut ends = report.text.split('\n');
    for block in &mut report.blocks {
        // Blocks stand in the text line by line.
        let Some(line) = ends.next() else { break };
        let is_long = line.len() >= 5 * FEWEST_WORDS;
        if !is_long || speaks(line, &own) {
            continue;
        }
        let other = guess(head(line)).filter(|guess| guess.is_sure && !is_one(language, guess.tag));
        // A list of names in Japanese can do without a syllable of kana.
        let other = other.filter(|guess| !(guess.tag == "zh" && is_one(language, "ja")));
        block.language = other.map(|guess| guess.tag.to_owned());
    }
}

fn head(text: &str) -> &str {
    let end = text.char_indices().nth(ENOUGH).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Tells whether two tags name one language, or two that a text does not tell apart.
fn is_one(a: &str, b: &str) -> bool {
    group(a) == group(b)
}

fn group(tag: &str) -> &str {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        "no" | "nb" | "nn" => "no",
        "hr" | "sr" | "bs" | "sh" | "cnr" | "me" => "sh",
        "zh" | "yue" | "cmn" => "zh",
        "id" | "ms" | "in" => "ms",
        "he" | "iw" => "he",
        "ro" | "mo" => "ro",
        "tl" | "fil" => "tl",
        "ja" | "jp" => "ja",
        "cs" | "cz" => "cs",
        other => other,
    }
}

/// The frequent words, each with the languages that have it.
struct Words {
    languages: Vec<&'static str>,
    of: HashMap<&'static str, Vec<usize>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { languages: Vec::new(), of: HashMap::new() };
    for row in ROWS.lines().filter(|line| !line.starts_with('#')) {
        let Some((language, list)) = row.split_once('\t') else { continue };
        let n = words.languages.len();
        words.languages.push(language);
        list.split_whitespace().for_each(|word| words.of.entry(word).or_default().push(n));
    }
    words
});

/// Returns the words of a text in lower case; an apostrophe parts them ("l'hiver").
fn lowered(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphabetic());
    parts
        .filter(|word| !word.is_empty())
        .map(|word| if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() })
}

/// So many words of a block show that it goes on in the report's language.
const GLANCE: usize = 40;

/// Tells whether a text has about as many frequent words of its own language as running text has; a quick look.
fn speaks(text: &str, own: &[bool]) -> bool {
    let words: Vec<String> = lowered(text).take(GLANCE).collect();
    let knows = |word: &&String| WORDS.of.get(word.as_str()).is_some_and(|many| many.iter().any(|n| own[*n]));
    words.iter().filter(knows).count() as f64 >= COVERS * words.len() as f64
}

/// How well the frequent words of one language fit a text.
#[derive(Debug)]
struct Fit {
    tag: &'static str,
    /// How much more they say than those of the next language.
    lead: f64,
    hits: usize,
    /// How many different ones there are; names and lists repeat a few.
    n_different: usize,
    share: f64,
    n_words: usize,
}

impl Fit {
    /// Tells whether it is running text of the language, and enough of it.
    fn is_plain(&self) -> bool {
        self.n_words >= FEWEST_WORDS && self.share >= COVERS && self.n_different >= FEWEST_DIFFERENT
    }
}

fn fit(text: &str) -> Option<Fit> {
    let words: Vec<String> = lowered(text).collect();
    let mut scores = vec![(0.0f64, 0usize); WORDS.languages.len()];
    for word in &words {
        for n in WORDS.of.get(word.as_str()).into_iter().flatten() {
            // A word that few languages have tells more.
            scores[*n].0 += 1.0 / (WORDS.of[word.as_str()].len() as f64).sqrt();
            scores[*n].1 += 1;
        }
    }
    let best = (0..scores.len()).rev().max_by(|&a, &b| scores[a].0.total_cmp(&scores[b].0))?;
    let tag = WORDS.languages[best].split('-').next().unwrap_or_default();
    let others = (0..scores.len()).filter(|n| !is_one(WORDS.languages[*n], tag) || *n != best && tag != "sr");
    let second = others.map(|n| scores[n].0).fold(0.0, f64::max);
    let (score, hits) = scores[best];
    let has = |word: &str, n: usize| WORDS.of.get(word).is_some_and(|many| many.contains(&n));
    let different: BTreeSet<&String> = words.iter().filter(|word| has(word, best)).collect();
    (hits > 0).then(|| Fit {
        tag,
        n_different: different.len(),
        lead: if second > 0.0 { score / second } else { f64::INFINITY },
        hits,
        // Code and abbreviations are full of single letters, which are words somewhere.
        share: words.iter().filter(|word| word.chars().count() > 1 && has(word, best)).count() as f64
            / words.len() as f64,
        n_words: words.len(),
    })
}

fn guess(text: &str) -> Option<Guess> {
    let script = whatlang::detect_script(text)?;
    if !matches!(script, Script::Latin | Script::Cyrillic) {
        return of_script(text);
    }
    let fit = fit(text);
    // Counting letters takes longer than all else here, and running text leaves no doubt without it.
    if let Some(fit) = fit.as_ref().filter(|fit| fit.is_plain() && fit.lead >= NO_DOUBT) {
        return Some(Guess { tag: fit.tag, is_sure: true });
    }
    let letters = whatlang::detect(text);
    let by_letters = letters.as_ref().and_then(|found| short(found.lang()));
    let is_reliable = letters.as_ref().is_some_and(|found| found.is_reliable());
    let Some(fit) = fit else {
        return by_letters.filter(|_| is_reliable).map(|tag| Guess { tag, is_sure: false });
    };
    let agree = by_letters == Some(fit.tag);
    let is_new = !KNOWN_BY_LETTERS.contains(&fit.tag);
    let is_sure =
        fit.is_plain() && fit.lead >= SURE && (agree || is_new || by_letters.is_some_and(|tag| is_one(tag, fit.tag)));
    let tells = fit.hits >= 2 && fit.lead >= TELLS || agree;
    // Of a language without a word list the letters alone can tell.
    let is_listed = by_letters.is_none_or(|tag| WORDS.languages.contains(&tag));
    let outdone = is_reliable && (fit.hits < 3 || !is_listed && (fit.share < COVERS || fit.lead < SURE));
    if tells && (agree || !outdone) {
        return Some(Guess { tag: fit.tag, is_sure });
    }
    by_letters.filter(|_| is_reliable).map(|tag| Guess { tag, is_sure: false })
}

/// Languages of the word lists that the crate knows too.
const KNOWN_BY_LETTERS: &[&str] = &[
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "ro", "hu", "fi", "et", "lv", "lt",
    "sv", "da", "nb", "ca", "tr", "id", "ru", "uk", "be", "bg", "mk", "cy",
];

/// Returns the language that a script of its own tells.
fn of_script(text: &str) -> Option<Guess> {
    let kana = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30ff}')).count();
    let han = text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}')).count();
    let is_long = text.chars().count() >= 2 * FEWEST_WORDS;
    if kana + han > 0 && kana + han >= text.chars().filter(|c| c.is_alphabetic()).count() / 2 {
        let tag = if kana * 10 >= kana + han { "ja" } else { "zh" };
        return Some(Guess { tag, is_sure: is_long });
    }
    let found = whatlang::detect(text)?;
    Some(Guess { tag: short(found.lang())?, is_sure: found.is_reliable() && is_long })
}

/// Returns a language tag in its usual form ("EN_us" is "en-US"), where it is one.
pub(crate) fn tag(stated: &str) -> Option<String> {
    let mut parts = stated.trim().split(['-', '_']);
    let main = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&main.len()) || !main.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let rest: Vec<String> = parts
        .take(2)
        .filter(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(|part| if part.len() == 2 { part.to_ascii_uppercase() } else { part.to_owned() })
        .collect();
    Some(std::iter::once(main).chain(rest).collect::<Vec<_>>().join("-"))
}

/// ISO 639-1 has two letters where 639-3 has three; BCP 47 wants the shorter.
fn short(lang: Lang) -> Option<&'static str> {
    let pairs = "epo eo eng en rus ru cmn zh spa es por pt ita it ben bn fra fr deu de ukr uk kat ka ara ar hin hi jpn ja heb he \
        yid yi pol pl amh am jav jv kor ko nob nb dan da swe sv fin fi tur tr nld nl hun hu ces cs ell el bul bg bel be mar mr kan kn \
        ron ro slv sl hrv hr srp sr mkd mk lit lt lav lv est et tam ta vie vi urd ur tha th guj gu uzb uz pan pa aze az ind id tel te \
        pes fa mal ml ori or mya my nep ne sin si khm km tuk tk aka ak zul zu sna sn afr af lat la slk sk cat ca tgl tl hye hy cym cy";
    let mut words = pairs.split_whitespace();
    while let (Some(long), Some(short)) = (words.next(), words.next()) {
        if long == lang.code() {
            return Some(short);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use variorum_news::{Block, BlockKind, Report};

    use super::{guess, head, settle, tag};

    const CASES: &str = include_str!("../cases/languages.tsv");

    fn of_text(text: &str) -> Option<String> {
        guess(head(text)).map(|guess| guess.tag.to_owned())
    }

    fn cases() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
        let rows = CASES.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t').map(|(language, text)| (language, text.split('|').collect())))
    }

    /// Every text of five sentences is told, and none is sure of another language.
    #[test]
    fn texts_of_five_sentences() {
        for (language, sentences) in cases() {
            let text = sentences.join(" ");
            assert_eq!(of_text(&text).as_deref(), Some(language), "{text}");
        }
    }

    /// The least share of single sentences that are told, and the most that are told wrongly; the rest are left open.
    const FLOOR: f64 = 0.88;
    const WRONG: f64 = 0.03;

    #[test]
    fn single_sentences() {
        let (mut told, mut all, mut wrong) = (0, 0, Vec::new());
        for (language, sentences) in cases() {
            for sentence in sentences {
                all += 1;
                let found = guess(sentence);
                assert!(found.is_none_or(|found| !found.is_sure || found.tag == language), "{sentence}: {found:?}");
                match found {
                    Some(found) if found.tag == language => told += 1,
                    found => wrong.push((language, found.map(|found| found.tag), sentence)),
                }
            }
        }
        let n_wrong = wrong.iter().filter(|(_, found, _)| found.is_some()).count();
        assert!(told as f64 >= FLOOR * all as f64, "{told} of {all}: {wrong:#?}");
        assert!(n_wrong as f64 <= WRONG * all as f64, "{n_wrong} of {all}: {wrong:#?}");
    }

    #[test]
    fn plain_languages() {
        let english =
            "The ferry sank at dawn near the harbour wall, and the crew was brought ashore by three fishing boats.";
        assert_eq!(of_text(english).as_deref(), Some("en"));
        assert_eq!(of_text("Ferry"), None);
        assert_eq!(of_text(""), None);
    }

    #[test]
    fn tags() {
        assert_eq!(tag("EN_us").as_deref(), Some("en-US"));
        assert_eq!(tag("zh-Hant-TW").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(tag("English"), None);
    }

    fn text_of(language: &str) -> String {
        cases().find(|(found, _)| *found == language).map(|(_, text)| text.join(" ")).expect("it is among the cases")
    }

    fn report(stated: Option<&str>, lines: &[&str]) -> Report {
        let mut report = Report::of_text("r", lines.join("\n"));
        report.language = stated.map(str::to_owned);
        let mut at = 0;
        for line in lines {
            let end = at + line.chars().count();
            report.blocks.push(Block { kind: BlockKind::Paragraph, start: at, end, language: None });
            at = end + 1;
        }
        settle(&mut report);
        report
    }

    #[test]
    fn the_text_is_believed_before_what_is_stated() {
        let german = text_of("de");
        let settled = report(Some("en-US"), &[&german]);
        assert_eq!(settled.language.as_deref(), Some("de"));
        assert_eq!(settled.notes[0].note, "stated as en-US, but the text is de; the text was believed");
        let agreed = report(Some("de-AT"), &[&german]);
        assert_eq!((agreed.language.as_deref(), agreed.notes.len()), (Some("de-AT"), 0));
        let close = report(Some("bs"), &[&text_of("hr")]);
        assert_eq!((close.language.as_deref(), close.notes.len()), (Some("bs"), 0));
        let short = report(Some("en"), &["Der Hafen war am Dienstag geschlossen."]);
        assert_eq!(short.language.as_deref(), Some("en"));
    }

    #[test]
    fn a_block_of_another_language_is_marked() {
        let (english, french, japanese) = (text_of("en"), text_of("fr"), text_of("ja"));
        let mixed = report(None, &[&english, &french, "« Non »", &english, &japanese, &english]);
        assert_eq!(mixed.language.as_deref(), Some("en"));
        let marks: Vec<Option<&str>> = mixed.blocks.iter().map(|block| block.language.as_deref()).collect();
        assert_eq!(marks, [None, Some("fr"), None, None, Some("ja"), None]);
    }
}

//! The language of a report, and of its parts.

use variorum_news::{Note, Report};
use variorum_text::{is_one_language, language, seems_language};

/// A part of a report with fewer bytes is what its report is: about 25 words.
const LONG: usize = 125;

/// Settles the language of a report and of its blocks: what the text surely is goes before what was stated.
pub(crate) fn settle(report: &mut Report) {
    let found = language(&report.text);
    match (&report.language, found) {
        (None, Some(guess)) => report.language = Some(guess.tag.to_owned()),
        (Some(stated), Some(guess)) if guess.is_sure && !is_one_language(stated, guess.tag) => {
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
fn mark_blocks(report: &mut Report, own: &str) {
    let mut ends = report.text.split('\n');
    for block in &mut report.blocks {
        // Blocks stand in the text line by line.
        let Some(line) = ends.next() else { break };
        if line.len() < LONG || seems_language(line, own) {
            continue;
        }
        let other = language(line).filter(|other| other.is_sure && !is_one_language(own, other.tag));
        // A list of names in Japanese can do without a syllable of kana.
        let other = other.filter(|other| !(other.tag == "zh" && is_one_language(own, "ja")));
        block.language = other.map(|other| other.tag.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use variorum_news::{Block, BlockKind, Report};

    use super::settle;

    const CASES: &str = include_str!("../../variorum-text/cases/languages.tsv");

    fn text_of(language: &str) -> String {
        let row = CASES.lines().find_map(|row| row.split_once('\t').filter(|(found, _)| *found == language));
        row.expect("it is among the cases").1.replace('|', " ")
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

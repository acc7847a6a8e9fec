//! What every reader and `clean` promise, whatever bytes come in.

use variorum::news::{Page, Report};

/// Reads bytes under a name, cleans what came out, and checks every promise.
pub fn read_and_clean(name: &str, bytes: &[u8]) {
    for found in variorum_read::read_bytes(name, bytes) {
        match found {
            Ok(page) => clean(&page),
            Err(problem) => {
                assert!(problem.path.is_some() || problem.id.is_some(), "a problem without a name: {problem:?}");
                assert!(!problem.reason.trim().is_empty(), "a problem without a reason");
            }
        }
    }
}

/// Reads bytes that begin as a format does, so that no input is spent on finding the format.
pub fn read_as(name: &str, beginning: &[u8], bytes: &[u8]) {
    read_and_clean(name, &[beginning, bytes].concat());
}

/// Cleans a page, twice, and checks what came out.
pub fn clean(page: &Page) {
    let first = variorum::clean(page);
    assert_eq!(first, variorum::clean(page), "the same page, another report");
    if let Ok(report) = first {
        check(&report);
    }
}

fn check(report: &Report) {
    let chars: Vec<char> = report.text.chars().collect();
    let mut at = 0;
    for block in &report.blocks {
        assert!(at <= block.start && block.start < block.end && block.end <= chars.len(), "{block:?} after {at}");
        assert!(chars[at..block.start].iter().all(|c| c.is_whitespace()), "words outside the blocks before {block:?}");
        at = block.end;
    }
    assert!(chars[at..].iter().all(|c| c.is_whitespace()), "words after the last block");
    for span in report.credits.iter().filter_map(|credit| credit.span.as_ref()) {
        assert_eq!(chars[span.start..span.end].iter().collect::<String>(), span.text, "a span that is not its slice");
    }
    assert!(report.removed.iter().all(|gone| !gone.reason.is_empty()), "taken out without a reason");
    assert!(report.confidence.is_none_or(|sure| (0.0..=1.0).contains(&sure)), "confidence {:?}", report.confidence);
    assert!(!report.text.contains('\r'), "a carriage return in the text");
}

//! Lines of a fixed width, as wires have sent them since the teleprinter: the breaks in them mean nothing.

/// Most wires break lines at 60 to 80 characters; a line of a table or of a list is shorter.
const WIDTH: std::ops::RangeInclusive<usize> = 40..=100;

/// Fewer breaks do not tell how a text was broken.
const FEWEST: usize = 3;

/// Tells whether the breaks after these lines only keep to a width: nearly all have it, and most are no sentence's end.
pub(crate) fn is_wrapped<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut n, mut full, mut open) = (0, 0, 0);
    for line in lines.map(str::trim) {
        n += 1;
        full += usize::from(WIDTH.contains(&line.chars().count()));
        open += usize::from(!line.ends_with(['.', '!', '?', ':', ';', '"', '”', '»']));
    }
    n >= FEWEST && full * 5 >= n * 4 && open * 2 > n
}

/// Returns text with a line a paragraph, where it was broken to a width and an indent or an empty line parts paragraphs.
pub(crate) fn unwrapped(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let goes_on = |pair: &&[&str]| !pair[0].trim().is_empty() && !begins_paragraph(pair[1]);
    if !is_wrapped(lines.windows(2).filter(goes_on).map(|pair| pair[0])) {
        return None;
    }
    let mut whole = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        let is_new = at == 0 || begins_paragraph(line) || lines[at - 1].trim().is_empty();
        if line.trim().is_empty() {
            continue;
        }
        if !whole.is_empty() {
            whole.push(if is_new { '\n' } else { ' ' });
        }
        whole.push_str(line.trim());
    }
    Some(whole)
}

fn begins_paragraph(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(['\t', '\u{a0}']) || line.starts_with("  ") || line.starts_with("* ")
}

#[cfg(test)]
mod tests {
    use super::unwrapped;

    #[test]
    fn a_story_as_wires_send_it() {
        let text = "    * Fee to rise in May\n    * Council votes nine to two\n\n    PORT DELMARE (DW) - The fee of the harbour of Port Delmare\n\
                    will rise by 4 percent in May, the council decided on Friday\nafter a long night, its clerk said.\n    \
                    Ferries pay more, fishing boats pay nothing, as they always\nhave done in Delmare.\n";
        let paragraphs = "* Fee to rise in May\n* Council votes nine to two\nPORT DELMARE (DW) - The fee of the harbour of Port Delmare \
                          will rise by 4 percent in May, the council decided on Friday after a long night, its clerk said.\nFerries pay \
                          more, fishing boats pay nothing, as they always have done in Delmare.";
        assert_eq!(unwrapped(text).as_deref(), Some(paragraphs));
    }

    #[test]
    fn lines_that_mean_something_stay() {
        assert_eq!(unwrapped("Alder 2 Delmare 1\nVell 0 Orr 0\nLee 1 Roe 4\nAsh 3 Port 3\n"), None);
        assert_eq!(unwrapped("The ferry ran aground off Port Delmare at dawn.\n\nAll were saved.\n"), None);
        let sentences = "The ferry Halcyon ran aground off Port Delmare at dawn.\n".repeat(6);
        assert_eq!(unwrapped(&sentences), None);
    }
}

//! What a reader of XML cannot pass over: stray control characters and stray brackets.

use std::borrow::Cow;

/// What may follow `<!`; any other is a bracket in the text.
const DECLARATIONS: &[&str] = &["--", "[CDATA[", "DOCTYPE", "ENTITY", "ELEMENT", "ATTLIST", "NOTATION"];

/// Returns a document without control characters, its brackets that open no tag written as references.
pub(super) fn repaired(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches('\u{feff}');
    let text = match text.contains(is_stray) {
        true => Cow::Owned(text.replace(is_stray, "")),
        false => Cow::Borrowed(text),
    };
    let brackets = stray_brackets(&text);
    if brackets.is_empty() {
        return text;
    }
    let mut whole = String::with_capacity(text.len() + 3 * brackets.len());
    let mut from = 0;
    for at in brackets {
        whole.push_str(&text[from..at]);
        whole.push_str("&lt;");
        from = at + 1;
    }
    whole.push_str(&text[from..]);
    Cow::Owned(whole)
}

fn is_stray(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn stray_brackets(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        let rest = &text[at + 1..];
        let literal = [("![CDATA[", "]]>"), ("!--", "-->"), ("?", "?>")]
            .iter()
            .find_map(|(open, close)| rest.strip_prefix(open).map(|inside| (inside, close)));
        from = match literal {
            // Left open, it takes all that follows.
            Some((inside, close)) => match inside.find(close) {
                Some(end) => text.len() - inside.len() + end,
                None => break,
            },
            None => at + 1,
        };
        if literal.is_none() && !opens_tag(rest) {
            found.push(at);
        }
    }
    found
}

fn opens_tag(rest: &str) -> bool {
    let is_name = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
    match rest.chars().next() {
        Some('/') => rest[1..].starts_with(is_name),
        Some('!') => DECLARATIONS
            .iter()
            .any(|word| rest.get(1..=word.len()).is_some_and(|written| written.eq_ignore_ascii_case(word))),
        Some(c) => is_name(c),
        None => false,
    }
}

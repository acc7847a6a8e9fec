//! References in text: `&amp;`, `&#8217;`, `&eacute;`.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// The longest reference that means anything, without its `&` and `;`.
const LONGEST: usize = 32;

/// Returns text with its references resolved: those of XML, those of HTML, and numbers.
///
/// One that is unknown stays as it is written: entities that a document declares itself are never expanded.
pub(crate) fn resolved(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut done = String::with_capacity(text.len());
    done.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('&') {
        done.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST + 1).position(|byte| !is_of_name(byte));
        match end.filter(|end| rest.as_bytes()[*end] == b';') {
            Some(end) if push(&rest[..end], &mut done) => rest = &rest[end + 1..],
            _ => done.push('&'),
        }
    }
    done.push_str(rest);
    Cow::Owned(done)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'#'
}

fn push(name: &str, done: &mut String) -> bool {
    match name.strip_prefix('#') {
        Some(number) => numbered(number).inspect(|c| done.extend(*c)).is_some(),
        None => resolve_html5_entity(name).inspect(|words| done.push_str(words)).is_some(),
    }
}

/// Returns the character of a number; one that no text can hold stands for nothing.
fn numbered(number: &str) -> Option<Option<char>> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse::<u32>().ok()?,
    };
    // These name bytes of Windows-1252, as in HTML ("numeric character reference end state").
    if let byte @ 0x80..=0x9f = code {
        return Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte as u8]).0.chars().next());
    }
    Some(char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')))
}

//! Tells web and mail addresses, which are kept whole.

use crate::classes::{self, Classes};

/// Tells whether a word is an address: an optional scheme, an optional user, a host with a last part in lower case (or a
/// public number), an optional port, and what follows.
pub fn is_address(word: &str, classes: &Classes) -> bool {
    let after_scheme = word.find("://").map(|at| word.split_at(at)).filter(|(scheme, _)| {
        scheme.chars().count() >= 2 && scheme.chars().all(|c| is_word(c) || matches!(c, '+' | '-' | '.'))
    });
    [Some(word), after_scheme.map(|(_, rest)| &rest[3..])].into_iter().flatten().any(|rest| {
        let after_user = rest.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| &rest[at + 1..]);
        std::iter::once(rest).chain(after_user).any(|rest| is_host_and_more(rest, classes))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_host_and_more(text: &str, classes: &Classes) -> bool {
    let in_host = |c: char| in_label(c) || matches!(c, '.' | '_' | '-') || classes.is(c, classes::HOST);
    let end = text.find(|c| !in_host(c)).unwrap_or(text.len());
    let (host, more) = text.split_at(end);
    (is_name(host, classes) || is_public_number(host)) && is_port_and_path(more)
}

/// What a part of a host name begins and ends with.
fn in_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

fn is_name(host: &str, classes: &Classes) -> bool {
    let Some((labels, last)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        label.starts_with(in_label)
            && label.ends_with(in_label)
            && label.chars().all(|c| in_label(c) || matches!(c, '_' | '-'))
            && label.chars().count() <= 64
    };
    (2..=63).contains(&last.chars().count()) && classes.all(last, classes::HOST) && labels.split('.').all(is_label)
}

/// Tells whether a host is four numbers that are not private.
fn is_public_number(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').collect();
    let plain = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() != 4 || !parts.iter().all(plain) {
        return false;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let private = match (numbers[0], numbers[1]) {
        (10 | 127, _) | (169, 254) | (192, 168) => true,
        (172, second) => (16..=31).contains(&second),
        _ => false,
    };
    let padded = |at: usize| parts[at].len() > 1 && parts[at].starts_with('0');
    !private
        && !padded(0)
        && !padded(3)
        && (1..=223).contains(&numbers[0])
        && numbers[1] <= 255
        && numbers[2] <= 255
        && (1..=254).contains(&numbers[3])
}

fn is_port_and_path(text: &str) -> bool {
    let path = text.strip_prefix(':').map_or(text, |rest| {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if (2..=5).contains(&(rest.len() - after.len())) { after } else { text }
    });
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        let classes = Classes::new();
        for address in ["delmare.example", "https://ferry.example:8080/a?b", "ada.orr@delmare.example", "8.8.8.8/dns"] {
            assert!(is_address(address, &classes), "{address}");
        }
        for word in ["ferry", "U.S.A.", "3.5", "10.0.0.1", "a@b", "end.Start", "delmare.example,"] {
            assert!(!is_address(word, &classes), "{word}");
        }
    }
}

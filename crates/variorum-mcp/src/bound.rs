//! Answers of bounded size, and where they go on.

use serde::Serialize;
use serde_json::{Value, json};

use crate::given::Refusal;

/// About the most bytes of items in an answer: some five thousand words, a part of what an assistant can hold.
const MOST_BYTES: usize = 24_000;

/// A part of a list.
pub struct Bounded {
    /// The items.
    pub items: Vec<Value>,
    /// Where the next part begins.
    pub next: Option<String>,
}

/// Returns the part of a list that fits an answer, from where a cursor points to.
///
/// `list` names the list and its state; a cursor of another is refused. An item that is too long by itself is replaced by a
/// line that says so.
pub fn bounded<T: Serialize>(all: &[T], list: &str, cursor: Option<&str>) -> Result<Bounded, Refusal> {
    let from = cursor.map_or(Ok(0), |cursor| place(cursor, list))?;
    let mut items = Vec::new();
    let (mut bytes, mut at) = (0, from);
    for item in all.iter().skip(from) {
        let item = fitting(serde_json::to_value(item).unwrap_or_default());
        bytes += item.to_string().len();
        if bytes > MOST_BYTES && !items.is_empty() {
            break;
        }
        items.push(item);
        at += 1;
    }
    Ok(Bounded { items, next: (at < all.len()).then(|| cursor_text(at, list)) })
}

fn fitting(item: Value) -> Value {
    let long = item.to_string().len();
    if long <= MOST_BYTES {
        return item;
    }
    json!({ "too_long": format!("this item has {long} bytes and is left out; read the reports that it names with `report`") })
}

/// Returns a cursor of a list.
pub fn cursor_text(at: usize, list: &str) -> String {
    format!("{at:x}.{:08x}", check(list))
}

/// Returns the place that a cursor points to.
pub fn place(cursor: &str, list: &str) -> Result<usize, Refusal> {
    let refused =
        || Refusal::new("this `cursor` is of another list, or the list changed since", "ask again without `cursor`");
    let (at, known) = cursor.split_once('.').ok_or_else(refused)?;
    if u32::from_str_radix(known, 16).ok() != Some(check(list)) {
        return Err(refused());
    }
    usize::from_str_radix(at, 16).map_err(|_| refused())
}

/// FNV-1a: it only tells lists apart.
fn check(list: &str) -> u32 {
    list.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_comes_in_parts_and_nothing_is_lost() {
        let all: Vec<String> = (0..100).map(|n| format!("{n} {}", "x".repeat(1_000))).collect();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let part = bounded(&all, "s1 account", cursor.as_deref()).ok().unwrap();
            assert!(part.items.iter().map(|i| i.to_string().len()).sum::<usize>() <= MOST_BYTES);
            seen.extend(part.items);
            cursor = part.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn an_item_without_end_is_named_and_left_out() {
        let part = bounded(&["x".repeat(90_000), "short".to_owned()], "l", None).ok().unwrap();
        assert!(part.items[0]["too_long"].as_str().unwrap().contains("90002 bytes"));
        assert_eq!(part.items[1], "short");
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let cursor = cursor_text(7, "s1 account");
        assert_eq!(place(&cursor, "s1 account"), Ok(7));
        for (odd, list) in [(cursor.as_str(), "s2 account"), ("", "l"), ("x.y", "l"), ("é", "l")] {
            assert!(place(odd, list).is_err(), "{odd}");
        }
    }
}

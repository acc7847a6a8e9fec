//! What recurs: "every Monday", "daily", "twice a week", "on Sundays".

use super::super::lexicon::Cue;
use super::super::tokens::Tokens;
use super::super::value::{Amount, Meaning, period};
use super::{Found, calendar, numbers};

/// Reads a recurring time.
pub(super) fn set(t: &Tokens, i: usize) -> Found {
    let found = |end, value| Some((end, Meaning::Set(value)));
    let sense = t.sense(i);
    // "The Orr Daily News" recurs as well, but is a name.
    let name = t.at(i).capital && (t.at(i + 1).capital || (i > 0 && !t.is_mark(i - 1)));
    if let Some(value) = sense.set.filter(|_| !name) {
        return found(i + 1, value.to_owned());
    }
    if sense.weekdays > 0 {
        return found(i + 1, format!("XXXX-WXX-{}", sense.weekdays));
    }
    match sense.cue? {
        Cue::Every => every(t, i),
        Cue::Per => {
            let unit = t.sense(i + 1).unit.filter(|_| !t.sense(i + 1).plural)?;
            found(i + 2, period(Amount::Of(1.0), unit))
        }
        Cue::Once if t.is(i + 1, Cue::A) || t.is(i + 1, Cue::Per) || t.is(i + 1, Cue::Every) => {
            let (at, amount) = numbers::amount(t, i + 2).unwrap_or((i + 2, Amount::Of(1.0)));
            let unit = t.sense(at).unit?;
            found(at + 1, period(amount, unit))
        }
        _ => None,
    }
}

fn every(t: &Tokens, i: usize) -> Found {
    let at = if t.says(i + 1, "other") || t.says(i + 1, "single") { i + 2 } else { i + 1 };
    let twice = t.says(i + 1, "other");
    if let Some((end, weekday)) = calendar::weekday(t, at) {
        let (end, hour) = calendar::part_after(t, end);
        let tail = hour.map(|hour| hour.tail()).unwrap_or_default();
        return Some((end, Meaning::Set(format!("XXXX-WXX-{weekday}{tail}"))));
    }
    let sense = t.sense(at);
    let value = if let Some(part) = sense.part.filter(|_| sense.unit.is_none() || t.says(at, "night")) {
        format!("XXXX-XX-XXT{part}")
    } else if let Some(season) = sense.season {
        format!("XXXX-{season}")
    } else if sense.month > 0 && t.at(at).capital {
        format!("XXXX-{:02}", sense.month)
    } else {
        let (at, amount) = match numbers::amount(t, at) {
            Some(amount) if t.sense(at).unit.is_none() => amount,
            _ => (at, Amount::Of(if twice { 2.0 } else { 1.0 })),
        };
        let unit = t.sense(at).unit?;
        return Some((at + 1, Meaning::Set(period(amount, unit))));
    };
    Some((at + 1, Meaning::Set(value)))
}

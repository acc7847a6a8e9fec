//! A date that the sources do not give, give otherwise, or give without a year.

use variorum_news::{DateMention, Drift, DriftKind};

use super::{Held, of};
use crate::align::likeness;
use crate::dates::{Days, Fields, days, is_point, states_year, times_differ};

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let mentions = &held.witness.notes.dates[held.passage.dates.clone()];
    mentions.iter().filter(|m| is_point(m)).filter_map(|mention| one(held, mention)).collect()
}

fn one(held: Held, mention: &DateMention) -> Option<Drift> {
    if held.sources.says(&mention.span.text) {
        return None;
    }
    let fields = Fields::of_value(&mention.value);
    let mut others: Vec<(&DateMention, Fields, f64)> = Vec::new();
    for (place, passage) in held.sources.passages() {
        let (witness, _) = held.sources.at(place);
        let alike = likeness(held.passage, passage, held.sources.forms).score;
        for other in witness.notes.dates[passage.dates.clone()].iter().filter(|d| is_point(d)) {
            others.push((other, Fields::of_value(&other.value), alike));
        }
    }
    others.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.span.cmp(&b.0.span)));
    let agrees = |f: &Fields| matches!(days(&fields, f), Days::Equal) && !times_differ(&fields, f);
    if states_year(mention) {
        // A date that agrees but for its year: does any source state the year?
        let yearless =
            others.iter().find(|(o, f, _)| !states_year(o) && f.month.is_some() && same_month_and_day(&fields, f));
        // A year that stands elsewhere in the source belongs to something else, unless that passage is near this one.
        let stated = others.iter().any(|(o, f, alike)| states_year(o) && f.year == fields.year && *alike >= 0.3);
        if let Some((other, f, _)) = yearless
            && !stated
            && f.year != fields.year
        {
            let explain = match f.year {
                None => "the source gives no year".to_owned(),
                Some(year) => format!("the source gives no year; published when it was, it means {year}"),
            };
            return Some(of(DriftKind::Date, mention.span.clone(), Some(other.span.clone()), explain));
        }
    }
    if others.iter().any(|(_, f, _)| agrees(f)) {
        return None;
    }
    if others
        .iter()
        .any(|(_, f, _)| days(&fields, f) == Days::Compatible && !adds(&fields, f) && !times_differ(&fields, f))
    {
        return None;
    }
    let differs = others.iter().find(|(_, f, alike)| {
        *alike >= 0.3
            && (days(&fields, f) == Days::Differ || days(&fields, f) != Days::Unknown && times_differ(&fields, f))
    });
    if let Some((other, _, _)) = differs {
        let explain = format!("the source says “{}”", other.span.text);
        return Some(of(DriftKind::Date, mention.span.clone(), Some(other.span.clone()), explain));
    }
    if vague(mention, &fields) || number_stands(held, mention) {
        return None;
    }
    Some(of(DriftKind::Date, mention.span.clone(), None, "no source gives this date"))
}

fn same_month_and_day(a: &Fields, b: &Fields) -> bool {
    a.month == b.month && a.day == b.day && a.day.is_some()
}

/// The rewrite knows a field that the source does not.
fn adds(rewrite: &Fields, source: &Fields) -> bool {
    (rewrite.day.is_some() && source.day.is_none() && rewrite.weekday != source.weekday)
        || (rewrite.month.is_some() && source.month.is_none() && source.weekday.is_none())
}

/// "Recently", "last year": words that a writer adds from where he stands, not from a source.
fn vague(mention: &DateMention, fields: &Fields) -> bool {
    let relative = mention.span.text.split_whitespace().any(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "last"
                | "this"
                | "next"
                | "ago"
                | "earlier"
                | "later"
                | "today"
                | "yesterday"
                | "tomorrow"
                | "recent"
                | "same"
                | "following"
                | "previous"
        )
    });
    relative || !(fields.names_a_day() || fields.year.is_some() || fields.month.is_some() || fields.clock.is_some())
}

/// Every number and name of the date stands somewhere in the sources, so it may be joined of two places.
fn number_stands(held: Held, mention: &DateMention) -> bool {
    held.witness.tokens_in(held.passage, &mention.span).iter().all(|token| held.sources.has(token))
}

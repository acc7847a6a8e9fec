//! One length, mass or time in two units: "20 miles" is "32 km".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use variorum_news::Figure;

use crate::sources::Sources;

/// How far a writer's rounding may lead from the exact conversion.
const ROUNDING: f64 = 0.06;

static MEASURES: LazyLock<FxHashMap<&'static str, (&'static str, f64)>> = LazyLock::new(|| {
    include_str!("../../../data/en/measures.tsv")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, (fields.next()?, fields.next()?.parse().ok()?)))
        })
        .collect()
});

/// Returns the kind of measure and the amount in the first unit of that kind.
fn plain(figure: &Figure) -> Option<(&'static str, f64)> {
    let unit =
        figure.unit.as_deref().map(|unit| unit.split('/').next().filter(|_| !unit.contains("km/h")).unwrap_or(unit));
    match unit {
        // "Half of them", "one in four": a share without a unit.
        None if figure.value < 1.0 => Some(("share", figure.value * 100.0)),
        None => None,
        Some("°F") => Some(("temperature", (figure.value - 32.0) / 1.8 + 273.15)),
        Some("°C") => Some(("temperature", figure.value + 273.15)),
        Some(unit) => MEASURES.get(unit).map(|(kind, factor)| (*kind, figure.value * factor)),
    }
}

/// Tells whether a source gives the amount in another unit.
pub(super) fn same_in_another_unit(figure: &Figure, sources: &Sources) -> bool {
    let Some((kind, mine)) = plain(figure) else { return false };
    sources.passages().any(|(place, passage)| {
        let (witness, _) = sources.at(place);
        witness.notes.figures[passage.figures.clone()].iter().any(|other| {
            let room = if kind == "temperature" { 0.006 } else { ROUNDING };
            other.unit != figure.unit
                && plain(other).is_some_and(|(k, theirs)| k == kind && (mine - theirs).abs() <= room * theirs.abs())
        })
    })
}

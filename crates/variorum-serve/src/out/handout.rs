//! A story as it stands, as the writers want it.

use variorum_newsroom::{Ruling, Told, drift_key, told, variant_key};
use variorum_publish::{Finding, Handout, Kept, Room, Ruled};
use variorum_store::View;

use super::asked::Asked;
use crate::Error;

/// Reads a story, also by a name that was merged away, and hands it to a writer.
pub fn with<T>(view: &View, asked: &Asked, id: &str, write: impl FnOnce(&Handout) -> T) -> Result<T, Error> {
    let Some(told) = told(view, id)? else { return Err(missing(view, id)?) };
    let room = asked.room(view)?;
    let edition = view.editions(&told.card.id)?.last().map_or(1, |(n, _)| *n);
    Ok(write(&handout(&room, &told, edition)))
}

fn missing(view: &View, id: &str) -> Result<Error, Error> {
    Ok(match view.gone(variorum_store::Gone::Story, id)? {
        Some(_) => Error::Gone(format!("story `{id}`")),
        None => Error::Missing(format!("story `{id}`")),
    })
}

fn handout<'a>(room: &'a Room, told: &'a Told, edition: u32) -> Handout<'a> {
    let finding = |key: String| {
        let ruling = told.decisions.get(&key).map(|decision| match decision.ruling {
            Ruling::Confirmed => Ruled::Confirmed,
            Ruling::Dismissed => Ruled::Dismissed,
        });
        Finding { key, ruling }
    };
    Handout {
        room,
        story: &told.story,
        reports: told
            .reports
            .iter()
            .map(|member| Kept {
                report: &member.report,
                first_seen: member.row.first_seen,
                revised: member.row.revised,
                revisions: member.row.revisions,
            })
            .collect(),
        first_seen: told.card.first_seen,
        changed: told.card.changed,
        edition,
        variants: told.story.variants.iter().map(|variant| finding(variant_key(variant))).collect(),
        drift: told.story.drift.iter().map(|drift| finding(drift_key(drift))).collect(),
    }
}

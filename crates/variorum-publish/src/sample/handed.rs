//! The invented story as it is handed out, and a feed of it.

use variorum_news::{Dossier, Report};

use crate::{Counts, Feed, FeedStory, FeedWitness, Finding, Handout, Kept, Room, Ruled};

/// 4 March 2031, 16:00 UTC.
const CHANGED: i64 = 1_930_406_400;

/// Returns an invented newsroom.
pub fn room() -> Room {
    Room { record: "delmare-desk".into(), address: "https://news.delmare.example".into(), version: "0.1.0".into() }
}

/// Returns the first story of a dossier as it is handed out.
pub fn handout<'a>(room: &'a Room, dossier: &'a Dossier) -> Handout<'a> {
    let story = &dossier.stories[0];
    let finding = |key: String, ruling| Finding { key, ruling };
    let ruled = |n: usize| [None, Some(Ruled::Confirmed), Some(Ruled::Dismissed)].get(n).copied().flatten();
    Handout {
        room,
        story,
        reports: story.reports.iter().filter_map(|id| kept(dossier.reports.iter().find(|r| r.id == *id)?)).collect(),
        first_seen: CHANGED - 120_000,
        changed: CHANGED,
        edition: 3,
        variants: (0..story.variants.len()).map(|n| finding(format!("variant-{n}"), ruled(n))).collect(),
        drift: (0..story.drift.len()).map(|n| finding(format!("drift-{n}"), ruled(n))).collect(),
    }
}

fn kept(report: &Report) -> Option<Kept<'_>> {
    Some(Kept { report, first_seen: CHANGED - 90_000, revised: CHANGED - 80_000, revisions: 1 })
}

/// Returns the stories of a dossier as the feed of the front page.
pub fn feed(dossier: &Dossier) -> Feed {
    Feed {
        room: room(),
        title: "Variorum: stories".into(),
        page: "/?order=newest".into(),
        itself: "/feed.atom?order=newest&cursor=abc".into(),
        first: "/feed.atom?order=newest".into(),
        next: Some("/feed.atom?order=newest&cursor=def".into()),
        changed: CHANGED,
        stories: dossier.stories.iter().map(|story| entry(dossier, story)).collect(),
    }
}

fn entry(dossier: &Dossier, story: &variorum_news::Story) -> FeedStory {
    let reports: Vec<&Report> =
        story.reports.iter().filter_map(|id| dossier.reports.iter().find(|r| r.id == *id)).collect();
    let place = |id: &str| reports.iter().position(|report| &*report.id == id);
    let told = |sentence: &variorum_news::AccountSentence| {
        (sentence.text.clone(), sentence.sources.iter().filter_map(|span| place(&span.report)).collect())
    };
    FeedStory {
        id: story.id.clone(),
        title: story.title.as_ref().map(|title| title.text.clone()),
        language: Some("en".into()),
        first_seen: CHANGED - 120_000,
        changed: CHANGED,
        counts: Counts {
            reports: reports.len() as u32,
            publishers: reports.len() as u32,
            origins: story.origins.len() as u32,
            uncertain: 1,
            variants: story.variants.len() as u32,
            drift: story.drift.len() as u32,
        },
        account: story.account.iter().map(told).collect(),
        witnesses: reports
            .iter()
            .map(|report| FeedWitness {
                id: report.id.clone(),
                name: report.outlet.clone().unwrap_or_else(|| report.id.to_string()),
                title: report.title.clone(),
                language: report.language.clone(),
                url: report.url.clone(),
            })
            .collect(),
    }
}

//! What is refused, and the sentence that says why and what to do.

use std::collections::BTreeSet;

use variorum_news::{ReportId, Story};
use variorum_store::{Gone, Seq, View};

use super::{Action, Asked, By};
use crate::{Ruling, drift_key, findings, variant_key};

pub const NOBODY: &str = "say who corrects: a name, or a word that others at the desk know";

/// Refuses a correction of nobody, or for no reason.
pub fn person(by: &By) -> Result<(), String> {
    if by.who.trim().is_empty() {
        return Err(NOBODY.to_owned());
    }
    if by.reason.trim().is_empty() {
        return Err("say why: a reason in a few words, for those who read the log later".to_owned());
    }
    Ok(())
}

/// Returns the action with the names that things have now, and the reports that it names; or why it makes no sense.
pub fn action(view: &View, action: Action) -> Asked<(Action, Vec<Seq>)> {
    match action {
        Action::Merge { story, with } => merge(view, &story, &with),
        Action::Split { story, reports } => split(view, &story, reports),
        Action::Move { report, story } => moved(view, report, &story),
        Action::Rule { story, finding, ruling } => rule(view, &story, finding, ruling),
    }
}

fn merge(view: &View, story: &str, with: &str) -> Asked<(Action, Vec<Seq>)> {
    let (kept, gone) = match (there(view, story)?, there(view, with)?) {
        (Ok(kept), Ok(gone)) => (kept, gone),
        (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
    };
    if kept == gone {
        return Ok(Err(format!("`{story}` and `{with}` are one story already")));
    }
    Ok(Ok((Action::Merge { story: kept, with: gone }, Vec::new())))
}

fn split(view: &View, story: &str, reports: Vec<ReportId>) -> Asked<(Action, Vec<Seq>)> {
    let story = match there(view, story)? {
        Ok(story) => story,
        Err(reason) => return Ok(Err(reason)),
    };
    let reports: BTreeSet<ReportId> = reports.into_iter().collect();
    if reports.is_empty() {
        return Ok(Err("name the reports that leave the story, one at least".to_owned()));
    }
    let mut seqs = Vec::new();
    for report in &reports {
        match placed(view, report)? {
            Ok((seq, at)) if at == story => seqs.push(seq),
            Ok((_, at)) => return Ok(Err(format!("report `{report}` is not in story `{story}`, but in `{at}`"))),
            Err(reason) => return Ok(Err(reason)),
        }
    }
    if view.reports_of_story(&story)?.len() <= seqs.len() {
        return Ok(Err(format!("that is every report of `{story}`; leave one at least in it, or nothing is split")));
    }
    Ok(Ok((Action::Split { story, reports: reports.into_iter().collect() }, seqs)))
}

fn moved(view: &View, report: ReportId, story: &str) -> Asked<(Action, Vec<Seq>)> {
    let story = match there(view, story)? {
        Ok(story) => story,
        Err(reason) => return Ok(Err(reason)),
    };
    Ok(match placed(view, &report)? {
        Ok((_, at)) if at == story => Err(format!("report `{report}` is in story `{story}` already")),
        Ok((seq, _)) => Ok((Action::Move { report, story }, vec![seq])),
        Err(reason) => Err(reason),
    })
}

fn rule(view: &View, story: &str, finding: String, ruling: Ruling) -> Asked<(Action, Vec<Seq>)> {
    let story = match there(view, story)? {
        Ok(story) => story,
        Err(reason) => return Ok(Err(reason)),
    };
    let Some(made) = view.story::<Story>(&story)? else {
        return Ok(Err(format!("story `{story}` is being made; try again in a moment")));
    };
    let mut keys = made.variants.iter().map(variant_key).chain(made.drift.iter().map(drift_key));
    if !keys.any(|key| key == finding) {
        let reason =
            format!("story `{story}` has no finding `{finding}`; it may have gone with a revision: load it anew");
        return Ok(Err(reason));
    }
    let standing = findings::decision(view, &finding)?;
    if let Some(decision) = standing.filter(|decision| decision.ruling == ruling) {
        let (who, n) = (decision.who, decision.correction);
        return Ok(Err(format!("{who} said so already (correction {n})")));
    }
    Ok(Ok((Action::Rule { story, finding, ruling }, Vec::new())))
}

/// Returns the present name of a story that has reports.
fn there(view: &View, story: &str) -> Asked<String> {
    let name = view.resolve(story)?;
    if view.has_reports(&name)? {
        return Ok(Ok(name));
    }
    Ok(Err(match view.gone(Gone::Story, story)? {
        Some(_) => format!("story `{story}` was forgotten with its reports"),
        None => format!("there is no story `{story}`; its page or the search shows its name"),
    }))
}

/// Returns the number of a report and the story that it is in.
fn placed(view: &View, report: &str) -> Asked<(Seq, String)> {
    let Some(seq) = view.seq(report)? else {
        return Ok(Err(match view.gone(Gone::Report, report)? {
            Some(_) => format!("report `{report}` was forgotten"),
            None => format!("there is no report `{report}`; its page or the search shows its name"),
        }));
    };
    Ok(match view.placed(seq)? {
        Some(placed) => Ok((seq, placed.story)),
        None => Err(format!("report `{report}` waits for its story; try again in a moment")),
    })
}

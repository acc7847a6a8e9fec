#![doc = include_str!("../README.md")]

/// The example of the project's front page, run as a test of its own.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct FrontPage;

mod again;
mod order;

pub use variorum_news as news;

use std::collections::BTreeMap;

use variorum_news::{Check, Dossier, GroupLine, Lineage, Page, Placement, Problem, Report, ReportId, SCHEMA, Story};

pub use again::{annotate_alike, first_alike};
pub use order::in_reading_order;
pub use variorum_annotate::Depth;
pub use variorum_clean::{LinesSeen, RepeatedLines, strip_repeated};
pub use variorum_collate::{Options as CollateOptions, Proposal, Refused};
pub use variorum_group::{
    Imprint, Options as GroupOptions, Shelf, SnapshotError, frequencies, language_of, moment, place_day,
};

/// Returns the report that a page holds, or why it holds none.
pub fn clean(page: &Page) -> Result<Report, Problem> {
    variorum_clean::clean(page)
}

/// Returns the report that a page of a given story holds: a short line is taken as it is, the rest is cleaned.
pub fn clean_told(page: &Page) -> Result<Report, Problem> {
    variorum_clean::clean_told(page)
}

/// Returns a report with its annotations; the text stays as it is.
pub fn annotate(mut report: Report, depth: Depth) -> Report {
    report.annotations = Some(variorum_annotate::annotate(&report, depth));
    report
}

/// Returns where a report belongs, given what came before; the shelf remembers it.
pub fn place(shelf: &mut Shelf, report: Report, options: &GroupOptions) -> Vec<GroupLine> {
    variorum_group::place(shelf, &report, options)
}

/// Returns the story of every report, with all of them in sight.
pub fn group(reports: &[Report], options: &GroupOptions) -> Vec<Placement> {
    variorum_group::group(&reports.iter().collect::<Vec<_>>(), options)
}

/// Returns the lineage of the reports of one story.
pub fn trace(reports: Vec<Report>) -> Lineage {
    let reports: Vec<Report> = reports.into_iter().map(annotated).collect();
    variorum_trace::trace(&reports.iter().collect::<Vec<_>>())
}

/// Returns whether a rewrite is true to its sources.
///
/// Texts are read without their grammar, which costs eight times the rest; the comparison parses what hangs on it.
pub fn check(rewrite: &str, sources: &[String], options: &CollateOptions) -> Check {
    let rewrite = annotate(Report::of_text("rewrite", rewrite), Depth::Fast);
    let sources: Vec<Report> = sources
        .iter()
        .enumerate()
        .map(|(n, text)| annotate(Report::of_text(format!("source-{}", n + 1), text.as_str()), Depth::Fast))
        .collect();
    variorum_collate::check(&rewrite, &sources.iter().collect::<Vec<_>>(), options)
}

/// Returns a check with what a model proposed, as far as its texts confirm it word for word, and what they do not.
pub fn confirm(check: Check, proposals: &[Proposal]) -> (Check, Vec<Refused>) {
    let rewrite = Report::of_text("rewrite", check.rewrite.as_str());
    let sources: Vec<Report> = check
        .sources
        .iter()
        .enumerate()
        .map(|(n, t)| Report::of_text(format!("source-{}", n + 1), t.as_str()))
        .collect();
    variorum_collate::confirm(check, &rewrite, &sources.iter().collect::<Vec<_>>(), proposals)
}

/// Returns the dossier of a set of cleaned reports: grouped into stories, each traced, collated and composed.
pub fn collate(
    reports: Vec<Report>,
    problems: Vec<Problem>,
    options: &GroupOptions,
    collate: &CollateOptions,
) -> Dossier {
    let reports: Vec<Report> = reports.into_iter().map(annotated).collect();
    let placements = group(&reports, options);
    let stories =
        stories_of(&reports, &placements).into_iter().map(|(id, members)| story(id, &members, collate)).collect();
    dossier(reports, stories, problems)
}

/// Returns the reports of each story, by the story's name.
pub fn stories_of<'a>(reports: &'a [Report], placements: &[Placement]) -> BTreeMap<String, Vec<&'a Report>> {
    let by_id: BTreeMap<&ReportId, &Report> = reports.iter().map(|r| (&r.id, r)).collect();
    let mut stories: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
    for placement in placements {
        if let Some(report) = by_id.get(&placement.id) {
            stories.entry(placement.story.clone()).or_default().push(report);
        }
    }
    stories
}

/// Returns one story of annotated reports: traced, collated, composed.
pub fn story(id: String, reports: &[&Report], collate: &CollateOptions) -> Story {
    let lineage = variorum_trace::trace(reports);
    let collation = variorum_collate::collate(reports, &lineage, collate);
    let telling = variorum_compose::compose(reports, &lineage, &collation);
    Story {
        id,
        title: telling.title,
        reports: reports.iter().map(|r| r.id.clone()).collect(),
        origins: lineage.origins,
        independence: Some(lineage.independence),
        lineage: lineage.edges,
        statements: collation.statements,
        variants: collation.variants,
        drift: collation.drift,
        timeline: telling.timeline,
        account: telling.account,
    }
}

/// Returns a dossier of parts that were made before.
pub fn dossier(reports: Vec<Report>, stories: Vec<Story>, problems: Vec<Problem>) -> Dossier {
    Dossier { id: None, schema: SCHEMA.to_owned(), reports, stories, problems }
}

/// Returns a report with annotations, made only where it has none.
pub fn annotated(report: Report) -> Report {
    if report.annotations.is_some() { report } else { annotate(report, Depth::Grammar) }
}

/// Tells whether the shelf remembers a report of this name.
pub fn holds(shelf: &Shelf, id: &ReportId) -> bool {
    shelf.holds(id)
}

/// Returns why two annotated reports share a story or do not, as sentences for a person.
pub fn explain_story(a: &Report, b: &Report, among: &[Report], options: &GroupOptions) -> Vec<String> {
    variorum_group::explain(a, b, &among.iter().collect::<Vec<_>>(), options)
}

/// Returns what links two annotated reports or keeps them apart, as sentences for a person.
pub fn explain_edge(a: &Report, b: &Report) -> Vec<String> {
    variorum_trace::explain(a, b)
}

#[cfg(test)]
mod tests;

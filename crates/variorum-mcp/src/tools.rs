//! The tools: search, stories, story, report, check.

use rmcp::handler::server::common::{schema_for_input, schema_for_output};
use rmcp::{Json, tool, tool_router};
use schemars::JsonSchema;
use serde_json::{Value, json};
use variorum_news::{Report, Span, Spanner, Story};
use variorum_newsroom::{Told, drift_key, told, variant_key};
use variorum_store::search::{Ask, Facets, Found, Order};
use variorum_store::{Differing, Gone, StoryList, View};

use crate::Desk;
use crate::bound::{bounded, cursor_text, place};
use crate::given::{Given, Refusal, counted};
use crate::shapes::*;

/// Code points of a report in one answer.
const MOST_TEXT: usize = 12_000;
/// Code points of the first words of a report.
const OPENING: usize = 240;
/// The most code points of a text to check, and of all its sources together.
const LONGEST: (usize, usize) = (50_000, 200_000);
/// The most sources.
const MOST_SOURCES: usize = 50;

type Answer<T> = Result<Json<T>, Refusal>;

fn schema<T: JsonSchema + 'static>() -> std::sync::Arc<rmcp::model::JsonObject> {
    schema_for_input::<T>().unwrap_or_default()
}

#[tool_router(router = tools, vis = "pub(crate)")]
impl Desk {
    #[tool(
        description = "Finds news reports of the record by words and operators. Returns each with its first words as a span, the story it is in, and counts by outlet.",
        input_schema = schema::<SearchArguments>(),
        output_schema = schema_for_output::<Finds>(),
        annotations(title = "Search reports", read_only_hint = true, open_world_hint = false)
    )]
    async fn search(&self, given: Given<SearchArguments>) -> Answer<Finds> {
        let given = given.0?;
        let limit = limited(given.limit)?;
        let order = match given.order {
            HitOrder::Best => Order::Best,
            HitOrder::Newest => Order::Newest,
        };
        let ask = Ask { query: given.query, order, limit, after: given.cursor, facets: Facets::Counted };
        self.away(move |desk| {
            desk.search.catch_up(&desk.store)?;
            let found = desk.search.find(&desk.store, &ask)?;
            desk.read(|view| finds(view, found))
        })
        .await
    }

    #[tool(
        description = "Lists stories: events that one or several reports tell, with how many reports, publishers and independent origins, how many differences and how much drift.",
        input_schema = schema::<StoriesArguments>(),
        output_schema = schema_for_output::<StoryEntries>(),
        annotations(title = "List stories", read_only_hint = true, open_world_hint = false)
    )]
    async fn stories(&self, given: Given<StoriesArguments>) -> Answer<StoryEntries> {
        let given = given.0?;
        let list = StoryList {
            order: match given.order {
                StoryOrder::Changed => variorum_store::StoryOrder::Changed,
                StoryOrder::Newest => variorum_store::StoryOrder::Newest,
                StoryOrder::Reports => variorum_store::StoryOrder::Reports,
            },
            least_publishers: given.publishers,
            language: given.language,
            only_differing: match given.has {
                None => Differing::All,
                Some(Has::Variants) => Differing::Variants,
                Some(Has::Drift) => Differing::Drift,
            },
            limit: limited(given.limit)?,
            after: given.cursor,
        };
        self.away(move |desk| {
            desk.read(|view| {
                let page = view.stories(&list)?;
                let stories = page.items.into_iter().map(StoryEntry::from).collect();
                Ok(StoryEntries { counted: counted(), stories, next: page.next })
            })
        })
        .await
    }

    #[tool(
        description = "Tells a story, part by part: its account in the words of reports, where they differ, what rewrites bent, who copied whom, the timeline, what is stated by how many origins, its reports. Every item carries spans.",
        input_schema = schema::<StoryArguments>(),
        output_schema = schema_for_output::<StoryAnswer>(),
        annotations(title = "Read a story", read_only_hint = true, open_world_hint = false)
    )]
    async fn story(&self, given: Given<StoryArguments>) -> Answer<StoryAnswer> {
        let given = given.0?;
        self.away(move |desk| desk.read(|view| story_answer(view, &given))).await
    }

    #[tool(
        description = "Tells a report in its own words, with where they stand, whom it credits, and the story it is in. A long one comes in parts.",
        input_schema = schema::<ReportArguments>(),
        output_schema = schema_for_output::<ReportAnswer>(),
        annotations(title = "Read a report", read_only_hint = true, open_world_hint = false)
    )]
    async fn report(&self, given: Given<ReportArguments>) -> Answer<ReportAnswer> {
        let given = given.0?;
        self.away(move |desk| desk.read(|view| report_answer(view, &given))).await
    }

    #[tool(
        description = "Holds a text (a summary, a rewrite, your own answer) against its sources: texts, or reports of the record. Returns what it bent with the words of both sides, or a verdict for every sentence. Nothing is kept.",
        input_schema = schema::<CheckArguments>(),
        output_schema = schema_for_output::<CheckAnswer>(),
        annotations(title = "Check a text against its sources", read_only_hint = true, open_world_hint = false)
    )]
    async fn check(&self, given: Given<CheckArguments>) -> Answer<CheckAnswer> {
        let given = given.0?;
        self.away(move |desk| check_answer(desk, given)).await
    }
}

impl Desk {
    /// Works away from the thread that listens, so that several calls go on at a time.
    async fn away<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, Refusal> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        let broke = |_| Refusal::new("the answer broke off; this is a fault of the program", "ask for something else");
        tokio::task::spawn_blocking(move || work(&desk)).await.map_err(broke)?.map(Json)
    }

    fn read<T>(&self, work: impl FnOnce(&View) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.store.read(|view| Ok(work(view)))?
    }
}

fn limited(limit: usize) -> Result<usize, Refusal> {
    let refused =
        || Refusal::new(format!("`limit` is {limit}; it can be 1 to 30"), "ask for less, and go on with `cursor`");
    (1..=30).contains(&limit).then_some(limit).ok_or_else(refused)
}

fn finds(view: &View, found: Found) -> Result<Finds, Refusal> {
    let mut reports = Vec::new();
    for hit in found.hits {
        let Some(report) = view.report(hit.report.seq)? else { continue };
        let story = view.placed(hit.report.seq)?.map(|placed| placed.story);
        reports.push(Find { opening: part_of(&report, 0, OPENING), story, report: hit.report.into() });
    }
    let outlets = found.facets.outlets.into_iter().take(10).map(|(name, count)| Count { name, count }).collect();
    let (original, copied) = (found.facets.original, found.facets.copied);
    Ok(Finds { counted: counted(), total: found.total, reports, next: found.next, outlets, original, copied })
}

/// Returns a part of a report's text as a span, from a code point on.
fn part_of(report: &Report, from: usize, most: usize) -> Span {
    let spanner = Spanner::new(&report.id, &report.text);
    let length = report.text.chars().count();
    let from = from.min(length);
    let to = (from + most).min(length);
    let whole = spanner.byte_range(from, to);
    // A part ends between words where it can.
    let words = &report.text[whole.clone()];
    let cut = if to < length { words.rfind(char::is_whitespace).filter(|cut| *cut > 0) } else { None };
    spanner.span(whole.start..whole.start + cut.unwrap_or(words.len()))
}

fn story_answer(view: &View, given: &StoryArguments) -> Result<StoryAnswer, Refusal> {
    let Some(found) = told(view, &given.id)? else {
        let is_gone = view.gone(Gone::Story, &given.id)?.is_some();
        let why = if is_gone { "was forgotten" } else { "is not here, or not made yet" };
        let problem = format!("the story `{}` {why}", given.id);
        return Err(Refusal::new(problem, "list stories with `stories`, or find reports with `search`"));
    };
    let all = items(&found, given.part);
    let list = format!("{} {:?} {}", found.card.id, given.part, found.card.changed);
    let part = bounded(&all, &list, given.cursor.as_deref())?;
    Ok(StoryAnswer {
        counted: counted(),
        title: found.story.title.clone(),
        story: found.card.into(),
        part: given.part,
        total: all.len(),
        items: part.items,
        next: part.next,
    })
}

fn items(told: &Told, part: StoryPart) -> Vec<Value> {
    let Story { account, lineage, statements, variants, drift, timeline, .. } = &told.story;
    let ruling = |key: &String| {
        told.decisions.get(key).map(|decision| json!({ "ruling": decision.ruling, "reason": decision.reason }))
    };
    match part {
        StoryPart::Account => values(account),
        StoryPart::Lineage => values(lineage),
        StoryPart::Statements => values(statements),
        StoryPart::Timeline => values(timeline),
        StoryPart::Variants => variants
            .iter()
            .map(|variant| {
                let key = variant_key(variant);
                json!({ "key": key, "decision": ruling(&key), "variant": variant })
            })
            .collect(),
        StoryPart::Drift => drift
            .iter()
            .map(|drift| {
                let key = drift_key(drift);
                json!({ "key": key, "decision": ruling(&key), "drift": drift })
            })
            .collect(),
        StoryPart::Reports => told
            .reports
            .iter()
            .map(|member| {
                let opening = part_of(&member.report, 0, OPENING);
                let entry = ReportEntry::from(member.row.clone());
                json!({ "report": entry, "original": member.flags.original, "opening": opening })
            })
            .collect(),
    }
}

fn values<T: serde::Serialize>(all: &[T]) -> Vec<Value> {
    all.iter().map(|one| json!(one)).collect()
}

fn report_answer(view: &View, given: &ReportArguments) -> Result<ReportAnswer, Refusal> {
    let (row, report) = kept(view, &given.id)?;
    let list = format!("{} {}", row.id, row.revisions);
    let from = given.cursor.as_deref().map_or(Ok(0), |cursor| place(cursor, &list))?;
    let placed = view.placed(row.seq)?;
    let length = report.text.chars().count();
    let text = part_of(&report, from, MOST_TEXT);
    Ok(ReportAnswer {
        next: (text.end < length).then(|| cursor_text(text.end, &list)),
        report: row.into(),
        url: report.url,
        credits: report.credits.into_iter().map(|credit| credit.text).collect(),
        story: placed.as_ref().map(|placed| placed.story.clone()),
        duplicate_of: placed.and_then(|placed| placed.duplicate_of),
        length,
        text,
    })
}

fn kept(view: &View, id: &str) -> Result<(variorum_store::ReportRow, Report), Refusal> {
    let seq = view.seq(id)?;
    let row = seq.map(|seq| view.report_row(seq)).transpose()?.flatten();
    let report = seq.map(|seq| view.report(seq)).transpose()?.flatten();
    match (row, report) {
        (Some(row), Some(report)) => Ok((row, report)),
        _ => {
            let is_gone = view.gone(Gone::Report, id)?.is_some();
            let why = if is_gone { "was forgotten" } else { "is not here" };
            Err(Refusal::new(format!("the report `{id}` {why}"), "find reports with `search`"))
        }
    }
}

fn check_answer(desk: &Desk, given: CheckArguments) -> Result<CheckAnswer, Refusal> {
    let reports = desk
        .read(|view| given.reports.iter().map(|id| Ok(kept(view, id)?.1)).collect::<Result<Vec<Report>, Refusal>>())?;
    let names = given.sources.iter().map(|_| None).chain(reports.iter().map(|report| Some(report.id.clone())));
    let named = |(n, report)| SourceName { name: format!("source-{}", n + 1), report };
    let names: Vec<SourceName> = names.enumerate().map(named).collect();
    let sources: Vec<String> = given.sources.into_iter().chain(reports.into_iter().map(|report| report.text)).collect();
    fits(&given.rewrite, &sources)?;
    let check = variorum::check(&given.rewrite, &sources, &variorum::CollateOptions::default());
    let all = match given.part {
        CheckPart::Drift => values(&check.drift),
        CheckPart::Sentences => values(&check.sentences),
    };
    let list = format!("{:?} {} {}", given.part, given.rewrite.len(), sources.concat().len());
    let part = bounded(&all, &list, given.cursor.as_deref())?;
    let supported = check.sentences.iter().filter(|one| one.verdict == variorum_news::SentenceVerdict::Supported);
    Ok(CheckAnswer {
        counted: json!("whether the sources print it, not whether it is so; less sure findings are left out"),
        faithful: check.faithful,
        sentences: check.sentences.len(),
        supported: supported.count(),
        drift: check.drift.len(),
        sources: names,
        part: given.part,
        items: part.items,
        next: part.next,
    })
}

fn fits(rewrite: &str, sources: &[String]) -> Result<(), Refusal> {
    if sources.is_empty() || sources.len() > MOST_SOURCES {
        let problem = format!("there are {} sources; there can be 1 to {MOST_SOURCES}", sources.len());
        return Err(Refusal::new(problem, "give `sources` (texts) or `reports` (names of reports)"));
    }
    let together: usize = sources.iter().map(|source| source.chars().count()).sum();
    if rewrite.chars().count() > LONGEST.0 || together > LONGEST.1 {
        let problem = format!("a text may have {} characters, its sources {} together", LONGEST.0, LONGEST.1);
        return Err(Refusal::new(problem, "check it in parts"));
    }
    Ok(())
}

//! Rules that wait for something, and what they told.

use axum::extract::State as In;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_store::alerts::{Alert, Channel, Delivery, Line, NewChannel, Rule, Watched, When};

use super::problem::{Body, Path, Problem, Query};
use super::saved::worded;
use super::stories::limited;
use super::{nouns, paths, times};
use crate::door::Asker;
use crate::{Error, State};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_alerts)).routes(routes!(list_rules, make_rule)).routes(routes!(end_rule))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Listing {
    /// Of this rule alone, by its number.
    rule: Option<i64>,
    /// How many at most.
    #[serde(default = "super::hundred")]
    #[param(required = false, minimum = 1, maximum = 1000, default = 100)]
    limit: usize,
    /// Where the part before ended: its `next`.
    cursor: Option<String>,
}

/// A part of the list of alerts.
#[derive(Debug, Serialize, ToSchema)]
struct AlertPage {
    /// The alerts, the last one first.
    items: Vec<AlertEntry>,
    /// To be handed in as `cursor`; null at the end.
    next: Option<String>,
}

/// Something that a rule told.
#[derive(Debug, Serialize, ToSchema)]
struct AlertEntry {
    /// Its name: that of its webhook, too.
    id: String,
    /// The number of the rule.
    rule: i64,
    /// The name of the rule.
    rule_name: String,
    /// When it was found.
    #[schema(format = DateTime)]
    at: String,
    /// The story that it tells of, by its present name.
    story: Option<String>,
    /// What happened, in fixed words; null where what it told of was forgotten.
    says: Option<String>,
    /// What counts beside it, in fixed words.
    counts: Option<String>,
    /// What reports say.
    lines: Vec<LineEntry>,
    /// How many more lines there were.
    more: usize,
    /// What became of it on each channel.
    deliveries: Vec<DeliveryEntry>,
}

/// Words of one report, or of one source.
#[derive(Debug, Serialize, ToSchema)]
struct LineEntry {
    /// What it is, in fixed words.
    label: String,
    /// The report; null where a source is told of.
    report: Option<String>,
    /// Where the report is.
    href: Option<String>,
    /// Who published it; of a source, its name.
    outlet: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// Its address, as it was handed in.
    url: Option<String>,
    /// The words, and where they stand.
    #[schema(schema_with = nouns::maybe_span)]
    span: Option<variorum_news::Span>,
    /// The sentence around them.
    #[schema(schema_with = nouns::maybe_span)]
    sentence: Option<variorum_news::Span>,
    /// The revision in which they stand, where it is not the present one.
    revision: Option<u32>,
}

/// An alert on a channel.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryEntry {
    /// The number of the channel.
    channel: i64,
    /// What it is: `webhook` or `mail`.
    kind: String,
    /// How it stands: `waiting`, `sending`, `sent`, `failed`, or `unsure` where it may have gone out.
    state: String,
    /// How often it was tried.
    tries: u32,
    /// When this was so.
    #[schema(format = DateTime)]
    at: String,
    /// What went wrong last.
    problem: Option<String>,
}

impl From<Alert> for AlertEntry {
    fn from(alert: Alert) -> Self {
        let words = alert.words.unwrap_or_default();
        AlertEntry {
            id: alert.id,
            rule: alert.rule,
            rule_name: alert.rule_name,
            at: times::text(alert.at),
            story: alert.story,
            says: Some(words.says).filter(|says| !says.is_empty()),
            counts: words.counts,
            lines: words.lines.into_iter().map(LineEntry::from).collect(),
            more: words.more,
            deliveries: alert.deliveries.into_iter().map(DeliveryEntry::from).collect(),
        }
    }
}

impl From<Line> for LineEntry {
    fn from(line: Line) -> Self {
        LineEntry {
            label: line.label,
            href: line.report.as_deref().map(paths::report),
            report: line.report.map(|report| report.to_string()),
            outlet: line.outlet,
            title: line.title,
            url: line.url,
            span: line.span,
            sentence: line.sentence,
            revision: line.revision,
        }
    }
}

impl From<Delivery> for DeliveryEntry {
    fn from(sent: Delivery) -> Self {
        DeliveryEntry {
            channel: sent.channel,
            kind: sent.kind,
            state: sent.state.name().to_owned(),
            tries: sent.tries,
            at: times::text(sent.at),
            problem: sent.problem,
        }
    }
}

/// Lists what was told, the last first.
#[utoipa::path(
    get, path = "/alerts", tag = "alerts", operation_id = "listAlerts", params(Listing),
    responses((status = 200, description = "A part of the list.", body = AlertPage))
)]
async fn list_alerts(In(state): In<State>, Query(listing): Query<Listing>) -> Result<Json<AlertPage>, Problem> {
    let limit = limited(listing.limit, 1_000)?;
    let wrong = |_| Problem::asked("this is no place in this list", "begin the list anew, without `cursor`");
    let before = listing.cursor.as_deref().map(|text| i64::from_str_radix(text, 16).map_err(wrong)).transpose()?;
    let rule = listing.rule;
    let mut alerts = state.read(move |view| Ok(view.alerts(rule, before.unwrap_or(i64::MAX), limit + 1)?)).await?;
    let more = alerts.len() > limit;
    alerts.truncate(limit);
    let next = alerts.last().filter(|_| more).map(|last| format!("{:x}", last.n));
    Ok(Json(AlertPage { items: alerts.into_iter().map(AlertEntry::from).collect(), next }))
}

/// The rules.
#[derive(Debug, Serialize, ToSchema)]
struct RuleList {
    /// The rules, the last one first; those that are off too.
    items: Vec<RuleEntry>,
}

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
struct RuleEntry {
    /// Its number.
    n: i64,
    /// Its name.
    name: String,
    /// What it waits for.
    when: Wait,
    /// In this story alone.
    story: Option<String>,
    /// Among what this query finds.
    q: Option<String>,
    /// Of this source alone, by its number.
    source: Option<String>,
    /// Who asked.
    who: String,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// When it was turned off; null while it is on.
    #[schema(format = DateTime)]
    off: Option<String>,
    /// Its feed.
    #[schema(example = "/alerts/7.atom")]
    feed: String,
    /// Where it is told beside the feed.
    channels: Vec<ChannelEntry>,
}

/// A way by which a rule is told.
#[derive(Debug, Serialize, ToSchema)]
struct ChannelEntry {
    /// Its number.
    n: i64,
    /// What it is: `webhook` or `mail`.
    kind: String,
    /// Where it goes; of a webhook scheme and host alone.
    to: String,
    /// Why it is off; null while it is on.
    off: Option<String>,
    /// The secret of a webhook, when it is made; null ever after.
    secret: Option<String>,
}

/// What a rule waits for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Wait {
    /// A new report fits the query, or comes to the story.
    Report,
    /// A story gains an independent origin.
    Origin,
    /// A figure changes or is told differently.
    Figure,
    /// A rewrite changes what its source says.
    Drift,
    /// A report is revised and a figure in it changes.
    Revised,
    /// A source goes silent.
    Silent,
    /// A source cannot be read.
    Failing,
}

impl From<When> for Wait {
    fn from(when: When) -> Self {
        match when {
            When::Report => Wait::Report,
            When::Origin => Wait::Origin,
            When::Figure => Wait::Figure,
            When::Drift => Wait::Drift,
            When::Revised => Wait::Revised,
            When::Silent => Wait::Silent,
            When::Failing => Wait::Failing,
        }
    }
}

impl From<Wait> for When {
    fn from(wait: Wait) -> Self {
        match wait {
            Wait::Report => When::Report,
            Wait::Origin => When::Origin,
            Wait::Figure => When::Figure,
            Wait::Drift => When::Drift,
            Wait::Revised => When::Revised,
            Wait::Silent => When::Silent,
            Wait::Failing => When::Failing,
        }
    }
}

impl From<Rule> for RuleEntry {
    fn from(rule: Rule) -> Self {
        RuleEntry {
            feed: format!("/alerts/{}.atom", rule.n),
            n: rule.n,
            name: rule.name,
            when: rule.watched.when.into(),
            story: rule.watched.story,
            q: rule.watched.query,
            source: rule.watched.source,
            who: rule.who,
            at: times::text(rule.at),
            off: rule.off.map(|(at, _)| times::text(at)),
            channels: rule.channels.into_iter().map(ChannelEntry::from).collect(),
        }
    }
}

impl From<Channel> for ChannelEntry {
    fn from(channel: Channel) -> Self {
        let Channel { n, kind, to, off } = channel;
        ChannelEntry { n, kind, to, off: off.map(|(_, why)| why), secret: None }
    }
}

/// Lists the rules.
#[utoipa::path(
    get, path = "/rules", tag = "alerts", operation_id = "listRules",
    responses((status = 200, description = "The rules.", body = RuleList))
)]
async fn list_rules(In(state): In<State>) -> Result<Json<RuleList>, Problem> {
    let rules = state.read(|view| Ok(view.rules()?)).await?;
    Ok(Json(RuleList { items: rules.into_iter().map(RuleEntry::from).collect() }))
}

/// A rule to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRule {
    /// Its name; no two rules that are on have the same.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", example = "Ferries off Delmare")]
    name: String,
    /// What it waits for.
    when: Wait,
    /// In this story alone.
    #[serde(default)]
    story: Option<String>,
    /// Among what this query finds; a rule has a story, a query, or neither.
    #[serde(default)]
    #[schema(max_length = 2000, example = "ferry delmare")]
    q: Option<String>,
    /// Of silence and failure: of this source alone, by its number.
    #[serde(default)]
    source: Option<String>,
    /// Where it is told beside the feed.
    #[serde(default)]
    #[schema(max_items = 10)]
    channels: Vec<TellTo>,
    /// Who asks.
    ///
    /// Where one must log in, the server takes the name of the token's owner, whatever is said here.
    #[serde(default)]
    #[schema(required = false, min_length = 1, max_length = 200, pattern = r"\S", example = "Ada Orr")]
    who: String,
}

/// Where a rule is told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum TellTo {
    /// JSON is sent to this address, signed.
    Webhook {
        /// The address; https.
        #[schema(example = "https://desk.example/hook")]
        to: String,
    },
    /// Mail is sent to this address.
    Mail {
        /// The address.
        #[schema(example = "night@desk.example")]
        to: String,
    },
}

/// Makes a rule. The answer alone tells the secrets of its webhooks.
#[utoipa::path(
    post, path = "/rules", tag = "alerts", operation_id = "makeRule", request_body = NewRule,
    responses((status = 201, description = "It is made.", body = RuleEntry))
)]
async fn make_rule(
    In(state): In<State>,
    Extension(asker): Extension<Asker>,
    Body(new): Body<NewRule>,
) -> Result<Response, Problem> {
    let who = asker.visitor.name().unwrap_or(&new.who);
    let (name, who) = (worded("name", &new.name, 200)?, worded("who", who, 200)?);
    let watched = Watched { when: new.when.into(), story: new.story, query: new.q, source: new.source };
    let channels = new.channels.into_iter().map(|to| match to {
        TellTo::Webhook { to } => NewChannel::Webhook(to),
        TellTo::Mail { to } => NewChannel::Mail(to),
    });
    let rule =
        variorum_store::alerts::NewRule { name, watched, channels: channels.collect(), who, at: (state.clock)() };
    let made = write(&state, move |writing| {
        let made = match writing.make_rule(rule)? {
            Ok(made) => made,
            Err(sentence) => return Ok(Err(sentence)),
        };
        Ok(Ok((writing.rule(made.n)?, made)))
    });
    let (rule, made) = made.await?.map_err(|sentence| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, sentence, "mend what the sentence names and send it again")
    })?;
    let mut entry = rule.map(RuleEntry::from).ok_or_else(|| Problem::from(Error::Missing("such rule".to_owned())))?;
    // Channels and secrets were made in the same order.
    let mut secrets = made.secrets.into_iter();
    for channel in entry.channels.iter_mut().filter(|channel| channel.kind == "webhook") {
        channel.secret = secrets.next().map(|(_, secret)| secret);
    }
    let mut answer = (StatusCode::CREATED, Json(entry)).into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Ending {
    /// Who turns it off; where one must log in, the owner of the token.
    who: Option<String>,
}

/// Turns a rule off. What it told stays.
#[utoipa::path(
    delete, path = "/rules/{n}", tag = "alerts", operation_id = "endRule",
    params(("n" = i64, Path, description = "The number of the rule."), Ending),
    responses(
        (status = 204, description = "It is off."),
        (status = 404, description = "There is no rule of this number that is on.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn end_rule(
    In(state): In<State>,
    Extension(asker): Extension<Asker>,
    Path(n): Path<i64>,
    Query(ending): Query<Ending>,
) -> Result<StatusCode, Problem> {
    let said = ending.who.unwrap_or_else(|| "the API".to_owned());
    let (who, at) = (asker.visitor.name().map_or(said, str::to_owned), (state.clock)());
    let who = worded("who", &who, 200)?;
    write(&state, move |writing| writing.end_rule(n, &who, at)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes to the record, away from the threads that wait for the network.
async fn write<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&variorum_store::Writing) -> Result<T, variorum_store::Error> + Send + 'static,
) -> Result<T, Problem> {
    let store = state.store.clone();
    let written = tokio::task::spawn_blocking(move || store.write(work)).await;
    Ok(written.map_err(|_| Error::Broken("a write broke off".to_owned()))??)
}

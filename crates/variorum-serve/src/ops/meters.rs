//! Figures in the format of OpenMetrics.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use axum::Extension;
use axum::extract::State as Of;
use axum::http::header;
use axum::response::IntoResponse;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tokio::sync::Mutex;
use variorum_store::{Seq, Sources, View};

use super::health::{Found, Health};
use crate::work::{Board, Doing};
use crate::{Error, State};

/// More reports that wait are not counted one by one.
const WAITING: usize = 10_000;
/// Seconds that answers take, in steps.
const STEPS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// What was answered. Paths have their names left out, so that there are few.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Answered {
    /// The path.
    pub route: &'static str,
    /// The method.
    pub method: &'static str,
    /// The status.
    pub status: u16,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct How {
    state: &'static str,
}

/// What a running server counts. A clone is the same one.
#[derive(Debug, Clone)]
pub struct Meters(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    found: Mutex<Option<Found>>,
}

impl Meters {
    /// Nothing was answered yet.
    pub fn new(_state: &State) -> Self {
        let mut registry = Registry::with_prefix("variorum");
        let requests = Family::<Answered, Counter>::default();
        let steps: fn() -> Histogram = || Histogram::new(STEPS);
        let seconds = Family::<Route, Histogram, fn() -> Histogram>::new_with_constructor(steps);
        registry.register("requests", "Requests that were answered", requests.clone());
        registry.register("request_seconds", "How long answers took", seconds.clone());
        Meters(Arc::new(Counted { registry, requests, seconds, found: Mutex::default() }))
    }

    /// Counts an answer.
    pub fn count(&self, answered: &Answered, seconds: f64) {
        self.0.requests.get_or_create(answered).inc();
        self.0.seconds.get_or_create(&Route { route: answered.route }).observe(seconds);
    }

    /// Returns how the server is, found out again where that is older than a few seconds.
    pub async fn health(&self, state: &State, board: &Board) -> Health {
        let mut found = self.0.found.lock().await;
        match found.as_ref().filter(|found| found.is_young()) {
            Some(found) => found.health.clone(),
            None => {
                let health = Health::find(state, board).await;
                *found = Some(Found::now(health.clone()));
                health
            }
        }
    }
}

pub async fn metrics(
    Of(state): Of<State>,
    Extension(meters): Extension<Meters>,
    Extension(board): Extension<Board>,
) -> Result<impl IntoResponse, Error> {
    let (doing, now) = (board.read().doing, (state.clock)());
    let text = state
        .read(move |view| {
            let record = record(view, &doing, now)?;
            let mut text = String::new();
            let parts = [&meters.0.registry, &record];
            let written = parts.iter().try_for_each(|part| encode_registry(&mut text, part));
            written
                .and_then(|()| encode_eof(&mut text))
                .map_err(|_| Error::Broken("the figures cannot be written".to_owned()))?;
            Ok(text)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}

/// What stands in the record now.
fn record(view: &View, doing: &Doing, now: i64) -> Result<Registry, Error> {
    let mut registry = Registry::with_prefix("variorum");
    let mut put = |name: &str, help: &str, value: u64| {
        let gauge = Gauge::<u64, AtomicU64>::default();
        gauge.set(value);
        registry.register(name, help, gauge);
    };
    let (stories, stale) = view.story_counts()?;
    let unplaced = view.unplaced_after(Seq::MIN, WAITING)?.len();
    put("reports", "Reports that are kept", view.count()?);
    put("reports_unplaced", "Reports that wait for a story; 10000 stands for more", unplaced as u64);
    put("stories", "Stories", stories);
    put("stories_stale", "Stories that wait to be made anew", stale);
    put("outlets", "Outlets", view.outlets()?.len() as u64);
    put("alerts", "Alerts that were raised", view.alert_count()?);
    put("record_bytes", "Bytes of the record in use", view.bytes()?);
    put("desk_at_work", "1 where the desk is at work in this process", u64::from(matches!(doing, Doing::Here { .. })));
    registry.register("sources", "Sources that are watched, by how they are", sources(view, now)?);
    Ok(registry)
}

fn sources(view: &View, now: i64) -> Result<Family<How, Gauge<u64, AtomicU64>>, Error> {
    let family = Family::<How, Gauge<u64, AtomicU64>>::default();
    for source in view.sources(Sources::Watched)? {
        family.get_or_create(&How { state: source.health(now).word() }).inc();
    }
    Ok(family)
}

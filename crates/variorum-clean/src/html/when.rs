//! When the article of a page was first published and last changed; none rather than a guess.

use jiff::Timestamp;

use super::facts::{Mark, Says, Stated, attribute, words};
use crate::dates::{self, Order};

/// When an article came out, and where the page disagrees with itself about it.
#[derive(Debug, Default)]
pub(crate) struct Times {
    pub published: Option<String>,
    pub modified: Option<String>,
    pub notes: Vec<String>,
}

/// A stated time and the place that states it.
#[derive(Debug)]
struct Place {
    name: &'static str,
    time: String,
}

/// Returns the first publication and the last change.
///
/// First publication: linked data, `<meta>`, elements that say `datePublished`, lines that say "Published …", the
/// address, dates beside the headline. What stands in comments, teasers and navigation counts for nothing, and a change
/// is no publication.
pub(crate) fn times(stated: &Stated<'_>, headline: usize) -> Times {
    let order = Order::of(stated.language.as_deref());
    let modified = modified(stated, headline, order);
    let mut sure = sure(stated, headline, order);
    let mut notes = Vec::new();
    prefer_first(&mut sure, modified.as_deref());
    prefer_local(&mut sure);
    if let Some(note) = disagreement(&sure) {
        notes.push(note);
    }
    let published = sure.into_iter().next().map(|place| place.time);
    let published = published.or_else(|| of_address(stated.url.as_deref()?)).or_else(|| {
        beside_headline(stated, headline, order).filter(|time| !is_same_instant(time, modified.as_deref()))
    });
    // A change before the publication is a clock that was wrong or a field that means something else.
    let modified = modified.filter(|changed| {
        published.as_deref().and_then(|first| dates::days_between(first, changed)).is_none_or(|days| days >= 0)
    });
    Times { published, modified, notes }
}

/// A time that nothing calls the publication and that metadata calls the last change, to the second, is the change.
fn is_same_instant(time: &str, modified: Option<&str>) -> bool {
    let instant = |time: &str| time.parse::<Timestamp>().ok();
    instant(time).is_some_and(|at| modified.and_then(instant) == Some(at))
}

/// Returns what says that it is the publication, in the order of trust.
fn sure(stated: &Stated<'_>, headline: usize, order: Order) -> Vec<Place> {
    let linked = stated.linked.published.as_deref().and_then(|time| dates::stamp(time, order));
    let metas = of_metas(stated, order);
    let marks = of_marks(stated, headline, order);
    // Lines are read only where nothing that is made for machines states it.
    let is_stated = linked.is_some() || metas.is_some() || marks.is_some();
    let cues = if is_stated { None } else { of_cues(stated, headline, order) };
    let places = [("JSON-LD", linked), ("<meta>", metas), ("the page", marks.or(cues))];
    let sure = places.into_iter().filter_map(|(name, time)| Some(Place { name, time: time? }));
    sure.filter(|place| is_likely(&place.time)).collect()
}

/// Pages on the web are younger than the web; what is older comes from an empty field or a clock that was not set.
fn is_likely(time: &str) -> bool {
    time.get(..4).and_then(|year| year.parse::<u16>().ok()).is_some_and(|year| year >= 1990)
}

/// Some systems write the last change into both fields of linked data: an earlier time elsewhere is the publication then.
fn prefer_first(sure: &mut [Place], modified: Option<&str>) {
    let [first, rest @ ..] = sure else { return };
    if modified.is_none_or(|modified| modified != first.time) {
        return;
    }
    let earlier =
        rest.iter().position(|other| dates::days_between(&other.time, &first.time).is_some_and(|days| days > 1));
    if let Some(at) = earlier {
        sure.swap(0, at + 1);
    }
}

/// Of two places that name the same instant, the one with the outlet's own offset tells its day too.
fn prefer_local(sure: &mut [Place]) {
    let [first, rest @ ..] = sure else { return };
    let instant = |place: &Place| place.time.parse::<Timestamp>().ok();
    let is_universal = |place: &Place| place.time.ends_with('Z') || place.time.ends_with("+00:00");
    let Some(at) = instant(first).filter(|_| is_universal(first)) else { return };
    let is_same = |other: &&mut Place| {
        !is_universal(other) && instant(other).is_some_and(|time| (time.as_second() - at.as_second()).abs() < 60)
    };
    if let Some(other) = rest.iter_mut().find(is_same) {
        first.time.clone_from(&other.time);
    }
}

/// Returns what a reader should know where two places differ by more than a time zone can explain.
fn disagreement(sure: &[Place]) -> Option<String> {
    let (first, rest) = sure.split_first()?;
    let differs =
        |other: &&Place| dates::days_between(&first.time, &other.time).is_some_and(|days: i32| days.abs() > 1);
    let other = rest.iter().find(differs)?;
    let day = |place: &Place| place.time.get(..10).unwrap_or_default().to_owned();
    Some(format!("{} says published {}, {} says {}; took the first", first.name, day(first), other.name, day(other)))
}

/// Names of `<meta>` that mean the publication, the surest first.
const METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "publication_date",
    "article_date_original",
    "originalpublicationdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "published_time",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article.created",
    "date",
    "displaydate",
    "pdate",
    "ptime",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "article:post_date",
    "datecreated",
    "uploaddate",
];

fn of_metas(stated: &Stated<'_>, order: Order) -> Option<String> {
    let read = |name: &str| stated.metas(name).iter().find_map(|value| dates::stamp(value, order));
    // Other systems name the field their own way: "w-published-date", "cXenseParse:recs:publishtime".
    let named_alike = || {
        let alike = stated.gathered.metas.keys().filter(|name| {
            let says = ["publish", "pubdate", "pub_date", "pub-date"].iter().any(|mark| name.contains(mark));
            let other =
                ["publisher", "modif", "updat", "unpublish", "expir", "last"].iter().any(|mark| name.contains(mark));
            says && !other
        });
        alike.into_iter().find_map(|name| read(name))
    };
    METAS.iter().find_map(|name| read(name)).or_else(named_alike)
}

/// Returns the time that a marked element states: its machine-readable value, else its words.
fn time_of(stated: &Stated<'_>, mark: &Mark, order: Order) -> Option<String> {
    let value = |name: &str| dates::stamp(&attribute(stated.document, mark.node, name), order);
    value("datetime").or_else(|| value("content")).or_else(|| {
        let text = words(stated.document, mark.node);
        (text.len() <= 160).then(|| dates::parse_in(&text, order)).flatten()
    })
}

fn of_marks(stated: &Stated<'_>, headline: usize, order: Order) -> Option<String> {
    let marks = stated.gathered.marks.iter().filter(|mark| mark.says == Says::Published && !mark.beside);
    let near = marks.filter(|mark| (headline.saturating_sub(12)..headline + 40).contains(&mark.line));
    // Related articles carry the same marks: the one nearest to the headline is this one's.
    let found = near.filter_map(|mark| Some((mark.line.abs_diff(headline), time_of(stated, mark, order)?)));
    let found = found.min_by_key(|(distance, _)| *distance).map(|(_, time)| time);
    found.or_else(|| only_one(stated, Says::Published, order))
}

/// "Published: 27 March 2025", near the headline or in the first lines after the text.
fn of_cues(stated: &Stated<'_>, headline: usize, order: Order) -> Option<String> {
    let lines = stated.gathered.lines.iter().enumerate().skip(headline.saturating_sub(12));
    let has_digit = |line: &str| line.bytes().any(|b| b.is_ascii_digit()) || !line.is_ascii();
    let lines = lines.filter(|(_, line)| !line.beside && line.text.len() <= 200);
    let lines = lines.filter(move |(_, line)| line.text.len() <= 24 || has_digit(&line.text));
    // Far from the headline only a line that says nothing else is believed.
    let is_near = |at: usize, line: &str| {
        let n_words = line.split_whitespace().count();
        at <= headline + 24 && !line.ends_with(':') || n_words <= 7
    };
    let lines = lines.filter(move |(at, line)| is_near(*at, &line.text));
    let mut cued = lines.filter(|(_, line)| dates::is_publication(&line.text)).take(20);
    cued.find_map(|(at, line)| {
        // The date can stand in the next line, where the cue is a line of its own.
        let next = || stated.gathered.lines.get(at + 1).filter(|next| next.text.len() <= 40 && line.text.len() <= 24);
        published_in(&line.text, order).or_else(|| next().and_then(|next| dates::parse_in(&next.text, order)))
    })
}

/// Returns the date after the cue of publication: the line can name the last change before it.
fn published_in(line: &str, order: Order) -> Option<String> {
    if !dates::is_update(line) {
        return dates::parse_in(line, order);
    }
    let mut parts = line.split([',', '|', ';', '•', '·', '(', ')', '/']);
    let cued = parts.find(|part| dates::is_publication(part) && !dates::is_update(part))?;
    dates::parse_in(cued, order)
}

/// "/2025/03/27/", "/2025-03-27-" and "/2025/march/27/".
fn of_address(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    parts.windows(3).find_map(|three| {
        let [year, month, day] = three else { return None };
        let is_number =
            |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !year.starts_with("20") || !is_number(day, 2) {
            return None;
        }
        if is_number(month, 2) {
            return dates::parse(&format!("{year}-{month:0>2}-{day:0>2}"));
        }
        dates::month(month).and_then(|month| dates::parse(&format!("{year}-{month:02}-{day:0>2}")))
    })
}

/// Dates without a word on what they are: `<time>`, then classes that say "date", then lines that hold little else; only
/// in the head of the article.
fn beside_headline(stated: &Stated<'_>, headline: usize, order: Order) -> Option<String> {
    let head: Vec<(usize, &str)> = stated.head(headline).map(|(at, line)| (at, line.text.as_str())).collect();
    let (first, last) = (head.first()?.0, head.last()?.0);
    let near = |says: Says| {
        let marks = stated.gathered.marks.iter().filter(move |mark| mark.says == says && !mark.beside);
        let mut marks: Vec<&Mark> = marks.filter(|mark| (first..=last).contains(&mark.line)).collect();
        marks.sort_by_key(|mark| mark.line.abs_diff(headline));
        marks
    };
    let of_times = near(Says::Time)
        .into_iter()
        .filter(|mark| !is_of_change(stated, mark))
        .find_map(|mark| time_of(stated, mark, order));
    let of_classes = || {
        near(Says::Date).into_iter().find_map(|mark| {
            let text = words(stated.document, mark.node);
            let fits = text.len() <= 140 && !dates::is_update(&text) && !dates::is_of_other(&text);
            fits.then(|| dates::parse_in(&text, order)).flatten()
        })
    };
    let of_lines = || {
        let mut near = head.clone();
        near.sort_by_key(|(at, _)| at.abs_diff(headline));
        near.into_iter().filter(|(at, _)| *at != headline).find_map(|(_, line)| lone_date(line, order))
    };
    let far = || only_one(stated, Says::Time, order).or_else(|| only_one(stated, Says::Date, order));
    of_times.or_else(of_classes).or_else(of_lines).or_else(far).filter(|time| is_likely(time))
}

/// "Updated" before the time in its line says that it is no publication; after it, that another time follows.
fn is_of_change(stated: &Stated<'_>, mark: &Mark) -> bool {
    let line = stated.gathered.lines.get(mark.line).map_or("", |line| line.text.as_str());
    let before = line.split(words(stated.document, mark.node).as_str()).next().unwrap_or(line);
    before.len() <= 200 && (dates::is_update(before) || dates::is_of_other(before)) && !dates::is_publication(before)
}

/// Far from the headline, below the article, a date is its own where all marked dates of the page are of one day.
fn only_one(stated: &Stated<'_>, says: Says, order: Order) -> Option<String> {
    let marks = stated.gathered.marks.iter().filter(|mark| mark.says == says && !mark.beside);
    let mut found = marks.filter_map(|mark| {
        let text = words(stated.document, mark.node);
        let fits =
            text.len() <= 140 && !dates::is_update(&text) && !dates::is_of_other(&text) && !is_of_change(stated, mark);
        fits.then(|| time_of(stated, mark, order)).flatten()
    });
    let first = found.next()?;
    found.all(|other| dates::days_between(&first, &other) == Some(0)).then_some(first)
}

/// Returns the date of a line that holds little else: "Delmare, 27 March 2025", "27.03.2025 | Harbour".
fn lone_date(line: &str, order: Order) -> Option<String> {
    // "27 March 2025 - Updated 29 March 2025": what stands before the change is the publication.
    let line = dates::before_update(line);
    let n_words = line.split_whitespace().count();
    let is_short = line.len() <= 60 && n_words <= 8 || dates::is_date_line(line);
    let is_sentence = line.ends_with(['.', '!', '?']) && n_words > 4;
    if !is_short || is_sentence && !dates::is_date_line(line) || dates::is_update(line) || dates::is_of_other(line) {
        return None;
    }
    // "6 - 10 October 2025" and "until 27 March 2025" are dates of events.
    let is_span = line.contains(" - ")
        && line.split(" - ").filter(|part| part.bytes().any(|b| b.is_ascii_digit())).count() > 1
        || line.split_whitespace().any(|word| matches!(word, "bis" | "until" | "to" | "from" | "au" | "al" | "till"));
    if is_span {
        return None;
    }
    dates::parse_in(line, order)
}

fn modified(stated: &Stated<'_>, headline: usize, order: Order) -> Option<String> {
    const METAS: &[&str] = &[
        "article:modified_time",
        "og:article:modified_time",
        "datemodified",
        "og:updated_time",
        "article:modified",
        "dcterms.modified",
        "dc.date.modified",
        "last-modified",
        "lastmod",
        "date_modified",
        "sailthru.last_modified",
        "revision_date",
    ];
    let linked = || stated.linked.modified.as_deref().and_then(|time| dates::stamp(time, order));
    let metas = || METAS.iter().find_map(|name| stated.metas(name).iter().find_map(|value| dates::stamp(value, order)));
    let marks = || {
        let marks = stated.gathered.marks.iter().filter(|mark| mark.says == Says::Modified && !mark.beside);
        let found = marks.filter_map(|mark| Some((mark.line.abs_diff(headline), time_of(stated, mark, order)?)));
        found.min_by_key(|(distance, _)| *distance).map(|(_, time)| time)
    };
    let lines = || {
        let lines = stated.head(headline).filter(|(_, line)| line.text.len() <= 120 && dates::is_update(&line.text));
        lines
            .filter(|(_, line)| !dates::is_publication(&line.text))
            .find_map(|(_, line)| dates::parse_in(&line.text, order))
    };
    linked().or_else(metas).or_else(marks).or_else(lines).filter(|time| is_likely(time))
}

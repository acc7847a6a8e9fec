//! What the desk costs: `cargo bench -p variorum-newsroom -- 1000 10000` fills a record of each size and times what a
//! round costs when 20 reports come to it. Reports are invented: the same number gives the same ones on every machine.
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::{Duration, Instant};

use variorum_news::Report;
use variorum_newsroom::{Desk, Options, Taken};
use variorum_store::Store;

/// Some time in 2026, in seconds since 1970.
const NOW: i64 = 1_772_700_000;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![500, 2_000] } else { sizes };
    println!(
        "{:>8} {:>8} {:>9} {:>9} {:>9} {:>10} {:>10}",
        "reports", "stories", "keep s", "place s", "make s", "start ms", "20 more ms"
    );
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let folder = tempfile::tempdir().expect("there is room for a record");
    let store = Store::open(folder.path().join("bench.db")).expect("a record can be made");
    let mut reports: Vec<Report> = (0..).flat_map(story).take(size + 40).collect();
    let more = reports.split_off(size);
    let begin = Instant::now();
    for part in reports.chunks(1_000) {
        store.keep(part.to_vec(), NOW).expect("reports are kept");
    }
    let kept = begin.elapsed();
    let mut desk = desk(&store);
    let (mut placing, mut making) = (Duration::ZERO, Duration::ZERO);
    loop {
        let begin = Instant::now();
        let worked = desk.work(NOW).expect("the desk works");
        *(if worked.placed > 0 { &mut placing } else { &mut making }) += begin.elapsed();
        if worked.unplaced + worked.stale == 0 {
            break;
        }
    }
    desk.leave().expect("the desk can be left");
    let begin = Instant::now();
    let mut desk = self::desk(&store);
    desk.work(NOW).expect("the desk works");
    let start = begin.elapsed();
    let mut rounds = Vec::new();
    for part in more.chunks(20) {
        store.keep(part.to_vec(), NOW).expect("reports are kept");
        let begin = Instant::now();
        while desk.work(NOW).map(|worked| worked.unplaced + worked.stale > 0).expect("the desk works") {}
        rounds.push(begin.elapsed());
    }
    let stories = store.read(|view| view.story_sums()).expect("the record can be read").stories;
    let best = rounds.iter().min().copied().unwrap_or_default();
    println!(
        "{size:>8} {stories:>8} {:>9.2} {:>9.2} {:>9.2} {:>10.1} {:>10.1}",
        kept.as_secs_f64(),
        placing.as_secs_f64(),
        making.as_secs_f64(),
        start.as_secs_f64() * 1e3,
        best.as_secs_f64() * 1e3
    );
}

fn desk(store: &Store) -> Desk {
    match Desk::take(store, Options::default()).expect("the desk can be asked for") {
        Taken::Here(desk) => desk,
        Taken::Elsewhere(pid) => panic!("process {pid:?} has the desk"),
    }
}

/// Returns the reports of a story: one to thirty, few of them many.
fn story(n: usize) -> Vec<Report> {
    let tellings = [1, 1, 2, 1, 3, 5, 1, 2, 8, 1, 4, 30][n % 12];
    (0..tellings).map(|telling| report(n, telling)).collect()
}

fn report(n: usize, telling: usize) -> Report {
    let (place, river, chief) = (name(n, 3), name(n + 7, 2), format!("{} {}", name(n + 3, 2), name(n + 5, 3)));
    let event = ["fire", "flood", "strike", "blackout", "ferry accident", "outbreak", "landslide"][n % 7];
    let hurt = 3 + n % 80 + usize::from(telling % 5 == 4);
    let homes = 20 + n % 3_000;
    let lead = [
        format!("{hurt} people were hurt on Tuesday in a {event} in {place}, the fire service said."),
        format!("A {event} has left {hurt} people hurt in the city of {place}, according to the fire service."),
        format!("Crews in {place} worked through Tuesday after a {event} in which {hurt} people were hurt."),
    ];
    let rest = [
        format!("It began near the {river} river, {chief} said. \"We had minutes, not hours,\" {chief} said."),
        format!("About {homes} homes along the {river} had no power until the evening."),
        format!("According to {chief}, a faulty heater is the likely reason."),
        format!("Some {homes} households near the {river} were cut off for most of the day."),
    ];
    let turn = if telling % 4 == 3 { 0 } else { telling };
    let text = format!("{}\n{}\n{}", lead[turn % 3], rest[turn % 4], rest[(turn + 1 + turn / 4) % 4]);
    let mut report = Report::of_text(format!("n{n}-{telling}"), text);
    let outlet = (n + 31 * telling) % 200;
    report.url = Some(format!("https://paper{outlet}.example/{n}/{telling}"));
    report.outlet = Some(format!("{} Post", name(outlet, 2)));
    report.title = Some(format!("{event} in {place}: {hurt} hurt"));
    // A year passes every 10,000 stories, as the window of the shelf expects of news.
    let day = n * 360 / 10_000 % 360;
    report.published = Some(format!("2025-{:02}-{:02}T{:02}:00:00Z", 1 + day / 30, 1 + day % 28, 6 + telling % 16));
    report.language = Some("en".to_owned());
    report
}

/// Returns an invented name of so many syllables.
fn name(n: usize, syllables: usize) -> String {
    const FIRST: [&str; 16] =
        ["Bra", "Cor", "Dal", "Es", "Fen", "Gor", "Hal", "Il", "Jar", "Kel", "Lor", "Mar", "Nor", "Os", "Pel", "Ren"];
    const NEXT: [&str; 16] =
        ["dan", "ver", "mo", "ric", "tha", "len", "sor", "vin", "ka", "berg", "nel", "ra", "ston", "wick", "da", "mer"];
    let mut left = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let mut pick = |list: &[&'static str; 16]| {
        left = left.wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(23) ^ (n as u64);
        list[(left >> 40) as usize % 16]
    };
    let first = pick(&FIRST).to_owned();
    (1..syllables).fold(first, |name, _| name + pick(&NEXT))
}

//! What it costs to place reports in stories: CPU time, its growth, comparisons and memory a report, beside the known ways.
//!
//! `cargo bench -p variorum-group --bench stories` measures ours (up to REPORTS of them, and again with splits where SPLITS is set). With `-- PYTHON` TF-IDF and DBSCAN of scikit-learn are
//! timed in the same run, by a Python that has it; with `-- PYTHON FOLDER` also Priberam's news-clustering (Miranda et
//! al. 2018), by a checkout of it. All read the same invented reports; a peer that is absent is told and left out.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "a bench talks to a person"
)]

mod invented;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use variorum_group::{Options, Shelf, place};
use variorum_news::{GroupLine, Report};

/// Reports after which time and memory are looked at.
const STEPS: &[u64] = &[1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000];

/// Reports that are held against the peers.
const BESIDE_DBSCAN: u64 = 10_000;
const BESIDE_NEWS_CLUSTERING: u64 = 2_000;

const WINDOW: Options = Options { window: Some(14), splits: false };

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let most = std::env::var("REPORTS").ok().and_then(|n| n.parse().ok()).unwrap_or(u64::MAX);
    growth(most, &WINDOW);
    if std::env::var_os("SPLITS").is_some() {
        growth(most, &Options { splits: true, ..WINDOW });
    }
    let folder = std::env::temp_dir().join(format!("variorum-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (peer, n) in [("dbscan", BESIDE_DBSCAN), ("news-clustering", BESIDE_NEWS_CLUSTERING)] {
        beside(peer, n, &args, &folder);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Places a long stream, and prints what the steps cost.
fn growth(most: u64, options: &Options) {
    println!(
        "{:>9} {:>10} {:>12} {:>14} {:>14} {:>10}",
        "reports", "CPU s", "ms a report", "compared a rep.", "bytes a report", "BCubed F"
    );
    let mut shelf = Shelf::default();
    let (mut stories, mut took, mut done) = (Stories::default(), 0.0, 0);
    let mut seen: Vec<(f64, f64, f64)> = Vec::new();
    let empty = resident();
    for &step in STEPS.iter().filter(|&&step| step <= most) {
        while done < step {
            let batch: Vec<String> = (done..(done + 1_000).min(step)).map(line).collect();
            done += batch.len() as u64;
            let begun = spent();
            let answers: Vec<GroupLine> = batch.iter().flat_map(|line| answered(&mut shelf, line, options)).collect();
            took += spent() - begun;
            answers.into_iter().for_each(|answer| stories.hear(answer));
        }
        let n = step as f64;
        let bytes = (resident() - empty) / n;
        println!(
            "{step:>9} {took:>10.2} {:>12.3} {:>14.1} {bytes:>14.0} {:>10.3}",
            took * 1e3 / n,
            shelf.comparisons() as f64 / n,
            stories.bcubed_f()
        );
        seen.push((n, took, resident() - empty));
    }
    let at = |reports: f64| seen.iter().find(|step| step.0 == reports);
    if let (Some(first), Some(last)) = (at(1e3), at(1e5)) {
        println!("growth exponent of time from 1,000 to 100,000 reports: {:.2}", (last.1 / first.1).log10() / 2.0);
    }
    if let [.., before, last] = &seen[..] {
        let each = (last.2 - before.2) / (last.0 - before.0);
        println!(
            "a report more keeps {each:.0} bytes (resident, {} to {} reports, none a copy); 1.5 million of a 14-day window: {:.1} GB",
            before.0,
            last.0,
            1.5e6 * each.max(last.2 / last.0) / 1e9
        );
    }
    let mut saved = Vec::new();
    shelf.save(options, &mut saved).unwrap();
    println!(
        "saved: {:.0} bytes a report; {} merges, {} splits",
        saved.len() as f64 / done as f64,
        stories.merges,
        stories.splits
    );
}

/// Times a peer and us on the same reports.
fn beside(peer: &str, n: u64, args: &[String], folder: &Path) {
    let lines: Vec<String> = (0..n).map(line).collect();
    let mut runs: Vec<f64> = Vec::new();
    let mut stories = Stories::default();
    for _ in 0..3 {
        let (mut shelf, begun) = (Shelf::default(), spent());
        let answers: Vec<GroupLine> = lines.iter().flat_map(|line| answered(&mut shelf, line, &WINDOW)).collect();
        runs.push(spent() - begun);
        stories = Stories::default();
        answers.into_iter().for_each(|answer| stories.hear(answer));
    }
    runs.sort_by(f64::total_cmp);
    println!(
        "\n{n} reports\n  variorum: {:.2} CPU s, {:.0} a second, BCubed F {:.3}",
        runs[1],
        n as f64 / runs[1],
        stories.bcubed_f()
    );
    match peer_run(peer, &lines, args, folder) {
        Ok((took, f, note)) => println!(
            "  {peer}: {took:.2} CPU s, {:.0} a second, BCubed F {f:.3} ({note}); variorum is {:.1} times as fast",
            n as f64 / took,
            took / runs[1]
        ),
        Err(why) => println!("  {peer}: left out, {why}"),
    }
}

/// Returns the CPU seconds and the BCubed F of a peer, with a word on its setting.
fn peer_run(peer: &str, lines: &[String], args: &[String], folder: &Path) -> Result<(f64, f64, String), String> {
    let python = args.first().ok_or("no Python was named")?;
    let checkout = args.get(1).map_or("", String::as_str);
    if peer == "news-clustering" && !Path::new(checkout).join("clustering.py").is_file() {
        return Err("no folder with its clustering.py was named".to_owned());
    }
    let file = folder.join(format!("{peer}.jsonl"));
    let mut out = std::fs::File::create(&file).map_err(|error| error.to_string())?;
    for (n, line) in lines.iter().enumerate() {
        writeln!(out, "{}\t{line}", invented::event(n as u64)).map_err(|error| error.to_string())?;
    }
    let run = Command::new(python).args(["-c", include_str!("peers.py"), peer]).arg(&file).arg(checkout).output();
    let run = run.map_err(|error| format!("{python}: {error}"))?;
    let said = String::from_utf8_lossy(&run.stdout);
    let fields: Vec<&str> = said.trim().splitn(3, ' ').collect();
    match (run.status.success(), &fields[..]) {
        (true, [took, f, note]) => {
            Ok((took.parse().map_err(|_| "no time")?, f.parse().map_err(|_| "no score")?, (*note).to_owned()))
        }
        _ => Err(String::from_utf8_lossy(&run.stderr).lines().last().unwrap_or("it said nothing").to_owned()),
    }
}

fn line(n: u64) -> String {
    serde_json::to_string(&invented::report(n)).unwrap()
}

fn answered(shelf: &mut Shelf, line: &str, options: &Options) -> Vec<GroupLine> {
    let report: Report = serde_json::from_str(line).unwrap();
    place(shelf, &report, options)
}

/// The reports of each story as it stands now.
#[derive(Default)]
struct Stories {
    of_story: BTreeMap<String, Vec<u64>>,
    reports: u64,
    merges: usize,
    splits: usize,
}

impl Stories {
    fn hear(&mut self, line: GroupLine) {
        match line {
            GroupLine::Placement(placed) => {
                self.of_story.entry(placed.story).or_default().push(self.reports);
                self.reports += 1;
            }
            GroupLine::Merge(merge) => {
                let [first, second] = merge.merge;
                let came = self.of_story.remove(&second).unwrap_or_default();
                self.of_story.entry(first).or_default().extend(came);
                self.merges += 1;
            }
            GroupLine::Split(split) => {
                let [first, second] = split.split;
                let leave: BTreeSet<u64> = split.reports.iter().map(|id| id[1..].parse().unwrap()).collect();
                self.of_story.entry(first).or_default().retain(|n| !leave.contains(n));
                self.of_story.insert(second, leave.into_iter().collect());
                self.splits += 1;
            }
        }
    }

    /// Bagga and Baldwin 1998.
    fn bcubed_f(&self) -> f64 {
        let mut both: BTreeMap<(&str, u64), f64> = BTreeMap::new();
        let mut events: BTreeMap<u64, f64> = BTreeMap::new();
        for (story, reports) in &self.of_story {
            for event in reports.iter().map(|&n| invented::event(n)) {
                *both.entry((story, event)).or_default() += 1.0;
                *events.entry(event).or_default() += 1.0;
            }
        }
        let n = self.reports as f64;
        let precision: f64 =
            both.iter().map(|((story, _), n)| n * n / self.of_story[*story].len() as f64).sum::<f64>() / n;
        let recall: f64 = both.iter().map(|((_, event), n)| n * n / events[event]).sum::<f64>() / n;
        2.0 * precision * recall / (precision + recall)
    }
}

/// Returns the seconds that this thread was on a processor (Linux), which a busy machine does not stretch.
fn spent() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("a number") / 1e9
}

/// Returns the bytes of this process that lie in memory (Linux).
fn resident() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/statm").expect("Linux counts");
    stat.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).expect("a number") * 4096.0
}

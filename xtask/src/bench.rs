//! Speed as a person meets it: whole processes of the release program, start included.

mod invent;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is timed: a name, how many reports, and how many of them share a story.
const LOADS: &[(&str, usize, usize)] =
    &[("one story", 5, 5), ("one story", 100, 100), ("mixed", 100, 4), ("mixed", 300, 4), ("mixed", 1000, 4)];

/// Runs of each load; the quickest counts, because a machine that does other things only ever adds time.
const RUNS: usize = 3;

/// What a run took.
struct Cost {
    wall: Duration,
    cpu: Duration,
    peak_mb: u64,
}

/// Times `variorum collate --json` on one thread, or `--threads N`, and prints a table.
pub fn run(root: &Path, args: &[String]) -> Result<(), String> {
    let threads = match args {
        [] => "1",
        [flag, count] if flag == "--threads" => count.as_str(),
        _ => return Err("usage: cargo xtask bench [--threads N]".to_owned()),
    };
    let program = build(root)?;
    let scratch = root.join("target/bench");
    fs::create_dir_all(&scratch).map_err(|e| format!("{}: {e}", scratch.display()))?;
    println!("{:10} {:>8} {:>9} {:>9} {:>9}", "load", "reports", "wall s", "cpu s", "peak MB");
    let mut mixed = Vec::new();
    for &(name, reports, alike) in LOADS {
        let file = scratch.join(format!("{}-{reports}.jsonl", name.replace(' ', "-")));
        fs::write(&file, invent::reports(reports, alike)).map_err(|e| format!("{}: {e}", file.display()))?;
        let costs: Result<Vec<Cost>, String> = (0..RUNS).map(|_| time(&program, &file, threads)).collect();
        let best = costs?.into_iter().min_by_key(|cost| cost.cpu).expect("there is a run at least");
        let (wall, cpu) = (best.wall.as_secs_f64(), best.cpu.as_secs_f64());
        println!("{name:10} {reports:>8} {wall:>9.3} {cpu:>9.3} {:>9}", best.peak_mb);
        if name == "mixed" {
            mixed.push((reports as f64, cpu.max(0.01)));
        }
    }
    if let [first, .., last] = mixed[..] {
        let exponent = (last.1 / first.1).ln() / (last.0 / first.0).ln();
        println!("growth exponent of CPU time, mixed, {} to {} reports: {exponent:.2}", first.0, last.0);
    }
    Ok(())
}

fn build(root: &Path) -> Result<std::path::PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["build", "--release", "--package", "variorum-cli"];
    let status = Command::new(cargo).args(args).current_dir(root).status().map_err(|e| format!("cargo: {e}"))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
    if status.success() { Ok(target.join("release/variorum")) } else { Err("the program cannot be built".to_owned()) }
}

fn time(program: &Path, file: &Path, threads: &str) -> Result<Cost, String> {
    let (begin, used) = (Instant::now(), cpu_of_children());
    let mut child = Command::new(program)
        .arg("collate")
        .arg(file)
        .args(["--json", "--threads", threads])
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}", program.display()))?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory_of(child.id()));
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let wall = begin.elapsed();
    let cpu = match (used, cpu_of_children()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall,
    };
    if status.success() { Ok(Cost { wall, cpu, peak_mb: peak >> 10 }) } else { Err(format!("collate: {status}")) }
}

/// Returns the peak memory of a running process in kB; 0 where the system does not tell.
fn memory_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Returns the CPU time of all children that ended, where the system tells; Linux counts it in hundredths of a second.
fn cpu_of_children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

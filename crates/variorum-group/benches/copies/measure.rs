//! One tool over one stream, in a process of its own.

use std::fs;
use std::process::Command;

use crate::dice::Dice;
use crate::invent::{self, COPIES, Lexicon, Text};
use crate::score;
use crate::tools::TOOLS;

/// What is told of a tool.
#[derive(Debug, Default)]
pub struct Figures {
    pub speed: f64,
    pub bytes: f64,
    pub precision: f64,
    /// Reports of like incidents that were taken for copies.
    pub alike: usize,
    pub recalls: Vec<f64>,
}

impl Figures {
    pub fn row(&self) -> String {
        let recalls: String = self.recalls.iter().map(|recall| format!(" {recall:>8.3}")).collect();
        format!("{:>9.0} {:>7.0} {:>9.4} {:>5}{recalls}", self.speed, self.bytes, self.precision, self.alike)
    }

    fn line(&self) -> String {
        let head = [self.speed, self.bytes, self.precision, self.alike as f64];
        head.iter().chain(&self.recalls).map(f64::to_string).collect::<Vec<_>>().join(" ")
    }

    fn of_line(line: &str) -> Option<Self> {
        let all: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [speed, bytes, precision, alike, recalls @ ..] = all.as_slice() else { return None };
        let whole = recalls.len() == COPIES.len();
        whole.then(|| Figures {
            speed: *speed,
            bytes: *bytes,
            precision: *precision,
            alike: *alike as usize,
            recalls: recalls.to_vec(),
        })
    }
}

/// Runs a tool in a new process.
pub fn in_own_process(tool: usize, count: usize, file: &str) -> Figures {
    let program = std::env::current_exe().expect("a running program has a file");
    let ran = Command::new(program).args(["--one", &tool.to_string(), &count.to_string(), file]).output();
    let said = ran.expect("this program can be started again").stdout;
    Figures::of_line(&String::from_utf8_lossy(&said)).expect("the tool tells its figures")
}

/// Runs the tool with the number of the first argument and prints its figures.
pub fn one(arguments: &[String]) {
    let number = |at: usize| arguments[at].parse::<usize>().expect("a number");
    let texts = texts(number(1), &arguments[2]);
    let written: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    let tool = &TOOLS[number(0)];
    let memory = resident();
    let begun = cpu();
    let (found, index) = (tool.run)(&written);
    let bytes = resident().saturating_sub(memory) as f64 / texts.len() as f64;
    drop(index);
    // Short runs are repeated until the clock, which ticks in hundredths of a second, can tell their time.
    let mut runs = 1.0;
    while cpu() - begun < 1.0 {
        drop((tool.run)(&written));
        runs += 1.0;
    }
    let speed = runs * texts.len() as f64 / (cpu() - begun);
    println!("{}", Figures { speed, bytes, ..score(&texts, &found) }.line());
}

/// The texts of the stream: those of a file, or invented ones.
fn texts(count: usize, file: &str) -> Vec<Text> {
    let lexicon = if file.is_empty() { Lexicon::new() } else { Lexicon::of(&texts_of(file)) };
    invent::stream(count, &lexicon, &mut Dice(11))
}

/// Returns the texts of a file of JSON Lines, of forty words or more.
fn texts_of(file: &str) -> Vec<String> {
    let lines = fs::read_to_string(file).expect("the file can be read");
    let reports = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let texts = reports.filter_map(|report| report["text"].as_str().map(str::to_owned));
    texts.filter(|text| text.split_whitespace().count() >= 40).collect()
}

/// Returns the seconds of CPU time of this process. Linux counts them in hundredths; elsewhere a clock stands in.
fn cpu() -> f64 {
    let ticks = || {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        (11..13).map(|at| fields.get(at)?.parse::<u64>().ok()).sum::<Option<u64>>()
    };
    let clock = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    ticks().map_or_else(clock, |ticks| ticks as f64 / 100.0)
}

/// Returns the bytes of this process that lie in memory; zero where Linux does not tell.
fn resident() -> u64 {
    let told = || {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    told().unwrap_or_default() * 1024
}

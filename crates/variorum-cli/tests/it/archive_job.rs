//! A whole archive: the same manifest on any number of threads, in any order of inputs, and after kills at any moment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::{self, Run};

/// Kills of one test, each at another moment.
const KILLS: usize = 25;

/// A folder that goes when it is dropped, with reports of several days and two languages in it.
pub struct Material {
    folder: tempfile::TempDir,
}

impl Material {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let inputs = folder.path().join("inputs");
        fs::create_dir(&inputs).expect("a folder can be made");
        for (name, lines) in [("north", 0..12), ("south", 12..24), ("west", 24..36)] {
            let lines: String = lines.map(line).collect();
            fs::write(inputs.join(format!("{name}.jsonl")), lines).expect("a file can be written");
        }
        fs::write(
            inputs.join("broken.jsonl"),
            "{\"id\":\"r3\",\"text\":\"The bridge is closed, the mayor said.\"}\nno\n",
        )
        .expect("a file can be written");
        Material { folder }
    }

    /// Returns a name in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns everything that is read, the corpus too.
    fn inputs(&self) -> Vec<PathBuf> {
        vec![self.path("inputs"), "corpus/harbour-leak/reports".into(), "corpus/dock-pay/reports".into()]
    }

    fn command(&self, out: &str, more: &[&str]) -> Command {
        self.command_of(&self.inputs(), out, more)
    }

    fn command_of(&self, inputs: &[PathBuf], out: &str, more: &[&str]) -> Command {
        let mut command = program::program();
        command.arg("archive").args(inputs).arg("--out").arg(self.path(out)).args(more);
        command
    }

    /// Makes an archive and returns its manifest.
    pub fn archive(&self, out: &str, more: &[&str]) -> Value {
        program::feed(self.command(out, more), b"").ended_with(0);
        self.manifest(out)
    }

    pub fn manifest(&self, out: &str) -> Value {
        let text = fs::read_to_string(self.path(out).join("manifest.json")).expect("the archive is whole");
        serde_json::from_str(&text).expect("a manifest is JSON")
    }

    fn verify(&self, out: &str) -> Run {
        program::run(["archive".as_ref(), "--verify".as_ref(), self.path(out).as_os_str()])
    }
}

/// Every third report is told twice; every fourth is Spanish; they come on six days.
fn line(n: usize) -> String {
    let (event, day) = (n / 3 * 2, 10 + n % 6);
    let text = if n.is_multiple_of(4) {
        format!(
            "Los estibadores de Marrowick aceptaron el miércoles una subida salarial del {event} por ciento, dijo el \
             sindicato. La votación fue de {} contra 487, según la portavoz Ana Orr.",
            1_300 + event
        )
    } else {
        format!(
            "Growers in valley number {event} of Calverra brought in {} tonnes of plums this week, said Hanno Visk of the \
             growers' union on Tuesday. It is the best harvest for {} years, and the market opens on Friday.",
            100 + event,
            3 + event % 9
        )
    };
    let report = json!({"id": format!("r{n}"), "url": format!("https://valley-{}.example/{n}", n % 5), "text": text,
        "outlet": format!("Valley News {}", n % 5), "published": format!("2026-03-{day}T08:{n:02}:00Z")});
    format!("{report}\n")
}

#[test]
fn threads_and_the_order_of_inputs_leave_no_trace() {
    let material = Material::new();
    let first = material.archive("one", &["--threads", "1"]);
    assert_eq!(first["schema"], "variorum/archive@1");
    assert_eq!(first["reports"], 36 + 14, "{first:#}");
    assert!(first["problems"].as_u64() >= Some(2), "{first:#}");
    for threads in ["2", "4"] {
        assert_eq!(material.archive(threads, &["--threads", threads]), first, "{threads} threads leave a trace");
    }
    let mut inputs = material.inputs();
    inputs.reverse();
    inputs.extend(["south.jsonl", "north.jsonl"].map(|name| material.path("inputs").join(name)));
    program::feed(material.command_of(&inputs, "other", &[]), b"").ended_with(0);
    assert_eq!(material.manifest("other"), first, "the order of inputs leaves a trace");
}

#[test]
fn the_end_tells_what_came_and_where_it_is() {
    let material = Material::new();
    let run = program::feed(material.command("out", &["--timings"]), b"").ended_with(0);
    for words in
        ["50 reports in ", "2 languages", "problems; the first:\n", "`variorum import ", "DuckDB", "manifest.json"]
    {
        assert!(run.out.contains(words) || words.starts_with("problems"), "{words} is missing in\n{}", run.out);
    }
    assert!(run.out.contains("; the first:\n  problem: "), "{}", run.out);
    for stage in ["clean", "read", "told", "all"] {
        assert!(run.err.lines().any(|line| line.starts_with(stage)), "{stage} is missing in\n{}", run.err);
    }
    let again = program::feed(material.command("out", &[]), b"").ended_with(0);
    assert!(again.out.contains("out is whole already; nothing was left to do.\n50 reports in "), "{}", again.out);
    assert!(again.err.is_empty(), "{}", again.err);
    program::feed(material.command("out", &["--strict"]), b"").ended_with(1);
}

#[test]
fn a_killed_run_goes_on() {
    let material = Material::new();
    // Of short stages, so that kills meet all of them.
    let inputs = [material.path("inputs")];
    let command = |out, threads| material.command_of(&inputs, out, &["--threads", threads]);
    program::feed(command("whole", "2"), b"").ended_with(0);
    let whole = material.manifest("whole");
    let mut moment = 12_345_u64;
    for kill in 0..KILLS {
        let mut child = started(command("out", if kill % 2 == 0 { "2" } else { "1" }));
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis((moment >> 33) % 500));
        child.kill().expect("it is ours");
        if child.wait().expect("it can be waited for").success() {
            assert_eq!(material.manifest("out"), whole, "another archive after {kill} kills");
            fs::remove_dir_all(material.path("out")).expect("it is ours");
        }
    }
    program::feed(command("out", "2"), b"").ended_with(0);
    assert_eq!(material.manifest("out"), whole, "another archive after {KILLS} kills");
    material.verify("out").ended_with(0);
    assert!(!material.path("out/.work").exists(), "what the steps left for one another is still there");
}

pub fn started(mut command: Command) -> Child {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program was built with this test")
}

#[test]
fn every_file_is_held_against_its_sum() {
    let material = Material::new();
    let manifest = material.archive("out", &[]);
    let run = material.verify("out").ended_with(0);
    assert!(run.out.contains("out is whole: "), "{}", run.out);
    let names = file_names(&manifest);
    let damage = material.path("out").join(names[0]);
    let mut bytes = fs::read(&damage).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&damage, bytes).expect("it is ours");
    fs::remove_file(material.path("out").join(names[1])).expect("it is ours");
    fs::write(material.path("out/reports/notes.txt"), "mine").expect("a file can be written");
    let run = material.verify("out").ended_with(1);
    let expected = [
        format!("changed: {}", names[0]),
        format!("missing: {}", names[1]),
        "not in the manifest: reports/notes.txt".into(),
    ];
    for flaw in expected {
        assert!(run.out.lines().any(|line| line == flaw), "{flaw} is missing in\n{}", run.out);
    }
    assert!(run.out.contains(" is not as its manifest says: 3 flaws among "), "{}", run.out);
}

/// Returns the names of the files in a manifest.
pub fn file_names(manifest: &Value) -> Vec<&str> {
    manifest["files"].as_array().expect("files").iter().filter_map(|file| file["path"].as_str()).collect()
}

#[test]
fn a_folder_is_worked_on_by_one_process_at_a_time() {
    let material = Material::new();
    let out = material.path("out");
    fs::create_dir(&out).expect("a folder can be made");
    let folder = fs::File::open(&out).expect("it is there");
    folder.lock().expect("nobody else has it");
    let run = program::feed(material.command("out", &[]), b"").ended_with(1);
    assert!(run.err.contains("out is being worked on by another process\nhint: "), "{}", run.err);
    folder.unlock().expect("it is ours");
    program::feed(material.command_of(&[material.path("inputs")], "out", &[]), b"").ended_with(0);
}

#[test]
fn what_cannot_be_done_is_told_with_a_hint() {
    let material = Material::new();
    let out = material.path("out").display().to_string();
    let fails = |args: &[&str], words: &str| {
        let run = program::run(args.iter().copied()).ended_with(1);
        assert!(run.err.contains(words) && run.err.contains("hint: "), "{}", run.err);
    };
    fails(&["archive", "nowhere.warc.gz", "--out", &out], "there is nothing to read: nowhere.warc.gz: no such file");
    fails(&["archive", "-", "--out", &out], "made from files");
    fails(&["archive", "corpus", "--out", "docs"], "holds something else");
    fails(&["archive", "corpus", "--out", &out, "--published", "yesterday"], "is not a date");
    fails(&["archive", "--verify", "docs"], "docs holds no archive that is whole");
    fails(&["import", "docs"], "docs holds no archive that is whole");
    for args in [&["archive", "corpus"][..], &["archive", "--out", &out], &["archive", "corpus", "--verify", &out]] {
        program::run(args).ended_with(2);
    }
    assert!(!Path::new("docs/.work").exists());
}

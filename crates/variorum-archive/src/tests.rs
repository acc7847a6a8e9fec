//! Tests of the whole job, run by the smallest engine there is: one that deals rows out in an order of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Config, Driver, Options, Out, Row, Summary, problems_of, reports_of};

/// What an engine may do differently.
#[derive(Clone, Copy)]
struct Engine {
    /// Deals names and rows out from the end.
    backwards: bool,
    /// Runs every step twice, as after a kill.
    twice: bool,
}

const PLAIN: Engine = Engine { backwards: false, twice: false };

fn run(engine: Engine, inputs: &[PathBuf], out: &Path) -> Summary {
    let config = Config { inputs: inputs.to_vec(), out: out.to_owned(), options: Options::default(), keep_work: false };
    let mut driver = Driver::begin(config).expect("a job");
    while let Some(mut stage) = driver.stage().expect("a stage") {
        if engine.backwards {
            stage.names.reverse();
        }
        let (mut rows, mut receipts): (BTreeMap<i64, Vec<Row>>, Vec<String>) = Default::default();
        let rounds = if engine.twice { 2 } else { 1 };
        for round in 0..rounds {
            for name in &stage.names {
                crate::map(driver.job(), &stage.name, name, &mut |out| {
                    match out {
                        Out::Row(row) if round == 0 => rows.entry(row.bucket).or_default().push(row),
                        Out::Row(_) => {}
                        Out::Receipt(receipt) => receipts.push(receipt),
                    }
                    Ok(())
                })
                .expect("a step");
            }
        }
        for mut rows in rows.into_values() {
            if engine.backwards {
                rows.reverse();
            }
            for _ in 0..rounds {
                receipts.extend(crate::group(driver.job(), &stage.name, rows.clone()).expect("a group"));
            }
        }
        driver.take(&stage, receipts).expect("receipts");
    }
    driver.finish().expect("a manifest")
}

/// Reports of several days and languages: a wire text and its copies, a rewrite, names given twice, damage.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let ferry = "The ferry Ardent ran aground off Delmare on Monday evening with 214 passengers on board, the harbour \
        office said. Ada Orr, the harbour master, said that nobody was hurt and that tugs would free the ship at high water. \
        The line between Delmare and Marrowick stays closed until Thursday.";
    let strike = "Los estibadores de Marrowick aceptaron el miércoles una subida salarial del 6,5 por ciento y evitaron la \
        huelga que habría cerrado el segundo puerto del país, dijo el sindicato. La votación fue de 1.312 contra 487.";
    let orchard = |n: usize| {
        format!(
            "Growers in valley number {n} of Calverra brought in {} tonnes of plums this week, said Hanno Visk of the \
            growers' union on Tuesday, the best harvest for {} years.",
            100 + n,
            3 + n % 9
        )
    };
    let mut lines = Vec::new();
    let mut line = |id: &str, outlet: &str, published: &str, text: &str| {
        lines.push(serde_json::json!({"id": id, "outlet": outlet, "published": published, "text": text}).to_string());
    };
    line("a", "Delmare Courier", "2025-03-10T20:00:00Z", ferry);
    line("b", "Calverra Post", "2025-03-10T21:00:00Z", ferry);
    line("c", "Marrowick Times", "2025-03-11T00:30:00Z", &format!("From the Courier.\n{ferry}\nShare this page"));
    line("d", "El Puerto", "2025-03-12T09:00:00Z", strike);
    line("a", "Another", "2025-03-12T10:00:00Z", &orchard(77));
    for n in 0..40 {
        line(&format!("o{n:02}"), "Valley News", &format!("2025-03-1{}T08:{:02}:00Z", n % 6, n), &orchard(n));
    }
    fs::write(folder.join("one.jsonl"), lines[..20].join("\n")).unwrap();
    fs::write(folder.join("two.jsonl"), format!("{}\n{{\"id\": 7}}\nno JSON\n", lines[20..].join("\n"))).unwrap();
    fs::write(
        folder.join("three.txt"),
        "A ferry of the Delmare line, the Ardent, is stuck on a sandbank, its owner says.",
    )
    .unwrap();
    fs::write(folder.join("odd.bin"), [0, 1, 2]).unwrap();
    vec![folder.to_owned()]
}

fn archive(engine: Engine) -> (TempDir, TempDir, Summary) {
    let (from, to) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let inputs = inputs(from.path());
    let summary = run(engine, &inputs, &to.path().join("archive"));
    (from, to, summary)
}

/// The folders of two runs have names of their own, which stand in paths.
fn sums(engine: Engine, from: &Path) -> String {
    let to = TempDir::new().unwrap();
    let summary = run(engine, &[from.to_owned()], &to.path().join("archive"));
    serde_json::to_string_pretty(&summary.manifest).unwrap()
}

#[test]
fn every_report_is_filed_once_or_named_as_a_problem() {
    let (_from, to, summary) = archive(PLAIN);
    let mut reports = BTreeMap::new();
    let mut problems = Vec::new();
    for file in &summary.manifest.files {
        let path = to.path().join("archive").join(&file.path);
        if file.path.starts_with("reports/") {
            reports_of(&path, &mut |found| {
                reports.extend(found.into_iter().map(|report| (report.id.to_string(), file.path.clone())));
                Ok(())
            })
            .unwrap();
        } else if file.path.starts_with("problems/") {
            problems_of(&path, &mut |problem| {
                problems.push(problem.reason);
                Ok(())
            })
            .unwrap();
        }
    }
    assert_eq!((reports.len(), summary.manifest.reports), (45, 45), "{reports:#?}");
    assert_eq!(reports["a"], "reports/lang=en/day=2025-03-10/part-0000.parquet");
    assert_eq!(reports["d"], "reports/lang=es/day=2025-03-12/part-0000.parquet");
    assert!(reports.values().any(|path| path.contains("day=unknown")));
    problems.sort();
    assert_eq!(problems.len(), 4, "{problems:#?}");
    assert!(problems.iter().any(|problem| problem.contains("this id")), "{problems:#?}");
    assert!(!to.path().join("archive/.work").exists());
}

#[test]
fn an_engine_leaves_no_trace() {
    let from = TempDir::new().unwrap();
    inputs(from.path());
    let plain = sums(PLAIN, from.path());
    assert_eq!(plain, sums(Engine { backwards: true, ..PLAIN }, from.path()));
    assert_eq!(plain, sums(Engine { twice: true, ..PLAIN }, from.path()));
}

#[test]
fn copies_are_told_within_a_day_and_across_days() {
    let (_from, to, summary) = archive(PLAIN);
    let mut places = BTreeMap::new();
    for file in summary.manifest.files.iter().filter(|file| file.path.starts_with("reports/")) {
        crate::tables::each_filed(&to.path().join("archive").join(&file.path), |filed| {
            places.insert(filed.report.id.to_string(), filed.placed);
            Ok(())
        })
        .unwrap();
    }
    assert_eq!(places["a"].duplicate_of, None);
    assert_eq!(places["b"].duplicate_of.as_deref(), Some("a"));
    assert_eq!(places["c"].duplicate_of.as_deref(), Some("a"));
    assert!(places["a"].story == places["c"].story && places["a"].story != places["o01"].story);
}

#[test]
fn a_whole_archive_is_left_alone_and_may_grow() {
    let (from, to, first) = archive(PLAIN);
    let out = to.path().join("archive");
    let again = run(PLAIN, &[from.path().to_owned()], &out);
    assert!(again.was_whole && again.manifest == first.manifest);
    fs::write(from.path().join("four.txt"), "The plum market of Calverra opens on Friday, growers say.").unwrap();
    let grown = run(PLAIN, &[from.path().to_owned()], &out);
    assert!(!grown.was_whole);
    assert_eq!(grown.manifest.reports, first.manifest.reports + 1);
    let config =
        Config { inputs: vec![from.path().join("four.txt")], out, options: Options::default(), keep_work: false };
    assert!(matches!(Driver::begin(config), Err(crate::Error::Taken { .. })));
}

//! Dossiers that no one hopes for: many stories, many copies, other scripts, hostile words.

use variorum_news::{
    AccountSentence, Dossier, Drift, DriftKind, Edge, EdgeKind, Evidence, Part, Problem, Reading, Report, ReportId,
    SCHEMA, Source, Span, Statement, StatementKind, Story, Value, Variant, VariantKind, Verdict,
};

use super::report;

/// Words that try to be more than words.
pub const HOSTILE: &str = "</style><script>alert(1)</script> \" onload=\"alert(2)\" ' <img src=x onerror=alert(3)> &amp; ]]> \u{202e}dne\u{1b}[31m\n\
    </textarea><!-- <svg onload=alert(4)> {{7*7}} javascript:alert(5)\n\
    DonaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftDonaudampfschifffahrtselektrizitätenhauptbetriebswerk";

/// Returns a dossier with one story after another: a large one, a hostile one, one in Arabic, one in Japanese.
pub fn many() -> Dossier {
    let mut reports: Vec<Report> = (0..60).map(copy).collect();
    let mut hostile = report(HOSTILE, Some("<b>Bold</b> & \"Daughters\""), Some("<i>soon</i>"), "e\"n", HOSTILE);
    hostile.url = Some("javascript:alert(1)".into());
    reports.push(hostile);
    reports.push(report(
        "nahr",
        Some("صحيفة النهر"),
        Some("2031-03-03"),
        "ar",
        "بارجة تصطدم بجسر كارسهولم\nاصطدمت بارجة محملة بالحصى بجسر كارسهولم المتحرك صباح يوم الاثنين.\nأُجلي نحو 1200 شخص من حي الميناء.",
    ));
    reports.push(report(
        "kawa",
        Some("川日報"),
        Some("2031"),
        "ja",
        "はしけがカルスホルムの旋回橋に衝突\n砂利を積んだはしけが月曜日の早朝、カルスホルムの旋回橋に衝突した。",
    ));
    reports.push(report("lone", None, None, "en", "Ferry late\nThe ferry was late."));
    let ids: Vec<ReportId> = reports.iter().map(|r| r.id.clone()).collect();
    let stories = vec![
        story("s1", &reports[60..61], vec![vec![ids[60].clone()]]),
        wire(&reports[..60]),
        story("s3", &reports[61..63], vec![vec![ids[61].clone()], vec![ids[62].clone()]]),
    ];
    let problems = (0..6).map(|n| Problem::of_path(format!("in/{n}<b>.warc"), HOSTILE)).collect();
    Dossier { id: None, schema: SCHEMA.to_owned(), reports, stories, problems }
}

/// Returns the dossier of nothing.
pub fn empty() -> Dossier {
    Dossier { id: None, schema: SCHEMA.to_owned(), reports: Vec::new(), stories: Vec::new(), problems: Vec::new() }
}

/// Returns a dossier whose spans fit nothing: offsets beyond the text, reports that are not there, parts upside down.
pub fn broken() -> Dossier {
    let mut dossier = super::dossier();
    dossier.reports.remove(3);
    for report in &mut dossier.reports {
        report.text = report.text.chars().take(40).collect();
    }
    let story = &mut dossier.stories[0];
    story.reports.push("nobody".into());
    story.origins.clear();
    story.drift[0].rewrite = Span { report: "nobody".into(), start: 9, end: 3, text: String::new() };
    story.variants[0].readings[0].sentence = Span { report: "courier".into(), start: 70, end: 10, text: "é".into() };
    story.variants[3].readings[1].span = Span { report: "gazette".into(), start: 3, end: 5, text: " w".into() };
    story.account.push(told("No source says this.".into(), Vec::new()));
    let round = |from: &str, to: &str| Edge {
        from: Source::Report(from.into()),
        to: to.into(),
        kind: EdgeKind::Copy,
        credited: false,
        score: f64::NAN,
        evidence: Vec::new(),
        explain: String::new(),
    };
    story.lineage.extend([round("tidings", "courier"), round("courier", "courier"), round("nobody", "phare")]);
    dossier
}

/// One of sixty reports that all go back to one wire.
fn copy(n: usize) -> Report {
    let words = format!(
        "Storm closes the Orrin pass\nSnow closed the Orrin pass on Friday night. Some {} cars were turned back.",
        40 + n % 3
    );
    report(
        &format!("copy-{n:02}"),
        Some(&format!("Valley Paper {}", n + 1)),
        Some("2031-01-10T20:00:00Z"),
        "en",
        &words,
    )
}

fn wire(reports: &[Report]) -> Story {
    let ids: Vec<ReportId> = reports.iter().map(|r| r.id.clone()).collect();
    let mut wire = story("s2", reports, vec![ids[..50].to_vec(), ids[50..].to_vec()]);
    for n in 1..60 {
        let from = if n == 50 {
            continue;
        } else if n > 50 {
            50
        } else {
            n / 4
        };
        let kind = [EdgeKind::Copy, EdgeKind::Excerpt, EdgeKind::Rewrite][n % 3];
        let evidence = vec![Evidence {
            from: Some(sentence(&reports[from], 0)),
            to: sentence(&reports[n], 0),
            shared: Vec::new(),
        }];
        wire.lineage.push(Edge {
            from: Source::Report(ids[from].clone()),
            to: ids[n].clone(),
            kind,
            credited: n % 2 == 0,
            score: 0.9,
            evidence,
            explain: String::new(),
        });
    }
    let readings: Vec<Reading> = reports.iter().enumerate().map(|(n, r)| reading(r, (40 + n % 3) as f64)).collect();
    wire.variants.push(Variant {
        development: false,
        confidence: 1.0,
        id: "v".into(),
        kind: VariantKind::Figure,
        about: "cars".into(),
        statement: "st".into(),
        readings: readings.clone(),
    });
    wire.statements.push(Statement {
        id: "st".into(),
        kind: StatementKind::Event,
        gist: sentence(&reports[0], 0),
        about: None,
        reports: 60,
        origins: 2,
        readings,
        verdict: Verdict::Agreed,
        confidence: 1.0,
    });
    wire
}

fn reading(report: &Report, value: f64) -> Reading {
    let sentence = sentence(report, 1);
    Reading {
        when: None,
        span: sentence.clone(),
        sentence,
        value: Some(Value::Number(value)),
        hedge: None,
        speaker: None,
        attributed_to: None,
        derived: &*report.id != "copy-00",
    }
}

fn sentence(report: &Report, n: usize) -> Span {
    let sentences = &report.annotations.as_ref().expect("every report of the sample is annotated").sentences;
    sentences[n.min(sentences.len() - 1)].clone()
}

fn told(text: String, sources: Vec<Span>) -> AccountSentence {
    AccountSentence {
        text,
        sources,
        mark: Verdict::SingleOrigin,
        origins: 1,
        statement: String::new(),
        variants: Vec::new(),
        part: Part::News,
        paragraph: 0,
    }
}

/// A story that tells each report's first sentence and calls it all drift.
fn story(id: &str, reports: &[Report], origins: Vec<Vec<ReportId>>) -> Story {
    let account: Vec<AccountSentence> =
        reports.iter().take(3).map(|r| sentence(r, 0)).map(|s| told(s.text.clone(), vec![s])).collect();
    let drift = |r: &Report| Drift {
        proposed: false,
        confidence: 1.0,
        kind: DriftKind::Unsupported,
        rewrite: sentence(r, 0),
        source: Some(sentence(r, 1)),
        explain: "nothing in the source says so".into(),
    };
    Story {
        id: id.into(),
        title: reports[0].title.is_some().then(|| sentence(&reports[0], 0)),
        reports: reports.iter().map(|r| r.id.clone()).collect(),
        origins,
        independence: None,
        lineage: Vec::new(),
        statements: Vec::new(),
        variants: Vec::new(),
        drift: reports.iter().take(1).map(drift).collect(),
        timeline: Vec::new(),
        account,
    }
}

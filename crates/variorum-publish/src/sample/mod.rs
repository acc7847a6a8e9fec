//! An invented dossier with every part filled, for tests and for looking at the page.

pub mod handed;
pub mod odd;

use variorum_news::{
    AccountSentence, Annotations, Block, BlockKind, Credit, CreditKind, Dossier, Doubt, DoubtKind, Drift, DriftKind,
    Edge, EdgeKind, Evidence, Hedge, Independence, Moment, Note, Part, Problem, Reading, Removed, Report, ReportId,
    SCHEMA, Source, Span, Spanner, Statement, StatementKind, Story, TimelineEntry, Uncertain, Value, Variant,
    VariantKind, Verdict,
};

/// Name, outlet, time of publication, language and words of each invented report; an empty one is not known.
const REPORTS: &[[&str; 5]] = &[
    ["courier", "Karsholm Courier", "2031-03-03T07:40:00Z", "en", include_str!("courier.txt")],
    ["vesterland", "Vesterland Post", "2031-03-03T10:05:00Z", "en", include_str!("vesterland.txt")],
    ["tidings", "Daily Tidings", "2031-03-04", "en", include_str!("tidings.txt")],
    ["porthaven", "Porthaven News", "2031-03-03T09:12:00Z", "en", include_str!("porthaven.txt")],
    ["ledger", "", "2031-03-03T13:00:00Z", "en", include_str!("ledger.txt")],
    ["radio", "Marshland Today", "", "en", include_str!("radio.txt")],
    ["phare", "Le Phare de Brévent", "2031-03-03T11:30:00Z", "fr", include_str!("phare.txt")],
    ["gazette", "Waterway Gazette", "2031-03-04T15:20:00Z", "en", include_str!("gazette.txt")],
];

/// Returns the invented dossier: one story, eight reports, five origins.
pub fn dossier() -> Dossier {
    let reports: Vec<Report> = REPORTS
        .iter()
        .map(|&[id, outlet, day, language, words]| report(id, known(outlet), known(day), language, words))
        .collect();
    let desk = Desk { reports: &reports };
    let stories = vec![desk.story()];
    Dossier {
        id: None,
        schema: SCHEMA.to_owned(),
        stories,
        problems: vec![Problem::of_path(
            "reports/scan-0041.txt",
            "it holds no text; if it is a scan, give the recognised text instead",
        )],
        reports,
    }
}

fn known(words: &str) -> Option<&str> {
    Some(words).filter(|w| !w.is_empty())
}

/// That the Tidings have it from the Post is not sure.
fn independence() -> Independence {
    Independence {
        reports: 8,
        publishers: 8,
        unnamed: 0,
        origins: 5,
        uncertain: 1,
        certainty: vec![0.71, 1.0, 1.0, 1.0, 1.0],
        doubts: vec![Doubt {
            kind: DoubtKind::Together,
            reports: vec!["vesterland".into(), "tidings".into()],
            probability: Some(0.71),
            explain: "Vesterland Post and Daily Tidings are counted as one origin, though it is only 71 % likely that \
                      they have their words from one text."
                .into(),
        }],
    }
}

/// Returns a report of the given words, its first line the title, split into sentences and blocks.
pub fn report(id: &str, outlet: Option<&str>, published: Option<&str>, language: &str, words: &str) -> Report {
    let (title, text) = words.trim_end().split_once('\n').unwrap_or(("", words));
    let mut report = Report::of_text(id, text);
    report.title = Some(title.to_owned()).filter(|t| !t.is_empty());
    report.outlet = outlet.map(str::to_owned);
    report.path = Some(format!("reports/{id}.txt"));
    report.url = Some(format!("https://www.{id}.example/2031/03/bridge"));
    report.published = published.map(str::to_owned);
    report.language = Some(language.to_owned());
    report.byline = if id == "courier" { vec!["Sunniva Aker".into(), "Tor Lind".into()] } else { Vec::new() };
    let spanner = Spanner::new(&report.id, text);
    let span = |range| spanner.span(range);
    report.blocks = variorum_text::lines(text)
        .into_iter()
        .map(|line| {
            let kind = match &text[line.clone()] {
                "What failed" => BlockKind::Heading,
                words if words.contains("Photo:") => BlockKind::Caption,
                _ => BlockKind::Paragraph,
            };
            let span = span(line);
            Block { kind, start: span.start, end: span.end, language: None }
        })
        .collect();
    let sentences = variorum_text::sentences(text).into_iter().map(span).collect();
    report.annotations = Some(Annotations { sentences, ..Annotations::default() });
    report.removed = vec![
        Removed { text: "Share this story".into(), reason: "page furniture".into() },
        Removed { text: "3 comments".into(), reason: "page furniture".into() },
    ];
    if id == "radio" {
        report.credits = vec![Credit {
            source: "Saltmarsh Radio".into(),
            kind: CreditKind::OriginalSource,
            text: "Original source: Saltmarsh Radio".into(),
            span: None,
        }];
        report.notes = vec![Note { span: None, note: "the page gave no date of publication; none was assumed".into() }];
    }
    report
}

/// Finds words in the reports, so that every span is a real slice.
struct Desk<'a> {
    reports: &'a [Report],
}

impl Desk<'_> {
    fn report(&self, id: &str) -> &Report {
        self.reports.iter().find(|r| &*r.id == id).expect("the sample names its own reports")
    }

    fn span(&self, id: &str, words: &str) -> Span {
        let report = self.report(id);
        let at = report.text.find(words).unwrap_or_else(|| panic!("{id} does not say {words:?}"));
        Spanner::new(&report.id, &report.text).span(at..at + words.len())
    }

    fn sentence(&self, span: &Span) -> Span {
        let annotations = self.report(&span.report).annotations.as_ref().expect("the sample is annotated");
        annotations.sentences.iter().find(|s| s.holds(span)).expect("every span stands in a sentence").clone()
    }

    fn reading(&self, id: &str, words: &str, value: impl Into<Option<Value>>) -> Reading {
        let span = self.span(id, words);
        let derived = ["vesterland", "tidings", "ledger"].contains(&id);
        Reading {
            when: None,
            sentence: self.sentence(&span),
            span,
            value: value.into(),
            hedge: None,
            speaker: None,
            attributed_to: None,
            derived,
        }
    }

    fn statement(&self, id: &str, kind: StatementKind, verdict: Verdict, readings: Vec<Reading>) -> Statement {
        let origin = |id: &ReportId| self.origins().iter().position(|o| o.contains(id));
        let mut origins: Vec<_> = readings.iter().map(|r| origin(&r.span.report)).collect();
        origins.sort();
        origins.dedup();
        Statement {
            id: id.into(),
            kind,
            gist: readings[0].span.clone(),
            about: None,
            reports: readings.len(),
            origins: origins.len(),
            readings,
            verdict,
            confidence: 1.0,
        }
    }

    fn origins(&self) -> Vec<Vec<ReportId>> {
        [&["courier", "vesterland", "tidings"][..], &["porthaven", "ledger"], &["radio"], &["phare"], &["gazette"]]
            .iter()
            .map(|origin| origin.iter().map(|id| ReportId::from(*id)).collect())
            .collect()
    }

    fn story(&self) -> Story {
        Story {
            id: "s3f09a1".into(),
            title: Some(self.span("courier", "gravel barge struck the swing bridge at Karsholm")),
            reports: REPORTS.iter().map(|row| row[0].into()).collect(),
            origins: self.origins(),
            independence: Some(independence()),
            lineage: self.lineage(),
            statements: self.statements(),
            variants: self.variants(),
            drift: self.drift(),
            timeline: self.timeline(),
            account: self.account(),
        }
    }

    fn edge(&self, from: &str, to: &str, kind: EdgeKind, credited: bool, score: f64, words: [&str; 2]) -> Edge {
        Edge {
            from: Source::Report(from.into()),
            to: to.into(),
            kind,
            credited,
            score,
            evidence: vec![Evidence {
                from: Some(self.span(from, words[0])),
                to: self.span(to, words[1]),
                shared: if words[0] == words[1] { vec![self.span(to, words[1])] } else { Vec::new() },
            }],
            explain: format!("{to} tells again what {from} tells, in the same order. {from} claims the earlier date."),
        }
    }

    fn lineage(&self) -> Vec<Edge> {
        vec![
            self.edge(
                "courier",
                "vesterland",
                EdgeKind::Rewrite,
                true,
                0.94,
                ["Four people were treated for smoke", "Four people were treated for smoke"],
            ),
            self.edge(
                "vesterland",
                "tidings",
                EdgeKind::Rewrite,
                false,
                0.81,
                [
                    "A failed fuse may have cut power to the rudder",
                    "A failed fuse cut power to the rudder",
                ],
            ),
            self.edge(
                "ledger",
                "porthaven",
                EdgeKind::SharedOrigin,
                true,
                0.97,
                [
                    "A barge carrying 800 tonnes of gravel hit the Karsholm swing bridge at 05:37 on Monday, police said.",
                    "A barge carrying 800 tonnes of gravel hit the Karsholm swing bridge at 05:37 on Monday, police said.",
                ],
            ),
            Edge {
                from: Source::Outside { outside: "Saltmarsh Radio".into() },
                to: "radio".into(),
                kind: EdgeKind::Rewrite,
                credited: true,
                score: 1.0,
                evidence: vec![Evidence { from: None, to: self.span("radio", "Saltmarsh Radio reports"), shared: Vec::new() }],
                explain: String::new(),
            },
        ]
    }

    fn variants(&self) -> Vec<Variant> {
        let number = |n: f64| Value::Number(n);
        let word = |w: &str| Value::Word(w.into());
        let hedged = |mut reading: Reading, hedge| {
            reading.hedge = Some(hedge);
            reading
        };
        let by = |mut reading: Reading, who: &str| {
            reading.attributed_to = Some(who.into());
            reading
        };
        let evacuated = vec![
            by(hedged(self.reading("courier", "About 1,200 people", number(1200.0)), Hedge::About), "Ingrid Solvang"),
            by(hedged(self.reading("vesterland", "Some 1,200 people", number(1200.0)), Hedge::About), "Ingrid Solvang"),
            by(
                hedged(self.reading("tidings", "As many as 12,000 people", number(12000.0)), Hedge::AtMost),
                "officials",
            ),
            by(hedged(self.reading("porthaven", "Around 1,500 residents", number(1500.0)), Hedge::About), "Aron Tjeld"),
            by(hedged(self.reading("ledger", "Around 1,500 residents", number(1500.0)), Hedge::About), "Aron Tjeld"),
            hedged(self.reading("phare", "Environ 1 200 habitants", number(1200.0)), Hedge::About),
        ];
        let variant = |id: &str, kind, about: &str, readings| Variant {
            development: false,
            confidence: 1.0,
            id: id.into(),
            kind,
            about: about.into(),
            statement: format!("st-{id}"),
            readings,
        };
        vec![
            variant("v1", VariantKind::Figure, "people evacuated", evacuated),
            variant(
                "v2",
                VariantKind::Time,
                "collision",
                vec![
                    self.reading("courier", "shortly before 05:40", word("T05:40")),
                    self.reading("porthaven", "05:37", word("T05:37")),
                    self.reading("ledger", "05:37", word("T05:37")),
                    self.reading("phare", "peu avant 5 h 40", word("T05:40")),
                ],
            ),
            variant(
                "v3",
                VariantKind::Status,
                "hearing",
                vec![
                    self.reading("courier", "will hold a public hearing", word("planned")),
                    self.reading("vesterland", "is planned", word("planned")),
                    self.reading("tidings", "was held", word("held")),
                    by(self.reading("gazette", "has not set a date for a hearing", word("open")), "Pia Rask"),
                ],
            ),
            variant(
                "v4",
                VariantKind::Figure,
                "vehicles a day",
                vec![
                    hedged(self.reading("courier", "some 9,000 vehicles a day", number(9000.0)), Hedge::About),
                    hedged(self.reading("gazette", "about 6,500 vehicles a day", number(6500.0)), Hedge::About),
                ],
            ),
        ]
    }

    fn drift(&self) -> Vec<Drift> {
        let drift = |kind, rewrite: &str, source: Option<(&str, &str)>, explain: &str| Drift {
            proposed: false,
            confidence: 1.0,
            kind,
            rewrite: self.span("tidings", rewrite),
            source: source.map(|(id, words)| self.span(id, words)),
            explain: explain.into(),
        };
        vec![
            drift(
                DriftKind::Figure,
                "As many as 12,000 people",
                Some(("vesterland", "Some 1,200 people")),
                "the source says about 1,200, the rewrite up to 12,000",
            ),
            drift(
                DriftKind::Date,
                "Monday, 3 March 2030",
                Some(("vesterland", "early on Monday")),
                "the source gives no year",
            ),
            drift(
                DriftKind::Hedge,
                "A failed fuse cut power to the rudder.",
                Some(("vesterland", "A failed fuse may have cut power to the rudder, Solvang said.")),
                "the source says that it may be so",
            ),
            drift(
                DriftKind::Status,
                "was held",
                Some(("vesterland", "is planned")),
                "the source says that it is planned",
            ),
            drift(
                DriftKind::Unsupported,
                "Four people were killed by smoke inhalation.",
                None,
                "nothing in the source says so",
            ),
        ]
    }

    fn statements(&self) -> Vec<Statement> {
        let mut found = vec![
            self.statement(
                "st-smoke",
                StatementKind::Event,
                Verdict::Agreed,
                vec![
                    self.reading("courier", "Four people were treated for smoke", None),
                    self.reading("vesterland", "Four people were treated for smoke", None),
                    self.reading("porthaven", "Four people were treated at the scene", None),
                    self.reading("gazette", "Four people were treated for smoke", None),
                ],
            ),
            self.statement(
                "st-gas",
                StatementKind::Event,
                Verdict::Agreed,
                vec![
                    self.reading("courier", "cutting the gas main that runs beneath it", None),
                    self.reading("vesterland", "breaking the gas pipe under it", None),
                    self.reading("radio", "the broken gas main", None),
                ],
            ),
            self.statement(
                "st-tonnes",
                StatementKind::Figure,
                Verdict::SingleOrigin,
                vec![
                    self.reading("porthaven", "800 tonnes of gravel", Value::Number(800.0)),
                    self.reading("ledger", "800 tonnes of gravel", Value::Number(800.0)),
                ],
            ),
            self.statement(
                "st-fuse",
                StatementKind::Event,
                Verdict::SingleOrigin,
                vec![self.reading("gazette", "the fuse named as the cause had been found intact", None)],
            ),
            self.statement(
                "st-vessels",
                StatementKind::Figure,
                Verdict::SingleOrigin,
                vec![self.reading("ledger", "eleven vessels", Value::Number(11.0))],
            ),
        ];
        for variant in self.variants() {
            let kind = if variant.kind == VariantKind::Figure { StatementKind::Figure } else { StatementKind::Event };
            let mut statement = self.statement(&variant.statement, kind, Verdict::Differs, variant.readings);
            statement.about = Some(variant.about);
            found.push(statement);
        }
        found
    }

    fn timeline(&self) -> Vec<TimelineEntry> {
        let entry = |value: &str, when: (&str, &str), what: &str, statement: &str, reports: &[&str]| TimelineEntry {
            when: Moment { value: value.into(), text: self.span(when.0, when.1) },
            what: self.span(when.0, what),
            statement: statement.into(),
            reports: reports.iter().map(|id| (*id).into()).collect(),
            uncertain: value.starts_with('X').then_some(Uncertain::NoYear),
        };
        vec![
            entry(
                "2031-03-03T05:37",
                ("porthaven", "05:37"),
                "A barge carrying 800 tonnes of gravel hit the Karsholm swing bridge at 05:37 on Monday",
                "st-v2",
                &["porthaven", "ledger"],
            ),
            entry(
                "2031-03-03T16:20",
                ("radio", "16:20"),
                "Engineers sealed the broken gas main at Karsholm at 16:20 on Monday",
                "st-gas",
                &["radio"],
            ),
            entry(
                "2031-03-05",
                ("radio", "Wednesday"),
                "The span will not be moved before divers have looked at its pivot on Wednesday.",
                "st-pivot",
                &["radio"],
            ),
            entry(
                "XXXX-03-14",
                ("courier", "14 March"),
                "The waterway authority will hold a public hearing on 14 March.",
                "st-v3",
                &["courier", "vesterland"],
            ),
        ]
    }

    fn account(&self) -> Vec<AccountSentence> {
        let said = |mark, part, variants: &[&str], sources: &[(&str, &str)]| {
            let spans: Vec<Span> = sources.iter().map(|(id, words)| self.sentence(&self.span(id, words))).collect();
            AccountSentence {
                text: spans[0].text.clone(),
                sources: spans,
                mark,
                origins: 1,
                statement: String::new(),
                variants: variants.iter().map(|id| (*id).to_owned()).collect(),
                part,
                paragraph: 0,
            }
        };
        vec![
            said(
                Verdict::Differs,
                Part::Lead,
                &["v2"],
                &[
                    ("courier", "A loaded gravel barge"),
                    ("vesterland", "A gravel barge rammed"),
                    ("tidings", "A barge crashed"),
                    ("porthaven", "A barge carrying"),
                    ("ledger", "A barge carrying"),
                    ("phare", "Une barge"),
                ],
            ),
            said(
                Verdict::Differs,
                Part::News,
                &["v1"],
                &[("courier", "About 1,200"), ("vesterland", "Some 1,200"), ("phare", "Environ 1")],
            ),
            said(
                Verdict::Agreed,
                Part::News,
                &[],
                &[
                    ("gazette", "Four people"),
                    ("courier", "Four people"),
                    ("vesterland", "Four people"),
                    ("porthaven", "Four people"),
                ],
            ),
            said(Verdict::SingleOrigin, Part::News, &[], &[("radio", "Engineers sealed")]),
            said(Verdict::SingleOrigin, Part::Voices, &[], &[("gazette", "Rask said the fuse")]),
            said(Verdict::SingleOrigin, Part::Background, &[], &[("phare", "Le pivot semble")]),
            said(Verdict::SingleOrigin, Part::Background, &[], &[("radio", "The span will not")]),
        ]
    }
}

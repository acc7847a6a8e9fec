//! What it costs to keep reports durably and to find them: reports a second by batch, index time beside plain tantivy,
//! and how long a search takes. No test depends on these figures.
//!
//! `cargo bench -p variorum-store` takes 100,000 invented reports; `-- N` another number of them.

#![allow(missing_docs, clippy::print_stdout, reason = "a bench talks to a person")]

use std::path::Path;
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{FAST, INDEXED, IndexRecordOption, Schema, TEXT, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument};
use variorum_news::Report;
use variorum_store::search::{Ask, Facets, Order, Search};
use variorum_store::{Flags, Placed, Store};

const NOW: i64 = 1_772_700_000;
const QUERIES: usize = 500;

fn main() {
    let n = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir_in(std::env::var("CARGO_TARGET_TMPDIR").unwrap_or_else(|_| ".".to_owned()))
        .expect("a folder");
    let invented = Invented::new();
    let text: usize = (0..100).map(|n| invented.report(n).text.len()).sum();
    println!("{n} invented reports of about {} bytes", text / 100);
    for batch in [1, 10, 100, 1_000] {
        batches(&invented, folder.path(), batch, (batch * 40).clamp(200, 10_000));
    }
    hands(&invented, folder.path(), 32, 40);
    let store = whole(&invented, folder.path(), n);
    index(&invented, &store, folder.path(), n);
}

/// Keeps reports in batches of one size, each acknowledged before the next.
fn batches(invented: &Invented, folder: &Path, batch: usize, count: usize) {
    let store = Store::open(folder.join(format!("batch-{batch}.db"))).expect("a record");
    let (start, cpu) = (Instant::now(), spent());
    for first in (0..count).step_by(batch) {
        let reports = (first..first + batch).map(|n| invented.report(n)).collect();
        store.keep(reports, NOW).expect("kept");
    }
    say(&format!("kept, {batch} a batch"), count, start, cpu);
}

/// Many hands, each keeping one report at a time: what the common commit gains.
fn hands(invented: &Invented, folder: &Path, hands: usize, each: usize) {
    let store = Store::open(folder.join("hands.db")).expect("a record");
    let (start, cpu) = (Instant::now(), spent());
    std::thread::scope(|scope| {
        for hand in 0..hands {
            let store = &store;
            scope.spawn(move || {
                for n in 0..each {
                    store.keep(vec![invented.report(hand * each + n)], NOW).expect("kept");
                }
            });
        }
    });
    say(&format!("kept, {hands} hands with one each"), hands * each, start, cpu);
}

fn whole(invented: &Invented, folder: &Path, n: usize) -> Store {
    let store = Store::open(folder.join("whole.db")).expect("a record");
    let (mut waited, mut worked, start) = (0.0, 0.0, Instant::now());
    for first in (0..n).step_by(2_000) {
        let reports: Vec<Report> = (first..(first + 2_000).min(n)).map(|n| invented.report(n)).collect();
        let (start, cpu) = (Instant::now(), spent());
        store.keep(reports, NOW).expect("kept");
        waited += start.elapsed().as_secs_f64();
        worked += spent() - cpu;
    }
    let per = |seconds: f64| n as f64 / seconds;
    println!(
        "kept, 2000 a batch, all: {:.0} a second, {:.0} a CPU-second (with inventing them {:.1} s)",
        per(waited),
        per(worked),
        start.elapsed().as_secs_f64()
    );
    let flagged = n as i64;
    store
        .write(move |writing| {
            for seq in 1..=flagged {
                let story = format!("s{}", seq / 8);
                writing.place(&Placed {
                    report: seq,
                    automatic: story.clone(),
                    story,
                    score: 0.9,
                    duplicate_of: None,
                })?;
                writing
                    .flag(seq, Flags { original: Some(seq % 3 == 0), drift: seq % 50 == 0, variants: seq % 4 == 0 })?;
            }
            Ok(())
        })
        .expect("placed");
    println!("{} bytes a report in the record", store.read(|view| view.bytes()).expect("bytes") / n as u64);
    store
}

fn index(invented: &Invented, store: &Store, folder: &Path, n: usize) {
    let cpu = spent();
    (0..n).for_each(|n| drop(std::hint::black_box(invented.report(n))));
    let inventing = spent() - cpu;
    let plain = plain(invented, &folder.join("plain"), n, Stems::None);
    let plain_cost = spent() - cpu - 2.0 * inventing;
    let cpu = spent();
    self::plain(invented, &folder.join("stemmed"), n, Stems::English);
    let stemmed_cost = spent() - cpu - inventing;
    let search = Search::open(store);
    let (start, cpu) = (Instant::now(), spent());
    search.reindex(store).expect("an index");
    let cost = spent() - cpu;
    println!(
        "index from the record: {cost:.1} CPU-seconds ({:.1} s); plain tantivy, told the same words: {plain_cost:.1}, \
         ratio {:.2}; with its words stemmed by Snowball as ours are: {stemmed_cost:.1}, ratio {:.2}",
        start.elapsed().as_secs_f64(),
        cost / plain_cost,
        cost / stemmed_cost
    );
    println!("index: {} MB; plain: {} MB", size(&folder.join("whole.db.search")), size(&folder.join("plain")));
    let (start, cpu) = (Instant::now(), spent());
    store.keep((n..n + 20).map(|n| invented.report(n)).collect(), NOW).expect("kept");
    search.catch_up(store).expect("caught up");
    say("kept and found, 20 new ones", 20, start, cpu);
    searches(invented, store, &search);
    peer(invented, &plain);
}

type Make = fn(&Invented, &mut Dice) -> String;
const KINDS: [(&str, Make); 7] = [
    ("one word", |invented, dice| invented.word(dice)),
    ("two words", |invented, dice| format!("{} {}", invented.word(dice), invented.word(dice))),
    ("three words, OR", |invented, dice| {
        format!("{} OR {} OR {}", invented.word(dice), invented.word(dice), invented.word(dice))
    }),
    ("phrase", |invented, dice| {
        let report = invented.report(dice.below(1_000));
        let words: Vec<&str> = report.text.split(' ').skip(dice.below(50)).take(2).collect();
        format!("\"{}\"", words.join(" "))
    }),
    ("word, outlet, month", |invented, dice| {
        format!("{} outlet:tribune date:2026-{:02}", invented.word(dice), dice.below(12) + 1)
    }),
    ("word, has:drift", |invented, dice| format!("{} has:drift -origin:original", invented.word(dice))),
    ("everything", |_, _| String::new()),
];

fn searches(invented: &Invented, store: &Store, search: &Search) {
    search.find(store, &Ask::newest("")).expect("warm");
    for (order, facets, how) in [
        (Order::Newest, Facets::Counted, "newest, counted"),
        (Order::Best, Facets::Counted, "best, counted"),
        (Order::Best, Facets::Left, "best, not counted"),
    ] {
        for (kind, make) in KINDS {
            let mut dice = Dice(7);
            let asks =
                (0..QUERIES).map(|_| Ask { query: make(invented, &mut dice), order, limit: 20, after: None, facets });
            let asks: Vec<Ask> = asks.collect();
            percentiles(&format!("{how}: {kind}"), asks, |ask| {
                search.find(store, ask).expect("an answer");
            });
        }
    }
}

/// What plain tantivy makes of a word.
enum Stems {
    /// Small letters.
    None,
    /// Small letters, stemmed: what a person would set up who wants "ferry" to find "ferries".
    English,
}

/// Snowball over the words of plain tantivy, as the stemmer that it can be built with does it.
#[derive(Clone)]
struct Stem;

#[derive(Clone)]
struct Stemmed<T>(T);

struct StemmedStream<S> {
    words: S,
    stemmer: rust_stemmers::Stemmer,
}

impl TokenFilter for Stem {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, words: T) -> Stemmed<T> {
        Stemmed(words)
    }
}

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
        StemmedStream { words: self.0.token_stream(text), stemmer }
    }
}

impl<S: TokenStream> TokenStream for StemmedStream<S> {
    fn advance(&mut self) -> bool {
        if !self.words.advance() {
            return false;
        }
        let token = self.words.token_mut();
        token.text = self.stemmer.stem(&token.text).into_owned();
        true
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}

fn plain(invented: &Invented, folder: &Path, n: usize, stems: Stems) -> Index {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut schema = Schema::builder();
    let seq = schema.add_u64_field("seq", INDEXED | FAST);
    let words = match stems {
        Stems::None => TEXT,
        Stems::English => {
            let indexing = TextFieldIndexing::default().set_tokenizer("stemmed");
            let indexing = indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(indexing)
        }
    };
    let (title, body) = (schema.add_text_field("title", words.clone()), schema.add_text_field("body", words));
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let stemmed = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(Stem);
    index.tokenizers().register("stemmed", stemmed.build());
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * (96 << 20)).expect("a writer");
    for number in 0..n {
        let report = invented.report(number);
        let mut document = TantivyDocument::new();
        document.add_u64(seq, number as u64);
        document.add_text(title, report.title.unwrap_or_default());
        document.add_text(body, report.text);
        writer.add_document(document).expect("added");
        if number % 20_000 == 19_999 {
            writer.commit().expect("committed");
        }
    }
    writer.commit().expect("committed");
    writer.wait_merging_threads().expect("merged");
    index
}

fn peer(invented: &Invented, index: &Index) {
    let searcher = index.reader().expect("a reader").searcher();
    let fields = ["title", "body"].map(|name| index.schema().get_field(name).expect("a field"));
    let mut parser = QueryParser::for_index(index, fields.to_vec());
    parser.set_conjunction_by_default();
    for (kind, make) in &KINDS[..4] {
        let mut dice = Dice(7);
        let asks: Vec<String> = (0..QUERIES).map(|_| make(invented, &mut dice)).collect();
        percentiles(&format!("plain tantivy, best 20 and count: {kind}"), asks, |ask| {
            let query = parser.parse_query(ask).expect("a query");
            searcher.search(&query, &(TopDocs::with_limit(20).order_by_score(), Count)).expect("an answer");
        });
    }
}

/// Tells how long each takes, by the clock: the shortest of five, since the machine has other work too.
fn percentiles<T>(name: &str, asks: Vec<T>, mut ask: impl FnMut(&T)) {
    let mut once = |one: &T| {
        let start = Instant::now();
        ask(one);
        start.elapsed().as_secs_f64() * 1e3
    };
    let mut costs: Vec<f64> = asks.iter().map(|one| (0..5).map(|_| once(one)).fold(f64::MAX, f64::min)).collect();
    costs.sort_by(f64::total_cmp);
    let at = |part: f64| costs[((costs.len() - 1) as f64 * part) as usize];
    println!("{name}: p50 {:.2} ms, p99 {:.2} ms, most {:.2} ms", at(0.5), at(0.99), at(1.0));
}

fn say(what: &str, count: usize, start: Instant, cpu: f64) {
    let (took, worked) = (start.elapsed().as_secs_f64(), spent() - cpu);
    println!("{what}: {:.0} a second, {:.0} a CPU-second", count as f64 / took, count as f64 / worked);
}

fn size(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    files.filter_map(|file| Some(file.metadata().ok()?.len())).sum::<u64>() >> 20
}

/// CPU seconds of this process.
fn spent() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux counts");
    let after = stat.rsplit(") ").next().expect("a name in brackets");
    after.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<f64>().expect("a number")).sum::<f64>() / 100.0
}

/// Numbers that look thrown, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }
}

/// Reports of invented words, as frequent as words of news are.
struct Invented {
    words: Vec<String>,
    /// Words by frequency: a word stands here as often as it is said.
    said: Vec<u32>,
}

impl Invented {
    fn new() -> Self {
        const SYLLABLES: [&str; 16] =
            ["del", "mar", "or", "ta", "fer", "ry", "ness", "port", "sa", "va", "lin", "ko", "bri", "dge", "um", "es"];
        let word = |n: usize| {
            let mut word = String::new();
            let mut rest = n + 16;
            while rest > 0 {
                word.push_str(SYLLABLES[rest % 16]);
                rest /= 16;
            }
            word
        };
        let words: Vec<String> = (0..40_000).map(word).collect();
        let said =
            (0..words.len() as u32).flat_map(|n| std::iter::repeat_n(n, 1 + 40_000 / (n as usize + 3))).collect();
        Invented { words, said }
    }

    fn word(&self, dice: &mut Dice) -> String {
        self.words[self.said[dice.below(self.said.len())] as usize].clone()
    }

    fn report(&self, n: usize) -> Report {
        let mut dice = Dice(n as u64 * 7919 + 1);
        let count = 250 + dice.below(350);
        let mut text = String::new();
        for at in 0..count {
            text.push_str(&self.word(&mut dice));
            text.push_str(if at % 17 == 16 {
                ". "
            } else if at % 70 == 69 {
                ".\n"
            } else {
                " "
            });
        }
        let mut report = Report::of_text(format!("r{n}"), text);
        report.url = Some(format!("https://outlet-{}.example/news/{n}", n % 200));
        report.outlet = Some(format!("{} Tribune {}", self.words[n % 200], n % 200));
        report.title = Some((0..8).map(|_| self.word(&mut dice)).collect::<Vec<_>>().join(" "));
        report.byline = vec!["Mira Sand".to_owned()];
        report.published = Some(format!("2026-{:02}-{:02}", n * 12 / 100_000 % 12 + 1, n % 28 + 1));
        report.language = Some("en".to_owned());
        report
    }
}

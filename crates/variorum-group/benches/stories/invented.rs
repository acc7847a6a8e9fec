//! Invented reports of invented events, any number of them, each made from its place in the stream alone.

use variorum_news::Report;

/// Reports that a large news monitor takes in on a day: 1.5 million in two weeks.
const A_DAY: f64 = 1.5e6 / 14.0;

/// Reports of an event on average.
const OF_AN_EVENT: u64 = 5;

/// Reports of all events between two of one event, on average.
const BETWEEN: f64 = 6_000.0;

const VOCABULARY: f64 = 40_000.0;
const KINDS: u64 = 200;
const GRAMMAR: &str = "the of and to in a is that for on with as was by at from it be are were has have had this which not but they their \
    an or will would who been its after said he she his her about when there more than into over under before while";
const SYLLABLES: &str = "ba bel cor dan del dor eth fal fen gar gol hal har ist jor kan kel lar lin lor mar men mir mor nar nel nor \
    or pel quin ral ren ris sal sen sol tal ten tor ul van vel vor wen yar zan zel";

/// Numbers that look random and are the same on every machine (Steele, Lea, Flood 2014: SplitMix).
struct Dice(u64);

impl Dice {
    fn of(what: u64, which: u64) -> Self {
        Dice(what.wrapping_mul(0xD134_2543_DE82_EF95) ^ which.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A rank up to `n`, each about as often as it is low (Zipf).
    fn rank(&mut self, n: f64) -> u64 {
        (n.powf(self.share()) - 1.0) as u64
    }
}

/// Returns the event that the n-th report tells of.
pub fn event(n: u64) -> u64 {
    let mut dice = Dice::of(1, n);
    let delay = (-(1.0 - dice.share()).ln() * BETWEEN) as u64;
    // The stream has run for long when we begin to read.
    (n + 100_000).saturating_sub(delay) / OF_AN_EVENT
}

/// Returns the n-th report of the stream.
pub fn report(n: u64) -> Report {
    let event = Event::of(event(n));
    let mut dice = Dice::of(2, n);
    let n_words = 60.0 * 2f64.powf(dice.share() + dice.share() + dice.share() * 2.0);
    let mut text = String::new();
    let mut written = 0;
    while (written as f64) < n_words {
        written += sentence(&event, &mut dice, &mut text);
    }
    let seconds = n as f64 * 86_400.0 / A_DAY;
    let (day, hour, minute) = (seconds as u64 / 86_400, seconds as u64 / 3_600 % 24, seconds as u64 / 60 % 60);
    Report {
        title: Some(event.title(&mut dice)),
        published: Some(format!("2031-{:02}-{:02}T{hour:02}:{minute:02}:00Z", 1 + day / 28, 1 + day % 28)),
        ..Report::of_text(format!("r{n}"), text)
    }
}

/// What the reports of one event share, each a part of it.
struct Event {
    kind: u64,
    words: Vec<String>,
    names: Vec<String>,
    numbers: Vec<String>,
}

impl Event {
    fn of(event: u64) -> Self {
        let mut dice = Dice::of(3, event);
        let kind = dice.below(KINDS);
        let place = capital(&word(1_000_000 + dice.below(3_000)));
        let mut names: Vec<String> = (0..4)
            .map(|_| {
                let (given, family) = (dice.below(400), dice.below(20_000));
                format!("{} {}", capital(&word(2_000_000 + given)), capital(&word(3_000_000 + family)))
            })
            .collect();
        names.push(place);
        Event {
            kind,
            names,
            words: (0..24).map(|_| word(200 + dice.below(VOCABULARY as u64))).collect(),
            numbers: (0..5).map(|_| (2 + dice.below(900)).to_string()).collect(),
        }
    }

    fn title(&self, dice: &mut Dice) -> String {
        let mut one = |list: &[String]| list[dice.below(list.len() as u64) as usize].clone();
        capital(&format!("{} {} {} in {}", one(&self.words), one(&self.words), one(&self.words), self.names[4]))
    }
}

/// Adds a sentence to a text and returns its words.
fn sentence(event: &Event, dice: &mut Dice, text: &mut String) -> usize {
    let n = 8 + dice.below(20) as usize;
    for at in 0..n {
        let word = one_word(event, dice);
        text.push_str(if at == 0 && text.is_empty() { "" } else { " " });
        text.push_str(&if at == 0 { capital(&word) } else { word });
    }
    text.push('.');
    n
}

fn one_word(event: &Event, dice: &mut Dice) -> String {
    let one = |list: &[String], dice: &mut Dice| list[dice.below(list.len() as u64) as usize].clone();
    match dice.below(100) {
        0..45 => {
            let words: Vec<&str> = GRAMMAR.split_whitespace().collect();
            words[dice.rank(words.len() as f64) as usize].to_owned()
        }
        45..76 => word(dice.rank(VOCABULARY)),
        76..89 => word(Dice::of(4, event.kind * 1_000 + dice.rank(150.0)).below(VOCABULARY as u64)),
        89..94 => one(&event.words, dice),
        94..97 => one(&event.names, dice),
        97..98 => one(&event.numbers, dice),
        _ => (2 + dice.below(90)).to_string(),
    }
}

/// Returns the n-th word of the invented language.
fn word(n: u64) -> String {
    let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
    let mut dice = Dice::of(5, n);
    (0..2 + dice.below(2)).map(|_| syllables[dice.below(syllables.len() as u64) as usize]).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

//! Invents reports: the same number gives the same bytes on every machine.
//!
//! A story has people, a place, figures and days of its own; its reports tell the same facts in other words and order,
//! each with one fact of its own, as outlets do.

use serde_json::json;

/// Returns `count` reports as JSON Lines, `alike` of them to a story, stories interleaved.
pub fn reports(count: usize, alike: usize) -> String {
    let stories = count.div_ceil(alike);
    let mut lines = String::new();
    for n in 0..count {
        let (story, telling) = (n % stories, n / stories);
        lines.push_str(&report(story as u64, telling as u64));
        lines.push('\n');
    }
    lines
}

fn report(story: u64, telling: u64) -> String {
    let facts = Facts::of(story);
    let mut dice = Dice(story.wrapping_mul(7919).wrapping_add(telling.wrapping_mul(104_729)).wrapping_add(11));
    let mut paragraphs = facts.paragraphs(&mut dice);
    let lead = paragraphs.remove(0);
    dice.shuffle(&mut paragraphs);
    paragraphs.truncate(7);
    let text = format!("{lead}\n\n{}", paragraphs.join("\n\n"));
    let day = 1 + story % 27;
    let published = format!("2025-{:02}-{day:02}T{:02}:{:02}:00Z", 1 + story % 11, 6 + telling % 16, story % 60);
    let (city, event) = (&facts.city, facts.event);
    json!({"id": format!("s{story}-r{telling}"), "outlet": format!("{city} Gazette {telling}"), "published": published,
        "title": format!("{} in {city}: {} people {}", event.noun, facts.people, event.hurt), "text": text})
    .to_string()
}

/// A kind of event, in the words that news has for it.
#[derive(Clone, Copy)]
struct Event {
    noun: &'static str,
    hurt: &'static str,
    place: &'static str,
    cause: &'static str,
    service: &'static str,
    money: &'static str,
}

const EVENTS: &[Event] = &[
    Event {
        noun: "Fire",
        hurt: "injured",
        place: "a furniture warehouse",
        cause: "a faulty heater",
        service: "fire service",
        money: "damage",
    },
    Event {
        noun: "Flood",
        hurt: "evacuated",
        place: "the lower town",
        cause: "a broken dyke",
        service: "water board",
        money: "losses",
    },
    Event {
        noun: "Train crash",
        hurt: "hurt",
        place: "a level crossing",
        cause: "a signal failure",
        service: "railway police",
        money: "repairs",
    },
    Event {
        noun: "Strike",
        hurt: "laid off",
        place: "the glass works",
        cause: "a dispute over shifts",
        service: "labour office",
        money: "lost sales",
    },
    Event {
        noun: "Outbreak",
        hurt: "infected",
        place: "two primary schools",
        cause: "contaminated water",
        service: "health office",
        money: "care",
    },
    Event {
        noun: "Fraud case",
        hurt: "charged",
        place: "a savings bank",
        cause: "forged contracts",
        service: "audit court",
        money: "missing funds",
    },
    Event {
        noun: "Landslide",
        hurt: "displaced",
        place: "the quarry road",
        cause: "a week of rain",
        service: "civil guard",
        money: "clearing",
    },
    Event {
        noun: "Blackout",
        hurt: "affected",
        place: "the northern substation",
        cause: "a burnt transformer",
        service: "grid operator",
        money: "claims",
    },
];

struct Facts {
    city: String,
    river: String,
    mayor: String,
    chief: String,
    witness: String,
    company: String,
    event: Event,
    people: u64,
    homes: u64,
    millions: u64,
    hour: u64,
    seed: u64,
}

impl Facts {
    fn of(story: u64) -> Self {
        let mut dice = Dice(story.wrapping_mul(0x9E37_79B9).wrapping_add(5));
        Facts {
            city: dice.name(3),
            river: dice.name(2),
            mayor: format!("{} {}", dice.name(2), dice.name(3)),
            chief: format!("{} {}", dice.name(2), dice.name(3)),
            witness: format!("{} {}", dice.name(2), dice.name(2)),
            company: format!("{} {}", dice.name(3), dice.pick(&["Works", "Group", "Holding", "Logistics", "Energy"])),
            event: EVENTS[(dice.next() % EVENTS.len() as u64) as usize],
            people: 2 + dice.next() % 90,
            homes: 20 + dice.next() % 3000,
            millions: 1 + dice.next() % 80,
            hour: 1 + dice.next() % 11,
            seed: dice.next(),
        }
    }

    fn paragraphs(&self, dice: &mut Dice) -> Vec<String> {
        let Facts { city, river, mayor, chief, witness, company, people, homes, millions, hour, .. } = self;
        let Event { hurt, place, cause, service, money, .. } = self.event;
        let event = self.event.noun.to_lowercase();
        let said = *dice.pick(&["said", "told reporters", "told this newspaper", "announced"]);
        let own = 10 + dice.next() % 800;
        let surname = |name: &str| name.split(' ').next_back().unwrap_or_default().to_owned();
        let (mayors, chiefs) = (surname(mayor), surname(chief));
        vec![
            dice.pick(&[
                format!("{people} people were {hurt} on Tuesday in a {event} at {place} in {city}, the {service} {said}."),
                format!("A {event} at {place} has left {people} people {hurt} in the city of {city}, according to the {service}."),
                format!("Emergency crews in {city} worked through Tuesday after a {event} at {place} in which {people} people were {hurt}."),
            ]).clone(),
            dice.pick(&[
                format!("It began at about {hour} a.m. near the {river} river, {chief}, who heads the {service}, {said}. \"We had minutes, not hours,\" {chiefs} said."),
                format!("The first call came shortly after {hour} a.m., {chief} of the {service} {said}. \"We had minutes, not hours.\""),
            ]).clone(),
            dice.pick(&[
                format!("Investigators believe that {cause} was to blame. {company}, which runs the site, said it was cooperating."),
                format!("According to {chief}, {cause} is the likely reason. A spokesman for {company} declined to comment on Wednesday."),
                format!("Reports indicate that {cause} may have played a part, although {company} denies it."),
            ]).clone(),
            dice.pick(&[
                format!("About {homes} homes along the {river} had no power until the evening, the city council said."),
                format!("Some {homes} households near the {river} were cut off for most of the day."),
                format!("More than {homes} homes lost power, and schools will stay closed until Friday."),
            ]).clone(),
            dice.pick(&[
                format!("Mayor {mayor} put the {money} at {millions} million euros. \"This will take {city} years,\" {mayors} said."),
                format!("\"This will take {city} years,\" said {mayor}, the mayor, who estimated the {money} at around {millions} million euros."),
            ]).clone(),
            format!("{witness}, who lives across the street, heard a noise and ran. \"I counted to {} and it was over,\" the {}-year-old said.", 3 + own % 20, 19 + own % 60),
            format!("Police closed {} streets in {city} and brought {own} people to a sports hall, {}.", 2 + own % 7, dice.pick(&["where volunteers served tea", "most of them elderly", "a spokeswoman said on Wednesday"])),
            format!("{company} has paid {}0,000 euros in fines since March {} for breaches of the {} Safety Act, records show.", 1 + self.seed % 40, 1 + self.seed % 28, 1950 + self.seed % 60),
            format!("The council of {city} will meet on {} to decide whether {place} should be shut for good. Opponents want a hearing first.", dice.pick(&["Thursday", "Friday", "Monday"])),
            format!("It was the {} such case in the region this year. In {}, a smaller one cost the city {} million euros.", dice.pick(&["second", "third", "fourth"]), 2009 + self.seed % 14, 1 + self.seed % 9),
        ]
    }
}

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) >> 16
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[(self.next() % list.len() as u64) as usize]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }

    /// Returns an invented name of so many syllables.
    fn name(&mut self, syllables: usize) -> String {
        const FIRST: &[&str] = &[
            "Bra", "Cor", "Dal", "Es", "Fen", "Gor", "Hal", "Il", "Jar", "Kel", "Lor", "Mar", "Nor", "Os", "Pel",
            "Ren", "Sul", "Tor", "Ul", "Ves",
        ];
        const NEXT: &[&str] = &[
            "dan", "ver", "mo", "ric", "tha", "len", "sor", "vin", "ka", "berg", "nel", "ra", "ston", "wick", "da",
            "mer", "lo", "fen", "gard", "is",
        ];
        let first = (*self.pick(FIRST)).to_owned();
        (1..syllables).fold(first, |name, _| name + *self.pick(NEXT))
    }
}

#[cfg(test)]
mod tests {
    use super::reports;

    #[test]
    fn the_same_number_gives_the_same_reports() {
        assert_eq!(reports(40, 4), reports(40, 4));
        assert_eq!(reports(40, 4).lines().count(), 40);
    }

    #[test]
    fn reports_are_as_long_as_news() {
        for line in reports(40, 4).lines() {
            let words = line.split_whitespace().count();
            assert!((100..400).contains(&words), "{words} words: {line}");
        }
    }
}

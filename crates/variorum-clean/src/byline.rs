//! Bylines: the people who wrote a report.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const ROLES: &str = include_str!("../data/roles.txt");
const OPENERS: &str = include_str!("../data/byline-openers.tsv");
const POST_NOMINALS: &str = include_str!("../data/post-nominals.txt");

static ROLE_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| rows(ROLES).collect());
static DEGREES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| rows(POST_NOMINALS).collect());
/// What opens a byline, the longest first.
static OPENING: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut openers: Vec<&str> = rows(OPENERS).filter_map(|row| row.split('\t').next()).collect();
    openers.sort_by_key(|opener| std::cmp::Reverse(opener.len()));
    openers
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|row| !row.starts_with('#') && !row.is_empty())
}

/// Returns the people of a line that is nothing but a byline ("By Ada Orr and Ben Lee, Staff Writers").
pub(crate) fn byline(line: &str) -> Option<Vec<String>> {
    if line.len() > 160 || line.ends_with(['.', '!', '?', ':']) && !line.ends_with("Jr.") && !line.contains("diting by")
    {
        return None;
    }
    let names = strip_opener(line)?;
    // Wire copy closes with "Reporting by …; Editing by …": those who reported wrote it.
    let names = names.split([';', '|']).next().unwrap_or(names).split(" in ").next().unwrap_or(names);
    let people = people(names);
    (!people.is_empty() || is_desk(names)).then_some(people)
}

/// "By Delmare Daily staff": a byline, though it names nobody.
fn is_desk(names: &str) -> bool {
    let last = names.split_whitespace().last().unwrap_or("").to_lowercase();
    let short = names.split_whitespace().count() <= 6;
    short
        && matches!(
            last.as_str(),
            "staff"
                | "desk"
                | "newsroom"
                | "reporters"
                | "reporter"
                | "correspondent"
                | "correspondents"
                | "agencies"
                | "editors"
                | "team"
        )
}

/// Returns what follows the opener of a byline.
fn strip_opener(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let head: String = line.chars().take(LONGEST_OPENER).flat_map(char::to_lowercase).collect();
    let mut openers = OPENING.iter().filter(|opener| head.starts_with(**opener));
    openers.find_map(|opener| {
        let rest = line.get(opener.len()..)?;
        // "Bya" is no opener; after a colon or an ideograph no space is needed.
        let parted = opener.ends_with([':', '：', '/']) || !opener.is_ascii() && !rest.starts_with(char::is_lowercase);
        (rest.starts_with(char::is_whitespace) || parted).then(|| rest.trim_start_matches([' ', ':', '\u{a0}']))
    })
}

/// In characters.
const LONGEST_OPENER: usize = 24;

/// Returns the people that a list of names holds, without roles, places and outlets.
pub(crate) fn people(list: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for group in before_helpers(list).split([';', '|', '\n', '•', '·', '●', '；', '/']) {
        let mut after_role = false;
        for part in group.split([',', '，', '、', '،']).map(str::trim).filter(|part| !part.is_empty()) {
            let parts = joined_names(part);
            for (at, name) in parts.into_iter().enumerate() {
                // "Ada Orr, MD, PhD and Ben Lee": degrees belong to the name before them.
                if is_degrees(name) {
                    if let (Some(last), false) = (found.last_mut(), after_role) {
                        // "MD." ends a sentence, "M.D." does not.
                        let degrees = name.strip_suffix('.').filter(|degrees| !degrees.contains('.')).unwrap_or(name);
                        last.push_str(", ");
                        last.push_str(degrees);
                    }
                    continue;
                }
                after_role &= at > 0;
                match person(name) {
                    // "Head of Marketing and Harbour Development": after a role its other half is no person.
                    Some(_) if after_role => {}
                    Some(person) => {
                        if !found.iter().any(|earlier| same(earlier, &person)) {
                            found.push(person);
                        }
                    }
                    None => after_role = has_role(&name.split_whitespace().collect::<Vec<_>>()),
                }
            }
        }
    }
    found
}

/// Returns a list up to those who only helped: "Ada Orr, reviewed by Ben Lee".
fn before_helpers(list: &str) -> &str {
    let lower = list.to_lowercase();
    if lower.len() != list.len() {
        return list;
    }
    let first = HELPERS.iter().filter_map(|helper| lower.find(helper)).min();
    first.and_then(|at| list.get(..at)).unwrap_or(list)
}

/// Tells whether a line names those who helped beside those who wrote.
pub(crate) fn names_helpers(line: &str) -> bool {
    before_helpers(line).len() < line.len()
}

/// What stands before the names of those who did not write.
const HELPERS: &[&str] = &[
    "reviewed by",
    "checked by",
    "fact check by",
    "edited by",
    "editing by",
    "illustration by",
    "illustrations by",
    "illustrated by",
    "photography by",
    "photographs by",
    "photos by",
    "photo by",
    "photo:",
    "photos:",
    "foto:",
    "fotos:",
    "video by",
    "graphics by",
    "translated by",
    "sponsored by",
    "editor:",
    "editors:",
    "editing:",
    "redaktion:",
    "责编",
    "责任编辑",
    "責編",
];

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Tells whether a part of a list is degrees after a name ("MD", "MS RD").
fn is_degrees(part: &str) -> bool {
    let mut words = part.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '®').replace('.', "").to_lowercase();
            word.starts_with(char::is_uppercase) && DEGREES.contains(bare.as_str())
                // "E-RYT 200"
                || word.len() == 3 && bare.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Words that join two names whatever they stand between.
const JOINERS: &[&str] =
    &[" and ", " And ", " AND ", " & ", " und ", " et ", " og ", " och ", " oraz ", " with ", " și "];
/// Words that also stand inside names ("Ramón y Cajal"): both sides must be full names.
const SHORT_JOINERS: &[&str] = &[
    " y ", " e ", " i ", " en ", " ja ", " ve ", " a ", " και ", " и ", " і ", " та ", " és ", " un ", " ir ", " in ",
    " و",
];

fn joined_names(part: &str) -> Vec<&str> {
    let mut names = vec![part];
    for joiner in JOINERS {
        names = names.into_iter().flat_map(|name| name.split(joiner)).collect();
    }
    names.into_iter().flat_map(short_joined).map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn short_joined(name: &str) -> Vec<&str> {
    for joiner in SHORT_JOINERS {
        if let Some((left, right)) = name.split_once(joiner) {
            let full = |side: &str| side.split_whitespace().count() >= 2;
            if full(left) && full(right) {
                return std::iter::once(left).chain(short_joined(right)).collect();
            }
        }
    }
    vec![name]
}

/// Returns a name as it stands where it can be a person's.
pub(crate) fn person(name: &str) -> Option<String> {
    let name = bare(name);
    let words: Vec<&str> = name.split_whitespace().filter(|word| !word.contains('@')).collect();
    let fits = |word: &&str| {
        is_particle(word)
            || word.starts_with(char::is_uppercase)
            || word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    let has_name = words.iter().filter(|word| !is_particle(word)).count() >= 2 || name.chars().any(is_caseless_letter);
    let shaped = (2..=6).contains(&words.len()) && words.iter().all(fits) && has_name;
    let odd = name.contains([':', '#', '?', '!', '"', '_', '=', '/', '…', '{', '+'])
        || name.bytes().any(|b| b.is_ascii_digit())
        || name.chars().count() > 60;
    let is_dated = crate::dates::is_publication(name) || crate::dates::is_update(name);
    if !(shaped || is_ideographic_name(name)) || odd || is_dated || has_role(&words) || is_outlet(name) {
        return None;
    }
    Some(words.join(" "))
}

/// Returns a name without what stands before and after names: "By", a place, a role in brackets, a handle.
fn bare(name: &str) -> &str {
    let mut name = name.trim();
    for _ in 0..2 {
        name = strip_opener(name).unwrap_or(name).trim();
    }
    let name = name.split(['(', '[', '<', '（', '|']).next().unwrap_or(name);
    // "Ada Orr in Delmare", "Ada Orr for the Delmare Courier": what follows is where and for whom.
    let name = AFTER_NAME.iter().fold(name, |name, word| name.split(word).next().unwrap_or(name));
    let name = name.split(" @").next().unwrap_or(name).trim();
    let name = before_date(name);
    let name = REPORTER_TITLES.iter().fold(name, |name, title| name.strip_suffix(title).unwrap_or(name).trim());
    name.trim_matches([',', '-', '–', '—', '*', ' ', '\u{a0}', ':']).trim_end_matches(" .")
}

/// "Ada Orr March 27, 2025": a date after a name is none of it.
fn before_date(name: &str) -> &str {
    let mut at = 0;
    for (n, word) in name.split(' ').enumerate() {
        let is_date = word.bytes().any(|b| b.is_ascii_digit())
            || crate::dates::month(word).is_some()
            || crate::dates::is_weekday(word);
        // "April Orr" has a month for a name.
        if n >= 2 && is_date {
            return name[..at].trim();
        }
        at += word.len() + 1;
    }
    name
}

/// Returns the people of "Published March 27, 2025 by Ada Orr".
pub(crate) fn after_date(line: &str) -> Option<Vec<String>> {
    let (date, names) = line.split_once(" by ").or_else(|| line.split_once(" By "))?;
    let short = line.len() <= 120 && crate::dates::is_date_line(date.trim_end_matches(" Written"));
    Some(people(names)).filter(|people| short && !people.is_empty())
}

/// Tells whether a line is nothing but the words before a byline, whose names stand in the next line.
pub(crate) fn is_opener(line: &str) -> bool {
    let line = line.trim().trim_end_matches(':').trim_end().to_lowercase();
    line == "author" || OPENING.iter().any(|opener| opener.trim_end_matches(':').trim_end() == line)
}

const AFTER_NAME: &[&str] =
    &[" in ", " for ", " of ", " at ", " on ", " via ", " aus ", " from ", " is ", " desde ", " à "];
/// Korean, Japanese and Chinese write "reporter" after the name.
const REPORTER_TITLES: &[&str] = &["기자", "특파원", "記者", "记者", "编辑", "編集委員"];

fn is_caseless_letter(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Names in Chinese, Japanese and Korean are one word of few signs; one word in other scripts without capitals is none.
fn is_ideographic_name(name: &str) -> bool {
    let n = name.chars().count();
    let is_sign = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let hangul = name.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    // A word in katakana alone is a loan word; foreign names in it are parted by a dot.
    let katakana = name.chars().all(|c| matches!(c, '\u{30a0}'..='\u{30ff}')) && !name.contains('・');
    (2..=12).contains(&n) && name.chars().all(is_sign) && (!hangul || n <= 5) && !katakana
}

/// Tells whether a name is an outlet's, also in scripts without spaces.
fn is_outlet(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "新聞",
        "新闻",
        "新聞社",
        "通信",
        "通信社",
        "日報",
        "日报",
        "社",
        "編集部",
        "编辑部",
        "网",
        "網",
        "電視",
        "デジタル",
        "オンライン",
        "ニュース",
        "신문",
        "뉴스",
        "일보",
        "통신",
        "방송",
        "중앙",
        "닷컴",
    ];
    crate::credits::is_outlet(name) || ENDS.iter().any(|end| name.ends_with(end))
}

/// Returns a name that the page itself says is a person's: one word is enough then, and it need not be capitalised.
pub(crate) fn stated_person(name: &str) -> Option<String> {
    let name = bare(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    // "Ada", but neither "adaorr" nor "DelmareCourier", which are names of accounts.
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let first_name =
        words.len() == 1 && name.chars().count() > 2 && capitals == 1 && name.starts_with(char::is_uppercase);
    let lower = (2..=3).contains(&words.len()) && capitals == 0 && words.iter().all(|word| word.chars().count() > 2);
    ((first_name || lower) && words.iter().all(is_word) && !has_role(&words) && !is_outlet(name))
        .then(|| words.join(" "))
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "la", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "zu", "zum",
        "ter", "ten", "bin", "bint", "ibn", "al", "el", "le", "las", "los", "y", "e", "d'", "af", "av", "dal", "dalla",
        "dei", "degli", "vom", "'t", "het", "und", "abu", "ben",
    ];
    PARTICLES.contains(&word)
        || ["al-", "el-", "d'", "d’", "ad-", "as-", "ash-", "ar-"].iter().any(|start| word.starts_with(start))
}

fn has_role(words: &[&str]) -> bool {
    words.iter().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ROLE_WORDS.contains(bare.as_str()) || bare.split('-').any(|part| part.len() > 4 && ROLE_WORDS.contains(part))
    })
}

#[cfg(test)]
mod tests {
    use super::{OPENERS, byline, people, person, rows, stated_person};

    fn check(line: &str, expected: &str) {
        assert_eq!(byline(line).unwrap_or_default().join(" + "), expected, "{line}");
    }

    #[test]
    fn bylines() {
        check("By Ada Orr", "Ada Orr");
        check("BY ADA ORR AND BEN LEE", "ADA ORR + BEN LEE");
        check("By Ada Orr, Ben Lee and Cleo van der Meer, Staff Writers", "Ada Orr + Ben Lee + Cleo van der Meer");
        check("By Ada Orr | Associated Press", "Ada Orr");
        check("By Ada Orr in Delmare", "Ada Orr");
        check("(Reporting by Ada Orr in Delmare; Editing by Ben Lee)", "Ada Orr");
    }

    #[test]
    fn lines_that_name_no_author() {
        for line in [
            "By Monday the ferry had sunk.",
            "By Staff Reporter",
            "By Delmare Courier",
            "By noon",
            "By the Associated Press",
            "By and large Ada Orr agrees",
        ] {
            check(line, "");
        }
    }

    #[test]
    fn people_and_others() {
        assert_eq!(person("Ada Orr (Delmare)").as_deref(), Some("Ada Orr"));
        for other in ["Delmare Courier Staff", "admin", "https://delmare.com/ada", "News Desk", "ada.orr@delmare.com"] {
            assert_eq!(person(other), None, "{other}");
        }
    }

    fn check_list(list: &str, expected: &str) {
        assert_eq!(people(list).join(" + "), expected, "{list}");
    }

    #[test]
    fn every_opener_opens_its_example() {
        for row in rows(OPENERS) {
            let example = row.split('\t').nth(1).unwrap_or_default();
            assert!(!people(example).is_empty() && byline(example).is_some(), "{row}");
            assert!(people(example).iter().all(|name| !name.contains("By") && !name.contains(':')), "{row}");
        }
    }

    #[test]
    fn lists_of_names() {
        check_list("Ada Orr, Ben Lee, MD, RD and Cleo M. Ash", "Ada Orr + Ben Lee, MD, RD + Cleo M. Ash");
        check_list("Ada Orr y Ben Lee", "Ada Orr + Ben Lee");
        check_list("Ramón y Cajal", "Ramón y Cajal");
        check_list("Ada Orr und Ben Lee, Delmare", "Ada Orr + Ben Lee");
        check_list("Ada Orr/Ben Lee", "Ada Orr + Ben Lee");
        check_list("ADA ORR @adaorr", "ADA ORR");
        check_list("Ada Orr ada@delmare.example", "Ada Orr");
        check_list("Ada Orr for the Delmare Courier", "Ada Orr");
        check_list("Ada Orr, Home- and Harbour-Security Expert", "Ada Orr");
        check_list("Ada Orr, Head of Marketing and Harbour Development", "Ada Orr");
        check_list("Ada Orr • Ben Lee", "Ada Orr + Ben Lee");
        check_list("Ада Орр и Бен Ли", "Ада Орр + Бен Ли");
        check_list("آدا أور، بن لي", "آدا أور + بن لي");
        check_list("李本、王小明", "李本 + 王小明");
        check_list("김아다 기자", "김아다");
        check_list("デルマー新聞", "");
        check_list("أخبار", "");
        check_list("Sign In, Full Bio, Learn More", "");
    }

    #[test]
    fn names_that_the_page_calls_a_persons() {
        assert_eq!(stated_person("Ada").as_deref(), Some("Ada"));
        assert_eq!(stated_person("ada orr").as_deref(), Some("ada orr"));
        for other in ["adaorr", "DelmareCourier", "Staff", "undefined", "ADA", "admin", "3d23d65"] {
            assert_eq!(stated_person(other), None, "{other}");
        }
    }
}

//! The language of queries: words, phrases, `OR`, `-`, brackets and operators.

use std::ops::Range;

use crate::search::tokens::{form, main_language, pieces};

/// A query that cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the query cannot be read at character {at}: {reason}")]
pub struct QueryError {
    /// The character, from 1.
    pub at: usize,
    /// What is wrong there and what to write instead.
    pub reason: String,
}

/// A query that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(crate) expr: Expr,
}

/// What a report must be to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// All of these; nothing asked finds everything.
    All(Vec<Expr>),
    /// At least one of these.
    Any(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// These words in this order in title or text.
    Words(String),
    /// These words in this order in the title.
    Title(String),
    /// These words in this order in the outlet's name.
    Outlet(String),
    /// These words in this order among the authors.
    Author(String),
    /// Published from one day to another, as numbers like 20260305.
    Days(u64, u64),
    /// In this language.
    Language(String),
    /// Known to be original, or copied.
    Origin(Origin),
    /// Has this.
    Has(Has),
    /// In this story.
    Story(String),
}

/// Where a report's words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Its own.
    Original,
    /// Another report's.
    Copied,
}

/// What a report can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    /// Something that it bent.
    Drift,
    /// Something in which it differs.
    Variants,
}

/// The longest query, in characters.
const LONGEST: usize = 2_000;
/// The most words and operators of a query.
const MOST: usize = 100;
/// The deepest nesting of brackets.
const DEEPEST: usize = 12;
const OPERATORS: &str = "outlet: author: title: date: lang: origin: has: story:";

impl Query {
    /// Reads a query. An empty one finds everything.
    ///
    /// Words stand side by side and all must be there; `OR` between two asks for one of them and binds closer; `-`
    /// before a word, a phrase, an operator or a bracket excludes it.
    pub fn read(text: &str) -> Result<Self, QueryError> {
        let chars: Vec<char> = text.chars().map(plain).collect();
        if chars.len() > LONGEST {
            return Err(QueryError { at: LONGEST, reason: format!("it is longer than {LONGEST} characters") });
        }
        let mut reader = Reader { chars: &chars, at: 0, count: 0 };
        let expr = reader.all(0)?;
        match reader.peek() {
            Some(_) => Err(reader.error(reader.at, "this bracket closes nothing")),
            None if reader.count == 0 && !text.trim().is_empty() => {
                Err(reader.error(0, "there is no word in it; write a word, or nothing to see all"))
            }
            None => Ok(Query { expr }),
        }
    }

    /// Returns where the words of the query stand in a text of a language, as ranges of bytes, in order.
    pub fn marks(&self, text: &str, language: Option<&str>) -> Vec<Range<usize>> {
        let language = main_language(language);
        let mut forms = Vec::new();
        wanted(&self.expr, &mut |words| {
            forms.extend(pieces(words).into_iter().map(|at| form(&words[at], &language)));
        });
        if forms.is_empty() {
            return Vec::new();
        }
        pieces(text).into_iter().filter(|at| forms.contains(&form(&text[at.clone()], &language))).collect()
    }
}

/// Calls for every word or phrase that a report is found by, not those that are excluded.
pub fn wanted(expr: &Expr, found: &mut impl FnMut(&str)) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| wanted(part, found)),
        Expr::Words(words) | Expr::Title(words) => found(words),
        _ => {}
    }
}

/// Any quotation mark is one: keyboards and clipboards differ.
fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        c => c,
    }
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    count: usize,
}

impl Reader<'_> {
    fn all(&mut self, depth: usize) -> Result<Expr, QueryError> {
        let mut parts: Vec<Expr> = Vec::new();
        // Where an `OR` waits for its right side.
        let mut waiting = None;
        loop {
            self.skip_space();
            let at = self.at;
            match self.peek() {
                None | Some(')') => break,
                Some(_) => {}
            }
            match self.keyword().as_deref() {
                Some("AND") => continue,
                Some("OR") if parts.is_empty() || waiting.is_some() => {
                    return Err(self.error(at, "there is nothing before `OR`; write a word on both its sides"));
                }
                Some("OR") => {
                    waiting = Some(at);
                    continue;
                }
                _ => {}
            }
            let Some(part) = self.part(depth)? else { continue };
            match (waiting.take(), parts.last_mut()) {
                (Some(_), Some(Expr::Any(either))) if either.len() > 1 => either.push(part),
                (Some(_), Some(last)) => {
                    let first = std::mem::replace(last, Expr::All(Vec::new()));
                    *last = Expr::Any(vec![first, part]);
                }
                _ => parts.push(part),
            }
        }
        match waiting {
            Some(at) => Err(self.error(at, "there is nothing after `OR`; write a word on both its sides")),
            None => Ok(Expr::All(parts)),
        }
    }

    /// Takes a word of grammar, if one stands here.
    fn keyword(&mut self) -> Option<String> {
        let word: String = self.chars[self.at..].iter().take_while(|c| !ends_word(**c)).collect();
        matches!(word.as_str(), "AND" | "OR").then(|| {
            self.at += word.len();
            word
        })
    }

    /// Reads one part; none where it holds no word.
    fn part(&mut self, depth: usize) -> Result<Option<Expr>, QueryError> {
        let at = self.at;
        self.count += 1;
        if self.count > MOST {
            return Err(self.error(at, &format!("it has more than {MOST} words")));
        }
        let found = match self.peek() {
            Some('-' | '\u{2212}') => return self.excluded(depth),
            Some('(') => self.bracket(depth)?,
            Some('"') => words(self.quoted()?),
            _ => self.word()?,
        };
        if found.is_none() {
            self.count -= 1;
        }
        Ok(found)
    }

    fn excluded(&mut self, depth: usize) -> Result<Option<Expr>, QueryError> {
        while matches!(self.peek(), Some('-' | '\u{2212}')) {
            self.at += 1;
        }
        // A dash between words is punctuation.
        if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
            self.count -= 1;
            return Ok(None);
        }
        self.count -= 1;
        let part = self.part(depth)?;
        Ok(part.map(|part| Expr::Not(Box::new(part))))
    }

    fn bracket(&mut self, depth: usize) -> Result<Option<Expr>, QueryError> {
        let at = self.at;
        if depth == DEEPEST {
            return Err(self.error(at, &format!("brackets stand {DEEPEST} deep already")));
        }
        self.at += 1;
        let inner = self.all(depth + 1)?;
        if self.peek() != Some(')') {
            return Err(self.error(at, "this bracket is not closed; write `)` after its last word"));
        }
        self.at += 1;
        Ok(match inner {
            Expr::All(parts) if parts.is_empty() => None,
            inner => Some(inner),
        })
    }

    fn quoted(&mut self) -> Result<String, QueryError> {
        let at = self.at;
        let Some(length) = self.chars[at + 1..].iter().position(|c| *c == '"') else {
            return Err(self.error(at, "this quotation mark has no partner; write `\"` after the last word"));
        };
        self.at = at + length + 2;
        Ok(self.chars[at + 1..at + 1 + length].iter().collect())
    }

    fn word(&mut self) -> Result<Option<Expr>, QueryError> {
        let at = self.at;
        let length = self.chars[at..].iter().take_while(|c| !ends_word(**c)).count();
        let text: String = self.chars[at..at + length].iter().collect();
        self.at += length;
        let Some((name, value)) = text.split_once(':') else { return Ok(words(text)) };
        let known = OPERATORS.split(' ').any(|known| known.strip_suffix(':') == Some(name.to_lowercase().as_str()));
        let is_word = !name.is_empty() && name.chars().all(char::is_alphabetic);
        if !known {
            let foreign = is_word && !value.is_empty() && !value.starts_with("//");
            let advice =
                format!("there is no operator `{name}:`; there are {OPERATORS} (for the words, write \"{text}\")");
            return if foreign { Err(self.error(at, &advice)) } else { Ok(words(text)) };
        }
        let value = if value.is_empty() && self.peek() == Some('"') { self.quoted()? } else { value.to_owned() };
        let value = value.trim();
        if value.is_empty() {
            return Err(self.error(at, &format!("`{name}:` needs something after it, without a space between")));
        }
        operator(&name.to_lowercase(), value).map(Some).map_err(|reason| self.error(at, &reason))
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn error(&self, at: usize, reason: &str) -> QueryError {
        QueryError { at: at + 1, reason: reason.to_owned() }
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '(' | ')')
}

fn words(text: String) -> Option<Expr> {
    (!pieces(&text).is_empty()).then_some(Expr::Words(text))
}

fn operator(name: &str, value: &str) -> Result<Expr, String> {
    let with_words = |make: fn(String) -> Expr| {
        if pieces(value).is_empty() {
            Err(format!("there is no word in `{value}`"))
        } else {
            Ok(make(value.to_owned()))
        }
    };
    match (name, value.to_lowercase().as_str()) {
        ("outlet", _) => with_words(Expr::Outlet),
        ("author", _) => with_words(Expr::Author),
        ("title", _) => with_words(Expr::Title),
        ("story", _) => Ok(Expr::Story(value.to_owned())),
        ("origin", "original") => Ok(Expr::Origin(Origin::Original)),
        ("origin", "copied") => Ok(Expr::Origin(Origin::Copied)),
        ("origin", _) => Err("write `origin:original` or `origin:copied`".to_owned()),
        ("has", "drift") => Ok(Expr::Has(Has::Drift)),
        ("has", "variants") => Ok(Expr::Has(Has::Variants)),
        ("has", _) => Err("write `has:drift` or `has:variants`".to_owned()),
        ("lang", tag) => {
            let main = main_language(Some(tag));
            let fits = (2..=3).contains(&main.len());
            if fits { Ok(Expr::Language(main.into_owned())) } else { Err("write a language as `lang:en`".to_owned()) }
        }
        (_, dates) => days(dates).ok_or_else(|| {
            format!("`{value}` is no day or span of days; write `date:2026-03-05`, `date:2026-03`, `date:2026-03..2026-05` or `date:..2026`")
        }),
    }
}

fn days(text: &str) -> Option<Expr> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    if first.is_empty() && last.is_empty() {
        return None;
    }
    let first = if first.is_empty() { 1 } else { day(first)?.0 };
    let last = if last.is_empty() { 99_999_999 } else { day(last)?.1 };
    (first <= last).then_some(Expr::Days(first, last))
}

/// Returns the first and the last day of a year, a month or a day, as numbers.
fn day(text: &str) -> Option<(u64, u64)> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize, most: u64| {
        let fits = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u64>().ok().filter(|number| fits && (1..=most).contains(number))
    };
    let year = number(parts.first()?, 4, 9999)? * 10_000;
    match parts[1..] {
        [] => Some((year, year + 9999)),
        [month] => number(month, 2, 12).map(|month| (year + month * 100, year + month * 100 + 99)),
        [month, day] => {
            let whole = year + number(month, 2, 12)? * 100 + number(day, 2, 31)?;
            Some((whole, whole))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;

//! Numbers in words, in digits, and in both: "twelve", "1.5 million", "a hundred and sixty-one", "two-thirds".

use super::lexicon::{Classes, Numeral};
use super::tokens::{Kind, Token};

/// A number and the tokens it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    /// Its first token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// It is one run of bare digits.
    pub plain: bool,
    /// A word such as "million" is part of it.
    pub scale: Option<f64>,
    /// It is a fraction, or ends in one.
    pub part: bool,
}

/// What stands before a number, where its reading depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A sign or code of money: "m" must be million then.
    Money,
    /// Anything else.
    Other,
}

/// Returns the number that begins at a token.
pub(super) fn number_at(tokens: &[Token], at: usize, before: Before) -> Option<Number> {
    if let Some(first) = minus(tokens, at) {
        let number = unsigned(tokens, first, before)?;
        return Some(Number { value: -number.value, start: at, plain: false, ..number });
    }
    unsigned(tokens, at, before)
}

/// Returns the token after a minus sign: the word, or a dash glued to digits and to nothing before it.
fn minus(tokens: &[Token], at: usize) -> Option<usize> {
    let token = &tokens[at];
    // "plus or minus 3" is no negative number.
    if token.entry.numeral == Some(Numeral::Minus) && at > 0 && tokens[at - 1].lower == "or" {
        return None;
    }
    if token.entry.numeral == Some(Numeral::Minus) {
        return Some(at + 1).filter(|&next| next < tokens.len());
    }
    let next = tokens.get(at + 1)?;
    let free = !token.glued || at == 0 || matches!(tokens[at - 1].text, "(" | "$" | "£" | "€");
    (token.is_dash() && free && next.glued && next.kind == Kind::Number).then_some(at + 1)
}

fn unsigned(tokens: &[Token], at: usize, before: Before) -> Option<Number> {
    let number = leading_part(tokens, at).or_else(|| Reader::new(tokens, at, before).read())?;
    Some(with_scale_after_part(tokens, number))
}

/// "half", "a third", "a quarter": a fraction without a number before it.
fn leading_part(tokens: &[Token], at: usize) -> Option<Number> {
    let article = matches!(tokens[at].lower.as_ref(), "a" | "an");
    let first = if article { at + 1 } else { at };
    let (under, end) = denominator(tokens, first)?;
    let next = tokens.get(end);
    let half = under == 2.0;
    let quarter = under == 4.0 && is_scale(next);
    if !(article || half || quarter) {
        return None;
    }
    if next.is_some_and(|t| t.glued && t.is_hyphen()) {
        return None;
    }
    let scaled = is_scale(next) || is_scale_of(tokens, end);
    let opens = next.is_none_or(|t| t.lower == "of" || (t.kind == Kind::Mark && !t.is_hyphen()) || t.is(Classes::STOP));
    let of_article = half && next.is_some_and(|t| t.is(Classes::DETERMINER) && t.lower != "this");
    let hedged = half
        && !article
        && at > 0
        && matches!(tokens[at - 1].lower.as_ref(), "than" | "over" | "nearly" | "almost" | "about");
    let after_ordinal = at > 0 && tokens[at - 1].is(Classes::TIMELY);
    let bare = half && !article && !scaled && !of_article && !hedged && next.is_none_or(|t| t.lower != "of");
    let ok = scaled || (!after_ordinal && !bare && (opens || of_article || hedged));
    // "half the battle" is a share all the same; "in half" is none.
    ok.then(|| Number { value: 1.0 / under, start: at, end, plain: false, scale: None, part: true })
}

fn is_scale(token: Option<&Token>) -> bool {
    token.is_some_and(|t| matches!(t.entry.numeral, Some(Numeral::Scale(_) | Numeral::Dozen | Numeral::Short(_))))
}

/// "… a million", "… of a million"
fn is_scale_of(tokens: &[Token], at: usize) -> bool {
    scale_after(tokens, at).is_some()
}

fn scale_after(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let mut next = at;
    if tokens.get(next)?.lower == "of" {
        next += 1;
    }
    if matches!(tokens.get(next)?.lower.as_ref(), "a" | "an") {
        next += 1;
    }
    match tokens.get(next)?.entry.numeral? {
        Numeral::Scale(scale) | Numeral::Short(scale) => Some((scale, next + 1)),
        Numeral::Dozen => Some((12.0, next + 1)),
        Numeral::Hundred if next > at => Some((100.0, next + 1)),
        _ => None,
    }
}

/// "half a million", "three quarters of a million", "five and a half million".
fn with_scale_after_part(tokens: &[Token], number: Number) -> Number {
    if !number.part {
        return number;
    }
    match scale_after(tokens, number.end) {
        Some((scale, end)) => Number { value: number.value * scale, end, scale: Some(scale), ..number },
        None => number,
    }
}

/// Returns what a fraction is divided by, and the token after it ("third", "twenty-firsts").
fn denominator(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    match token.entry.numeral? {
        Numeral::Part(under) if under > 1.0 => Some((under, at + 1)),
        Numeral::Ten(ten) => {
            let next = if tokens.get(at + 1)?.is_hyphen() { at + 2 } else { at + 1 };
            match tokens.get(next)?.entry.numeral? {
                Numeral::Part(unit) if (1.0..10.0).contains(&unit) && unit != 2.0 => Some((ten + unit, next + 1)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Reads one number token by token, as it is said.
struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    start: usize,
    at: usize,
    before: Before,
    /// What is complete: the thousands while the hundreds are read.
    total: f64,
    /// The group being read.
    group: f64,
    /// What may still be added must be smaller than this.
    room: f64,
    /// The last scale.
    scale: Option<f64>,
    /// What came after the last "and": the numerator of "one hundred and three quarters".
    tail: f64,
    anded: bool,
    count: usize,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn new(tokens: &'t [Token<'a>], start: usize, before: Before) -> Self {
        Reader {
            tokens,
            start,
            at: start,
            before,
            total: 0.0,
            group: 0.0,
            room: f64::INFINITY,
            scale: None,
            tail: 0.0,
            anded: false,
            count: 0,
        }
    }

    fn read(mut self) -> Option<Number> {
        self.open()?;
        while self.at < self.tokens.len() && self.step() {}
        if self.count == 0 {
            return None;
        }
        self.close()
    }

    /// "a hundred", "a dozen": the article is a one. "hundred thousand" has none.
    fn open(&mut self) -> Option<()> {
        let first = &self.tokens[self.start];
        let next = self.tokens.get(self.start + 1);
        if matches!(first.lower.as_ref(), "a" | "an") {
            let scale = next.and_then(|t| t.entry.numeral)?;
            if !matches!(scale, Numeral::Hundred | Numeral::Scale(_) | Numeral::Dozen) || is_plural_scale(next?) {
                return None;
            }
            (self.group, self.at) = (1.0, self.start + 1);
            return Some(());
        }
        match first.entry.numeral {
            Some(Numeral::Unit(_) | Numeral::Ten(_)) => Some(()),
            Some(Numeral::Hundred) if is_scale(next) && first.lower == "hundred" => {
                self.group = 1.0;
                Some(())
            }
            _ => (first.kind == Kind::Number).then_some(()),
        }
    }

    /// Takes one more token, with the "and" or hyphen before it.
    fn step(&mut self) -> bool {
        let joined = self.skip_joint();
        let Some(token) = self.tokens.get(joined) else { return false };
        let and = joined > self.at && matches!(self.tokens[self.at].text, "and" | "&");
        if and && self.opens_another(joined) {
            return false;
        }
        let taken = match token.entry.numeral {
            Some(Numeral::Unit(value)) => self.add(value, 0.0),
            Some(Numeral::Ten(value)) if self.room >= 100.0 => self.add(value, 10.0),
            Some(Numeral::Hundred) if !and => self.hundred(),
            Some(Numeral::Scale(scale)) if !and => self.scale(scale),
            Some(Numeral::Short(scale)) if joined == self.at && self.short_counts(token) => self.scale(scale),
            Some(Numeral::Letter(scale)) if self.letter_counts(token) => self.scale(scale),
            Some(Numeral::Dozen) if !and => self.dozen(),
            Some(Numeral::Point) if joined == self.at => return self.point(),
            _ if token.kind == Kind::Number => self.digits(token),
            _ => false,
        };
        if !taken {
            return false;
        }
        if and {
            (self.tail, self.anded) = (0.0, true);
        }
        if let Some(Numeral::Unit(value) | Numeral::Ten(value)) = token.entry.numeral {
            self.tail += value;
        }
        self.count += 1;
        self.at = joined + 1;
        true
    }

    /// "three million and five million": after the "and" stands another number of the same scale.
    fn opens_another(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).and_then(|token| token.entry.numeral);
        matches!((next, self.scale), (Some(Numeral::Scale(next)), Some(last)) if next >= last)
    }

    /// Returns the token after an "and" or a hyphen that joins number words.
    fn skip_joint(&self) -> usize {
        if self.count == 0 {
            return self.at;
        }
        let token = &self.tokens[self.at];
        let next = self.tokens.get(self.at + 1);
        let words = self.tokens[self.at - 1].kind == Kind::Word && next.is_some_and(|t| t.kind == Kind::Word);
        let even = next.is_some_and(|t| t.glued == token.glued);
        // "$1-billion"
        if token.is_hyphen() && token.glued && next.is_some_and(|t| t.glued && is_scale(Some(t))) && self.count == 1 {
            return self.at + 1;
        }
        if token.is_hyphen() && words && even {
            return self.at + 1;
        }
        let after_hundred = self.room >= 100.0 && self.tokens[self.at - 1].kind == Kind::Word;
        if matches!(token.lower.as_ref(), "and" | "&") && after_hundred { self.at + 1 } else { self.at }
    }

    fn add(&mut self, value: f64, room: f64) -> bool {
        if value >= self.room {
            return false;
        }
        self.group += value;
        self.room = room;
        true
    }

    /// Digits open a number, or follow a scale ("4 thousand 3 hundred and 21").
    fn digits(&mut self, token: &Token) -> bool {
        if self.count == 0 {
            self.group = token.value;
            self.room = 0.0;
            return true;
        }
        let mixed = self.count == 1 && !token.glued && !token.plain && token.value < 1.0 && token.value > 0.0;
        if mixed && self.tokens[self.start].plain {
            self.group += token.value;
            return true;
        }
        let spoken = self.tokens[self.start].kind == Kind::Number;
        if !spoken || !token.plain || self.room < 100.0 || token.value >= self.room || token.value < 1.0 {
            return false;
        }
        // After "4 thousand" come hundreds or an "and"; a bare number is another one.
        let and = self.tokens[self.at].lower == "and";
        let next = self.tokens.get(self.at + 1).and_then(|t| t.entry.numeral);
        let hundreds = matches!(next, Some(Numeral::Hundred));
        if !and && !hundreds || hundreds && token.value * 100.0 >= self.room {
            return false;
        }
        self.group += token.value;
        self.room = 0.0;
        true
    }

    fn hundred(&mut self) -> bool {
        if self.group <= 0.0 || self.room >= 100.0 && self.count > 0 && self.group >= 100.0 {
            return false;
        }
        self.group *= 100.0;
        self.room = 100.0;
        true
    }

    fn scale(&mut self, scale: f64) -> bool {
        if self.group == 0.0 && self.total == 0.0 {
            return false;
        }
        if self.group == 0.0 || self.scale.is_some_and(|last| scale >= last) {
            // "three lakh crore"
            self.total = (self.total + self.group) * scale;
        } else {
            self.total += self.group * scale;
        }
        self.group = 0.0;
        self.scale = Some(scale);
        self.room = scale.min(1e15);
        true
    }

    fn dozen(&mut self) -> bool {
        if self.group == 0.0 || self.total > 0.0 {
            return false;
        }
        let hundreds = if self.room < 100.0 && self.anded { (self.group / 100.0).floor() * 100.0 } else { 0.0 };
        self.group = hundreds + (self.group - hundreds) * 12.0;
        self.room = 0.0;
        self.scale = Some(12.0);
        true
    }

    fn digits_before(&self) -> bool {
        self.count == 1 && self.tokens[self.at - 1].kind == Kind::Number
    }

    /// "7.62mm" is a measure, "US$ 1MM" is money.
    fn short_counts(&self, token: &Token) -> bool {
        self.digits_before() && (token.lower != "mm" || token.text == "MM" || self.before == Before::Money)
    }

    /// "2m people" are millions, "2m tall" are metres, "5G" is a name.
    fn letter_counts(&self, letter: &Token) -> bool {
        if !self.digits_before() || !letter.glued {
            return false;
        }
        let next = self.tokens.get(self.at + 1).filter(|t| !t.glued);
        let counted = next.is_some_and(|t| t.kind == Kind::Word && super::nouns::is_plural(t));
        let money = self.before == Before::Money || next.is_some_and(|t| super::units::money(&t.lower).is_some());
        match letter.text {
            "k" | "K" => true,
            "M" => true,
            "m" => money || counted,
            "b" | "B" => money || counted || self.group.fract() != 0.0,
            "t" | "T" => money,
            _ => false,
        }
    }

    /// "two hundred point zero three": the digits after the point are said one by one or as one number.
    fn point(&mut self) -> bool {
        let mut digits = String::from("0.");
        let mut next = self.at + 1;
        let mut after_ten = false;
        while let Some(token) = self.tokens.get(next) {
            match token.entry.numeral {
                Some(Numeral::Unit(value)) if after_ten => {
                    digits.pop();
                    digits.push_str(&format!("{value}"));
                    after_ten = false;
                }
                Some(Numeral::Unit(value)) => digits.push_str(&format!("{value}")),
                Some(Numeral::Ten(value)) => {
                    digits.push_str(&format!("{value}"));
                    after_ten = true;
                }
                _ if token.is_hyphen() && after_ten => {}
                _ => break,
            }
            next += 1;
        }
        let Ok(tail) = digits.parse::<f64>() else { return false };
        if digits.len() == 2 || self.tokens[self.at - 1].kind != Kind::Word {
            return false;
        }
        self.group += tail;
        self.at = next;
        self.count += 1;
        self.room = 0.0;
        // A scale may follow: "two point five million".
        true
    }

    fn close(self) -> Option<Number> {
        let value = self.total + self.group;
        let plain = self.count == 1 && self.tokens[self.at - 1].plain;
        let whole = Number { value, start: self.start, end: self.at, plain, scale: self.scale, part: false };
        self.with_fraction(whole).or_else(|| self.with_and_part(whole)).or(Some(whole)).filter(|number| {
            // "the twenty-fifth", "one hundredth anniversary": an ordinal is no amount.
            number.part || !self.is_ordinal(whole.end)
        })
    }

    fn is_ordinal(&self, end: usize) -> bool {
        let spoken = self.tokens[end - 1].kind == Kind::Word;
        let next = if self.tokens.get(end).is_some_and(Token::is_hyphen) { end + 1 } else { end };
        let part = |t: &Token| matches!(t.entry.numeral, Some(Numeral::Part(_))) || t.lower == "second";
        let ordinal = self.tokens.get(next).is_some_and(|t| part(t) && !t.lower.ends_with('s'));
        let ten = matches!(self.tokens[end - 1].entry.numeral, Some(Numeral::Ten(_)));
        spoken && ordinal && (next > end || ten)
    }

    /// "two-thirds", "one third of", "twenty and three fifths".
    fn with_fraction(&self, whole: Number) -> Option<Number> {
        let joined = self.tokens.get(whole.end).is_some_and(Token::is_hyphen);
        let (under, end) = denominator(self.tokens, if joined { whole.end + 1 } else { whole.end })?;
        let one = whole.value == 1.0 || (self.anded && self.tail == 1.0);
        let last = &self.tokens[end - 1];
        let plural = last.lower.ends_with('s');
        let spoken = self.tokens[whole.end - 1].kind == Kind::Word;
        if plural == one && under != 2.0 || !spoken {
            return None;
        }
        // "two quarters of growth" are half a year.
        if under == 4.0 && whole.value == 2.0 {
            return None;
        }
        let next = self.tokens.get(end);
        let alone = next.is_none_or(|t| t.kind == Kind::Mark || t.is(Classes::STOP));
        if one && !joined && !alone && !is_scale(next) {
            return None;
        }
        if !(self.anded && self.tail < under) {
            return Some(Number { value: whole.value / under, end, plain: false, part: true, ..whole });
        }
        // "five billion and three quarters" are parts of a billion, unless another scale follows them.
        let (share, end) = match (next.and_then(|t| t.entry.numeral), self.scale) {
            (Some(Numeral::Scale(scale)), Some(_)) => (scale, end + 1),
            (_, Some(scale)) if self.group == self.tail => (scale, end),
            _ => (1.0, end),
        };
        let value = whole.value - self.tail + self.tail / under * share;
        Some(Number { value, end, plain: false, part: self.scale.is_none(), ..whole })
    }

    /// "two and a half", "two-and-a-half", "a million and a half", "three and three quarters".
    fn with_and_part(&self, whole: Number) -> Option<Number> {
        let past_hyphen = |at: usize| if self.tokens.get(at).is_some_and(Token::is_hyphen) { at + 1 } else { at };
        let and = past_hyphen(whole.end);
        if self.tokens.get(and)?.lower != "and" {
            return None;
        }
        let first = past_hyphen(and + 1);
        let next = first + 1;
        let token = self.tokens.get(first)?;
        let over = match (token.lower.as_ref(), token.entry.numeral) {
            ("a" | "an", _) => 1.0,
            (_, Some(Numeral::Unit(value))) => value,
            _ => return None,
        };
        let joined = self.tokens.get(next).is_some_and(Token::is_hyphen);
        let (under, end) = denominator(self.tokens, if joined { next + 1 } else { next })?;
        if over >= under {
            return None;
        }
        let part = over / under;
        let scale_next = is_scale(self.tokens.get(end));
        let part = if scale_next || whole.scale == Some(12.0) { part } else { part * whole.scale.unwrap_or(1.0) };
        if let (Some(Numeral::Scale(scale)), Some(_)) =
            (self.tokens.get(end).and_then(|t| t.entry.numeral), whole.scale)
        {
            return Some(Number { value: whole.value + part * scale, end: end + 1, plain: false, ..whole });
        }
        // A part of a scale is complete; "five and a half" still waits for its "million".
        Some(Number { value: whole.value + part, end, plain: false, part: whole.scale.is_none(), ..whole })
    }
}

fn is_plural_scale(token: &Token) -> bool {
    token.lower.ends_with('s')
}

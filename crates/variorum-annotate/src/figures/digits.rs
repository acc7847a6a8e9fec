//! Numbers in digits: groups, decimals, fractions, powers of ten.

/// A run of digits and what it amounts to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Run {
    /// Its bytes.
    pub len: usize,
    /// The amount; none for a clock time, a day, a telephone or version number.
    pub value: Option<f64>,
    /// Digits and nothing else.
    pub plain: bool,
}

/// Returns the run of digits at the start of a text, where one stands there.
pub(super) fn read(text: &str, glued: bool) -> Option<Run> {
    let first = text.chars().next()?;
    if let Some(value) = vulgar(first) {
        return Some(Run { len: first.len_utf8(), value: Some(value), plain: false });
    }
    let bytes = text.as_bytes();
    let leading_point = first == '.' && !glued && bytes.get(1).is_some_and(u8::is_ascii_digit);
    if !first.is_ascii_digit() && !leading_point {
        return None;
    }
    if let Some(len) = code_length(bytes) {
        return Some(Run { len, value: None, plain: false });
    }
    Some(amount(text))
}

/// "½" and its kin.
fn vulgar(c: char) -> Option<f64> {
    let (over, under) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(f64::from(over) / f64::from(under))
}

/// Returns the length of digits that are joined as no amount is: "3:41", "5/17/2018", "555-0199-12", "1.2.3".
fn code_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut joints: Vec<u8> = Vec::new();
    loop {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        parts.push((start, at));
        match bytes.get(at) {
            // Sixteen parts tell what a chain is; a cap keeps pathological lists linear.
            Some(&joint @ (b':' | b'/' | b'-' | b'.' | b','))
                if parts.len() < 16 && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) =>
            {
                joints.push(joint);
                at += 1;
            }
            _ => break,
        }
    }
    let count = |joint: u8| joints.iter().filter(|&&j| j == joint).count();
    let part = |n: usize| std::str::from_utf8(&bytes[parts[n].0..parts[n].1]).unwrap_or("");
    let width = |n: usize| parts[n].1 - parts[n].0;
    let is_year = |n: usize| width(n) == 4 && matches!(part(n).get(..2), Some("15" | "16" | "17" | "18" | "19" | "20"));
    let clock = count(b':') > 0;
    let chain = count(b'-') > 1 || count(b'/') > 1 || (count(b'/') > 0 && count(b'-') > 0);
    let version = count(b'.') > 1 && (1..parts.len()).any(|n| width(n) != 3) && count(b',') == 0;
    let years = joints == [b'-'] && is_year(0) && (width(1) == 2 || is_year(1));
    let telephone = joints == [b'-'] && part(1).starts_with('0') && width(1) > 1;
    let not_a_fraction = joints == [b'/'] && fraction(part(0), part(1)).is_none();
    let padded = parts.len() == 1 && width(0) > 1 && bytes[0] == b'0';
    let endless = (0..parts.len()).any(|n| width(n) > 18);
    (endless || clock || chain || version || years || telephone || not_a_fraction || padded).then_some(at)
}

/// "3/4" and "1/40" are fractions; "24/7", "9/11" and "6/10" are not.
fn fraction(over: &str, under: &str) -> Option<f64> {
    let (over, under): (u32, u32) = (over.parse().ok()?, under.parse().ok()?);
    let usual = over == 1 || under <= 10 || matches!(under, 16 | 32 | 64 | 100 | 1000);
    (0 < over && over < under && usual && coprime(over, under)).then(|| f64::from(over) / f64::from(under))
}

fn coprime(mut a: u32, mut b: u32) -> bool {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}

fn amount(text: &str) -> Run {
    let bytes = text.as_bytes();
    let mut len = 0;
    while len < 64 && bytes.get(len).is_some_and(u8::is_ascii_digit)
        || (matches!(bytes.get(len), Some(b'.' | b',')) && bytes.get(len + 1).is_some_and(u8::is_ascii_digit))
    {
        len += 1;
    }
    if let Some((over, under)) = text[len..].strip_prefix('/').and_then(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| (&text[..len], &rest[..digits]))
    }) && let Some(value) = fraction(over, under)
    {
        return Run { len: len + 1 + under.len(), value: Some(value), plain: false };
    }
    let (mut len, mut value) = grouped(text, len);
    let mut plain = text[..len].bytes().all(|b| b.is_ascii_digit());
    if let Some((spaced, whole)) = space_grouped(text, len) {
        (len, value, plain) = (spaced, Some(whole), false);
    }
    if let Some((power, more)) = scientific(&text[len..], value) {
        return Run { len: len + more, value: Some(power), plain: false };
    }
    // "2½"
    if let Some(part) = text[len..].chars().next().and_then(vulgar).filter(|_| plain) {
        let width = text[len..].chars().next().map_or(0, char::len_utf8);
        return Run { len: len + width, value: value.map(|v| v + part), plain: false };
    }
    Run { len, value, plain }
}

/// Returns the value of digits with marks, and how many bytes of them are one number.
fn grouped(text: &str, len: usize) -> (usize, Option<f64>) {
    let run = &text[..len];
    let commas = run.matches(',').count();
    let points = run.matches('.').count();
    let value = match (commas, points) {
        (0, 0 | 1) => run.parse().ok(),
        (0, _) => in_threes(run, '.'),
        (1, 0) if run.split(',').nth(1).is_some_and(|tail| tail.len() < 3) => run.replace(',', ".").parse().ok(),
        (_, 0) => in_threes(run, ',').or_else(|| in_lakhs(run)),
        (_, 1) if run.rfind('.') > run.rfind(',') => {
            let (whole, tail) = run.split_once('.').expect("one point was counted");
            in_threes(whole, ',')
                .or_else(|| in_lakhs(whole))
                .and_then(|_| format!("{}.{tail}", whole.replace(',', "")).parse().ok())
        }
        (1, _) if run.rfind(',') > run.rfind('.') => {
            let (whole, tail) = run.split_once(',').expect("one comma was counted");
            in_threes(whole, '.').and_then(|_| format!("{}.{tail}", whole.replace('.', "")).parse().ok())
        }
        _ => None,
    };
    if value.is_some() {
        return (len, value);
    }
    // A list without spaces: its first item stands alone.
    let first = run.find([',', '.']).unwrap_or(len);
    (first, run[..first].parse().ok())
}

fn in_threes(run: &str, mark: char) -> Option<f64> {
    let mut groups = run.split(mark);
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| run.replace(mark, "").parse().ok()).flatten()
}

/// Indian groups: "12,34,567".
fn in_lakhs(run: &str) -> Option<f64> {
    let groups: Vec<&str> = run.split(',').collect();
    let (last, rest) = groups.split_last()?;
    let (first, middle) = rest.split_first()?;
    let fits = last.len() == 3 && (1..=2).contains(&first.len()) && middle.iter().all(|group| group.len() == 2);
    fits.then(|| run.replace(',', "").parse().ok()).flatten()
}

/// "1 234 567", "40 000": groups of three after spaces. One group after a plain space must be round.
fn space_grouped(text: &str, len: usize) -> Option<(usize, f64)> {
    if len > 3 || !text[..len].bytes().all(|b| b.is_ascii_digit()) || text.starts_with('0') {
        return None;
    }
    let mut digits = text[..len].to_owned();
    let mut at = len;
    let mut groups = 0;
    let mut sure = false;
    while let Some(space) = text[at..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
    {
        let start = at + space.len_utf8();
        let Some(group) = text.get(start..start + 3).filter(|g| g.bytes().all(|b| b.is_ascii_digit())) else { break };
        let after = text[start + 3..].chars().next();
        if after.is_some_and(|c| c.is_alphanumeric() || c == ',') {
            break;
        }
        sure |= space != ' ' || group == "000";
        digits.push_str(group);
        groups += 1;
        at = start + 3;
    }
    if groups == 0 || !(sure || groups > 1) {
        return None;
    }
    let tail = text[at..].strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if tail > 0 {
        digits.push_str(&text[at..at + 1 + tail]);
        at += 1 + tail;
    }
    Some((at, digits.parse().ok()?))
}

/// Returns the value of "1.3e6", "2.48×10−5", "8x2^10" or "1.1^23", and the bytes after the first number.
fn scientific(rest: &str, value: Option<f64>) -> Option<(f64, usize)> {
    let value = value?;
    if let Some(tail) = rest.strip_prefix(['e', 'E']) {
        let (power, len) = signed(tail)?;
        let ends = !tail[len..].starts_with(char::is_alphanumeric);
        return ends.then(|| (value * 10f64.powi(power), 1 + len));
    }
    if let Some(tail) = rest.strip_prefix('^') {
        let (power, len) = signed(tail)?;
        return Some((value.abs().powi(power), 1 + len));
    }
    let times = rest.chars().next().filter(|c| matches!(c, 'x' | '×'))?.len_utf8();
    let tail = &rest[times..];
    let base = tail.bytes().take_while(u8::is_ascii_digit).count();
    let (power, len, mark) = match tail.get(base..)?.strip_prefix('^') {
        Some(power) => signed(power).map(|(p, l)| (p, l, 1))?,
        None if &tail[..base] == "10" => signed(&tail[base..]).map(|(p, l)| (p, l, 0))?,
        None => return None,
    };
    let base_value: f64 = tail[..base].parse().ok()?;
    Some((value * base_value.powi(power), times + base + mark + len))
}

/// Returns a whole number with any signs before it, and its bytes.
fn signed(text: &str) -> Option<(i32, usize)> {
    let mut len = 0;
    let mut negative = false;
    for c in text.chars() {
        match c {
            '-' | '−' => negative = true,
            '+' => {}
            _ => break,
        }
        len += c.len_utf8();
    }
    let digits = text[len..].bytes().take_while(u8::is_ascii_digit).count();
    let power: i32 = text[len..len + digits].parse().ok().filter(|&p: &i32| p <= 300)?;
    Some((if negative { -power } else { power }, len + digits))
}

//! What the headers of an answer say about time.

use std::time::{Duration, SystemTime};

/// The longest time that a stranger may make us wait, or call its answer fresh for; it can be added to any clock.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// Returns how long `Retry-After` asks to wait: seconds, or a date (RFC 9110, 10.2.3).
pub fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    seconds(value).or_else(|| until(value, now))
}

/// Returns how long an answer stays fresh (RFC 9111, 4.2.1): `max-age` before `Expires`, less its age; at once stale
/// where it must not be kept or must be asked for each time.
pub fn fresh_for(
    cache_control: Option<&str>,
    expires: Option<&str>,
    age: Option<&str>,
    now: SystemTime,
) -> Option<Duration> {
    let lasts = cache_control.and_then(from_cache_control).or_else(|| {
        // A date that is none, such as `0`, stands for one in the past (RFC 9111, 5.3).
        expires.map(|date| until(date.trim(), now).unwrap_or_default())
    })?;
    let age = age.and_then(|age| seconds(age.trim())).unwrap_or_default();
    Some(lasts.saturating_sub(age))
}

fn from_cache_control(value: &str) -> Option<Duration> {
    let mut lasts = None;
    for directive in value.split(',') {
        let (name, argument) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" => return Some(Duration::ZERO),
            // Said twice, the first counts; what is no number stands for stale (RFC 9111, 4.2.1).
            "max-age" if lasts.is_none() => {
                lasts = Some(seconds(argument.trim().trim_matches('"')).unwrap_or_default())
            }
            _ => {}
        }
    }
    lasts
}

/// Reads digits and nothing else; more than fit are the most there is.
fn seconds(digits: &str) -> Option<Duration> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(digits.parse().unwrap_or(u64::MAX)).min(LONGEST))
}

fn until(date: &str, now: SystemTime) -> Option<Duration> {
    let date = httpdate::parse_http_date(date).ok()?;
    Some(date.duration_since(now).unwrap_or_default().min(LONGEST))
}

#[cfg(test)]
mod tests;

//! What a mention says before anything around it is known, and how TIMEX3 writes it.

use jiff::civil::Date;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Returns the unit of a data row.
    pub(super) fn named(name: &str) -> Option<Unit> {
        Some(match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "night" => Unit::Night,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        })
    }

    /// Tells whether the unit is shorter than a day.
    pub(super) fn is_clock(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }

    fn sign(self) -> &'static str {
        match self {
            Unit::Second => "S",
            Unit::Minute | Unit::Month => "M",
            Unit::Hour => "H",
            Unit::Day | Unit::Night => "D",
            Unit::Week | Unit::Fortnight => "W",
            Unit::Weekend => "WE",
            Unit::Quarter => "Q",
            Unit::Year => "Y",
            Unit::Decade => "DE",
            Unit::Century => "CE",
        }
    }
}

/// How many of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Amount {
    /// A known number.
    Of(f64),
    /// "several", "a few", a bare plural.
    Some,
}

impl Amount {
    /// Returns the amount where it is a whole number.
    pub(super) fn whole(self) -> Option<i32> {
        match self {
            Amount::Of(n) if n.fract() == 0.0 && n.abs() < 1e6 => Some(n as i32),
            _ => None,
        }
    }
}

/// Returns the TIMEX3 value of a length of time.
pub(super) fn period(amount: Amount, unit: Unit) -> String {
    let prefix = if unit.is_clock() { "PT" } else { "P" };
    match amount {
        Amount::Some => format!("{prefix}X{}", unit.sign()),
        Amount::Of(n) => {
            let n = if unit == Unit::Fortnight { 2.0 * n } else { n };
            format!("{prefix}{n}{}", unit.sign())
        }
    }
}

/// A part of the day or a time on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hour {
    /// `MO`, `AF`, `EV`, `NI`.
    Part(&'static str),
    /// Hour, minute, second.
    Clock(u8, u8, Option<u8>),
}

impl Hour {
    /// Returns the TIMEX3 tail that says this time of day.
    pub(super) fn tail(self) -> String {
        match self {
            Hour::Part(part) => format!("T{part}"),
            Hour::Clock(hour, minute, None) => format!("T{hour:02}:{minute:02}"),
            Hour::Clock(hour, minute, Some(second)) => format!("T{hour:02}:{minute:02}:{second:02}"),
        }
    }
}

/// What a relative mention is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The day of publication ("last year", "two days ago").
    Published,
    /// The time the text has come to ("the next year", "two days later").
    Text,
}

/// What a mention says of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// Nothing.
    Unsaid,
    /// The year itself; before the common era it is negative, and there is no year 0.
    Is(i32),
    /// Its last two digits.
    Short(u8),
    /// So many years from another.
    Shift(i32, Anchor),
}

/// Which of the like-named times is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The clause must tell.
    Bare,
    /// "last March".
    Last,
    /// "this Friday".
    This,
    /// "next summer".
    Next,
    /// "this past summer": the nearest before.
    Past,
    /// "the coming Friday": the nearest after.
    Coming,
    /// "that summer", "the same Friday".
    Same,
    /// "the following Friday".
    Following,
    /// "the previous Friday".
    Previous,
}

/// The finest part of the calendar that a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The year and no more.
    Year,
    /// The year of the books ("fiscal 1989").
    FiscalYear,
    /// `199` for the 1990s; negative before the common era.
    Decade(i32),
    /// `19` for the 20th century; `-3` for the fourth before the common era.
    Century(i32),
    /// `SP`, `SU`, `FA`, `WI`.
    Season(&'static str),
    /// `Q1` to `Q4`, `H1`, `H2`.
    Share(char, u8),
    /// A month.
    Month(u8),
    /// A month and its day.
    Day(u8, u8),
    /// A day of the month that the text has come to ("the 24th").
    DayOnly(u8),
    /// Monday is 1.
    Weekday(u8),
    /// A week of the year, counted from its end when negative.
    Week(i8),
    /// A week of a month, counted from its end when negative.
    WeekOfMonth(i8, u8),
    /// A weekday and the day of the month it falls on ("Friday the 26th").
    WeekdayAndDay(u8, u8),
    /// A feast whose day a rule tells.
    Feast(Feast),
}

/// How to find the day of a feast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// The nth weekday of a month (from the end when negative), and so many days more.
    Nth { month: i8, weekday: i8, nth: i8, plus: i32 },
    /// So many days from Easter Sunday.
    Easter(i32),
}

impl Feast {
    /// Returns the day of the feast in a year.
    pub(super) fn day(self, year: i16) -> Option<Date> {
        match self {
            Feast::Nth { month, weekday, nth, plus } => {
                let first = Date::new(year, month, 1).ok()?;
                let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
                plus_days(first.nth_weekday_of_month(nth, weekday).ok()?, plus)
            }
            Feast::Easter(plus) => plus_days(easter(year)?, plus),
        }
    }
}

/// Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8).ok()
}

/// Returns the day so many days on.
pub(super) fn plus_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A place in the calendar, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) field: Field,
    pub(super) year: Year,
    pub(super) turn: Turn,
    pub(super) hour: Option<Hour>,
}

impl When {
    /// Returns a place in the calendar of which nothing more is said.
    pub(super) fn of(field: Field, year: Year) -> When {
        When { field, year, turn: Turn::Bare, hour: None }
    }
}

/// What a mention says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A place in the calendar.
    When(When),
    /// So many units from an anchor.
    Shift { count: i32, unit: Unit, anchor: Anchor, hour: Option<Hour> },
    /// A length of time that counts from publication where the clause looks ahead ("in two weeks").
    Within { count: i32, unit: Unit },
    /// So many units from a day that is named ("two days before Christmas").
    From { count: i32, unit: Unit, day: Box<Meaning> },
    /// The weekend that the clause looks at.
    Weekend,
    /// A weekday of a week so many weeks from an anchor ("Tuesday of last week").
    WeekdayOf { weekday: u8, weeks: i32, anchor: Anchor },
    /// A day of a month so many months from an anchor ("the 15th day of next month").
    DayOf { day: u8, months: i32, anchor: Anchor },
    /// The share or year that lies a year before the one the text has come to ("the year-earlier quarter").
    YearEarlier(Option<Unit>),
    /// The last unit that is over, or that the text has come to ("the latest quarter").
    Latest(Unit),
    /// A time of day whose day is not said.
    Hour(Hour),
    /// A length of time.
    Period(String),
    /// Something that recurs.
    Set(String),
    /// A value that needs nothing around it.
    Fixed(&'static str),
    /// Words that only look like a time.
    Nothing,
}

/// Returns a year as TIMEX3 writes it.
pub(super) fn year_text(year: i32) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

/// Returns a day as TIMEX3 writes it.
pub(super) fn day_text(day: Date) -> String {
    format!("{}-{:02}-{:02}", year_text(i32::from(day.year())), day.month(), day.day())
}

//! Numbers, sizes, dates and names in readable form.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use vault_core::deceptive_in;
use vault_core::model::{LastModified, Timestamp};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// A number with grouped digits: `13,157`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number and a noun: `1 file`, `2,284 files`.
pub(crate) fn many(number: u64, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", count(number))
}

/// A length in bytes: `355 MB`. Decimal, as file managers count.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return many(bytes, "byte");
    }
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let mut value = bytes as f64;
    let mut unit = "";
    for next in UNITS {
        value /= 1000.0;
        unit = next;
        // 1000 of a unit is shown as 1.00 of the next.
        if value < 999.5 {
            break;
        }
    }
    match value {
        v if v < 9.995 => format!("{v:.2} {unit}"),
        v if v < 99.95 => format!("{v:.1} {unit}"),
        v => format!("{v:.0} {unit}"),
    }
}

/// A span of time: `4 s`, `3 min 20 s`, `2 h 5 min`.
pub(crate) fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

/// A time in this computer's time zone: `2024-03-05 14:07`.
pub(crate) fn moment(time: Timestamp) -> String {
    written(time.0, &TimeZone::system(), "%Y-%m-%d %H:%M")
}

/// When a file was modified, to the second.
pub(crate) fn modified(time: LastModified) -> String {
    written(time.0, &TimeZone::system(), "%Y-%m-%d %H:%M:%S")
}

/// A date from the command line, which is the same day in every time zone (see [`crate::args::Day`]).
pub(crate) fn day(time: Timestamp) -> String {
    in_utc(time.0, "%Y-%m-%d")
}

/// The midnight in UTC of a day, in milliseconds since 1970: any day of the calendar, also the last of the year 9999,
/// which is not valid in every time zone.
pub(crate) fn midnight(date: Date) -> i64 {
    let since = Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days());
    i64::from(since) * DAY
}

/// A time for programs: RFC 3339 in UTC, with milliseconds.
pub(crate) fn rfc3339(time: Timestamp) -> String {
    in_utc(time.0, "%Y-%m-%dT%H:%M:%S.%3fZ")
}

/// A time that cannot be shown in this zone, like the last of the year 9999, is shown in UTC.
fn written(millis: i64, zone: &TimeZone, form: &str) -> String {
    jiff::Timestamp::from_millisecond(millis)
        .map_or_else(|_| in_utc(millis, form), |time| time.to_zoned(zone.clone()).strftime(form).to_string())
}

/// A time beyond every calendar is shown as a number.
fn in_utc(millis: i64, form: &str) -> String {
    let since = jiff::Span::new().try_milliseconds(millis).ok();
    let time = since.and_then(|since| DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(since).ok());
    time.map_or_else(|| format!("{millis} ms"), |time| time.strftime(form).to_string())
}

/// How many characters of one name, reason or error message are printed. A colleague's may have a megabyte; JSON has all of it.
const LONGEST: usize = 1000;

/// A name on one line in which nothing hides: deceptive characters, line ends among them, are shown as their codes. A
/// very long name is cut in the middle, marked by “…”.
pub(crate) fn printable(name: &str) -> Cow<'_, str> {
    shown(name, |_| true)
}

/// An error message, which may have several lines, in the same way: it may contain a name, and ends with what to do.
pub(crate) fn message(text: &str) -> Cow<'_, str> {
    shown(text, |c| c != '\n')
}

/// A text cut in the middle if it is very long, with hidden characters written out, if they are `meant`.
fn shown(text: &str, meant: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.char_indices().nth(LONGEST).is_none() {
        return escaped(text, meant);
    }
    // The end of a path distinguishes it from others.
    let begin = text.char_indices().nth(LONGEST / 2).map_or(text.len(), |(at, _)| at);
    let end = text.char_indices().nth_back(LONGEST / 2 - 1).map_or(0, |(at, _)| at);
    Cow::Owned(format!("{}…{}", escaped(&text[..begin], &meant), escaped(&text[end..], &meant)))
}

/// Lines in which nothing hides, as they are printed: no character in a name can control the terminal.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n')
}

/// Writes out hidden characters, if it is `meant`.
fn escaped(text: &str, meant: impl Fn(char) -> bool) -> Cow<'_, str> {
    let mut hidden = deceptive_in(text).filter(|(_, c)| meant(*c)).peekable();
    if hidden.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let (mut safe, mut done) = (String::with_capacity(text.len() + 8), 0);
    for (at, c) in hidden {
        safe.push_str(&text[done..at]);
        let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        done = at + c.len_utf8();
    }
    safe.push_str(&text[done..]);
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(count(number), text);
        }
        assert_eq!(many(1, "file"), "1 file");
        assert_eq!(many(2284, "file"), "2,284 files");
    }

    #[test]
    fn sizes_have_three_digits() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1000, "1.00 kB"),
            (12_345, "12.3 kB"),
            (355_123_456, "355 MB"),
            (999_499, "999 kB"),
            (999_500, "1.00 MB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn spans_are_short() {
        assert_eq!([span(4), span(200), span(7500)], ["4 s", "3 min 20 s", "2 h 5 min"]);
    }

    #[test]
    fn times_before_1970_and_beyond_any_calendar_are_written() {
        assert_eq!(rfc3339(Timestamp(-1)), "1969-12-31T23:59:59.999Z");
        assert_eq!(rfc3339(Timestamp(i64::MAX)), format!("{} ms", i64::MAX));
        assert_eq!(day(Timestamp(1_709_596_800_000)), "2024-03-05");
        assert_eq!(rfc3339(Timestamp(253_402_300_799_999)), "9999-12-31T23:59:59.999Z");
        assert_eq!(moment(Timestamp(253_402_300_799_999)), "9999-12-31 23:59");
    }

    proptest::proptest! {
        #[test]
        fn every_day_is_written_as_it_was_given(year in 1_i16..=9999, month in 1_i8..=12, day_of_month in 1_i8..=31) {
            if let Ok(date) = Date::new(year, month, day_of_month) {
                let typed = date.to_string();
                let crate::args::Day(kept) = typed.parse().expect("a day");
                proptest::prop_assert_eq!(kept.0.rem_euclid(DAY), 0);
                proptest::prop_assert!(vault_core::rules::limits::DATES.contains(&kept.0));
                proptest::prop_assert_eq!(day(kept), typed.clone());
                proptest::prop_assert_eq!(rfc3339(kept), format!("{typed}T00:00:00.000Z"));
            }
        }
    }

    #[test]
    fn a_name_cannot_speak_to_the_terminal() {
        assert_eq!(printable("Brügge.pdf"), "Brügge.pdf");
        assert_eq!(printable("a\u{1b}[2Jb\n\u{202e}fdp"), "a\\u{1b}[2Jb\\u{a}\\u{202e}fdp");
        assert_eq!(printable("a\u{fe0f}\u{2800}☎\u{fe0f}"), "a\\u{fe0f}\\u{2800}☎\u{fe0f}");
        assert_eq!(lines("a\u{fe0f}\n"), "a\\u{fe0f}\n");
    }

    #[test]
    fn a_very_long_text_is_cut_between_two_characters() {
        let whole = "契".repeat(LONGEST);
        assert_eq!(printable(&whole), whole);
        let half = "契".repeat(LONGEST / 2);
        assert_eq!(printable(&format!("{whole}約")), format!("{half}…{}約", "契".repeat(LONGEST / 2 - 1)));
        let hostile = format!("\n{}\n", "a".repeat(900_000));
        let half = "a".repeat(LONGEST / 2 - 1);
        assert_eq!(printable(&hostile), format!("\\u{{a}}{half}…{half}\\u{{a}}"));
        assert_eq!(message(&hostile), format!("\n{half}…{half}\n"));
    }
}

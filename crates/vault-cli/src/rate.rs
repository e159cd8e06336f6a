//! A rate as users write it: `20MB/s`, `500 kB/s`, `8Mbit/s`.

use std::num::NonZeroU64;
use std::str::FromStr;

/// Bytes a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate(pub(crate) NonZeroU64);

/// The format of a rate.
const EXAMPLES: &str = "not a rate: write 20MB/s, 500kB/s or 8Mbit/s";

impl FromStr for Rate {
    type Err = &'static str;

    /// Decimal, as connections are sold; `Ki`, `Mi` and `Gi` are powers of 1024. Without a unit, bytes; `/s` may be
    /// left out.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let text = text.strip_suffix("/s").unwrap_or(text);
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let unit = unit_of(unit.trim()).ok_or(EXAMPLES)?;
        let parts: u128 = format!("{whole}{part}").parse().map_err(|_| EXAMPLES)?;
        let tens = u32::try_from(part.len()).ok().and_then(|digits| 10_u128.checked_pow(digits)).ok_or(EXAMPLES)?;
        let (up, down) = unit;
        let bytes = parts.checked_mul(up).map(|scaled| scaled / tens / down);
        let bytes = bytes.and_then(|bytes| u64::try_from(bytes).ok()).and_then(NonZeroU64::new);
        bytes.map(Self).ok_or(EXAMPLES)
    }
}

/// The factor and divisor that convert this unit to bytes.
fn unit_of(unit: &str) -> Option<(u128, u128)> {
    let unit = unit.to_ascii_lowercase();
    let (prefix, down) = match unit.strip_suffix("bit") {
        Some(prefix) => (prefix, 8),
        None => (unit.strip_suffix('b').unwrap_or(&unit), 1),
    };
    let up = match prefix {
        "" => 1,
        "k" => 1000,
        "m" => 1_000_000,
        "g" => 1_000_000_000,
        "ki" => 1 << 10,
        "mi" => 1 << 20,
        "gi" => 1 << 30,
        _ => return None,
    };
    Some((up, down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_parsed_with_its_unit() {
        for (text, bytes) in [
            ("20MB/s", 20_000_000),
            ("20 MB/s", 20_000_000),
            ("20m", 20_000_000),
            ("500kB/s", 500_000),
            ("1.5MB/s", 1_500_000),
            ("8Mbit/s", 1_000_000),
            ("1GiB/s", 1 << 30),
            ("0.25 MiB", 1 << 18),
            ("1000", 1000),
            ("7B/s", 7),
        ] {
            assert_eq!(text.parse().map(|Rate(per_second)| per_second.get()), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn an_invalid_rate_is_refused() {
        for text in ["", "0", "fast", "-3MB/s", "20MB/h", "1.2.3MB", ".", "0.1B/s", "99999999999999999999GB/s", "5bit"]
        {
            assert_eq!(text.parse::<Rate>(), Err(EXAMPLES), "{text}");
        }
        assert!(format!("0.{}1", "0".repeat(60)).parse::<Rate>().is_err());
    }
}

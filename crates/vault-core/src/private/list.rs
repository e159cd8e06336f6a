//! Windows access control lists in text form (SDDL, [MS-DTYP] 2.5.1): `D:P(A;OICI;FA;;;SY)…`.

/// Whether a list grants access to no one beyond `wanted`, and inherits nothing.
pub(super) fn lets_in_no_more_than(list: &str, wanted: &str) -> bool {
    let (Some((flags, entries)), Some((_, wanted))) = (parts(list), parts(wanted)) else { return false };
    let wanted: Vec<&str> = wanted.collect();
    let entries: Vec<&str> = entries.collect();
    // A list without entries grants access to no one, not even the user.
    flags.contains('P') && !entries.is_empty() && entries.iter().all(|entry| wanted.contains(entry))
}

/// The flags of a list, and its entries.
fn parts(list: &str) -> Option<(&str, impl Iterator<Item = &str>)> {
    let (flags, entries) = list.strip_prefix("D:")?.split_once('(')?;
    Some((flags, entries.trim_end_matches(')').split(")(")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "D:P(A;OICI;FA;;;S-1-5-21-1-2-3-1001)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    #[test]
    fn who_is_let_in_is_read_from_the_list() {
        for shut in [
            WANTED,
            "D:PAI(A;OICI;FA;;;S-1-5-21-1-2-3-1001)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)",
            "D:P(A;OICI;FA;;;S-1-5-21-1-2-3-1001)",
        ] {
            assert!(lets_in_no_more_than(shut, WANTED), "{shut}");
        }
        for open in [
            "D:AI(A;OICIID;FA;;;S-1-5-21-1-2-3-1001)(A;OICIID;FA;;;SY)",
            "D:(A;OICI;FA;;;S-1-5-21-1-2-3-1001)",
            "D:P(A;OICI;FA;;;S-1-5-21-1-2-3-1001)(A;OICI;0x1200a9;;;BU)",
            "D:P(A;OICI;FA;;;S-1-5-21-1-2-3-1002)",
            "D:P",
            "D:NO_ACCESS_CONTROL",
            "",
        ] {
            assert!(!lets_in_no_more_than(open, WANTED), "{open}");
        }
    }
}

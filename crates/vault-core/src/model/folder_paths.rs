//! `folderPaths`: every folder a record was filed from, merged by whole path segments.
//!
//! A path that ends with another one is more specific about the same place, so only the longer of the two is kept.
//! Merging is lossy on purpose: the upload events have the exact location of every file.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

/// The result of merging one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// The path was there already.
    Exact,
    /// The path ends with stored ones and replaced them.
    Extension,
    /// A stored path, which was kept, ends with the path.
    Reduction,
    /// The path was appended as a different one.
    Different,
}

/// The folders of one record, in order of arrival; none is the end of another.
///
/// The wire form separates paths by `|`, has `/` between segments and none at either end; `""` alone means that the
/// file was dropped without a folder. A record always has at least one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderPaths(Vec<String>);

impl FolderPaths {
    /// The paths of a record that was filed from one folder.
    pub fn one(path: &str) -> Self {
        Self(vec![normalize(path)])
    }

    /// Parses the wire form. A leading `/`, which older writers added, is accepted; so are paths that were never
    /// merged.
    pub fn parse(wire: &str) -> Self {
        Self(merged(wire.split('|').map(|part| normalize(&decode_path(part))).collect()))
    }

    /// The wire form.
    pub fn to_wire(&self) -> String {
        let encoded: Vec<String> = self.0.iter().map(|path| encode_path(path)).collect();
        encoded.join("|")
    }

    /// The paths, decoded, in order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Adds one folder; for many, [`merge_all`](Self::merge_all) is faster. The set of remaining paths does not depend
    /// on the order of merging; their order does.
    pub fn merge(&mut self, path: &str) -> Merge {
        let new = normalize(path);
        if self.0.contains(&new) {
            return Merge::Exact;
        }
        if self.0.iter().any(|stored| extends(stored, &new)) {
            return Merge::Reduction;
        }
        let Some(first) = self.0.iter().position(|stored| extends(&new, stored)) else {
            self.0.push(new);
            return Merge::Different;
        };
        // There is only one: of two ends of a path, one is the end of the other.
        self.0[first] = new;
        Merge::Extension
    }

    /// Adds every folder of another version of the record.
    pub fn merge_all(&mut self, other: &Self) {
        if let [path] = &other.0[..] {
            self.merge(path);
            return;
        }
        let mut paths = std::mem::take(&mut self.0);
        paths.extend_from_slice(&other.0);
        self.0 = merged(paths);
    }

    /// Whether a record with these limits can hold them all.
    pub fn fits(&self, most: FolderLimits) -> bool {
        self.count_within(most) == self.0.len()
    }

    /// As many of them, from the first on, as a record with these limits can hold; always at least one.
    #[must_use]
    pub fn within(&self, most: FolderLimits) -> Self {
        Self(self.0[..self.count_within(most).max(1).min(self.0.len())].to_vec())
    }

    fn count_within(&self, most: FolderLimits) -> usize {
        let (mut bytes, mut folders) = (0, 0);
        let fits = |(at, path): &(usize, &String)| {
            bytes += encode_path(path).len() + usize::from(*at > 0);
            folders += path.split('/').count();
            bytes <= most.bytes && *at < most.paths && folders <= most.folders
        };
        self.0.iter().enumerate().take_while(fits).count()
    }
}

/// How much a record may hold about its folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderLimits {
    /// Length of the wire form in bytes.
    pub bytes: usize,
    /// Number of paths.
    pub paths: usize,
    /// Total number of folders in all paths.
    pub folders: usize,
}

impl fmt::Display for FolderPaths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_wire())
    }
}

/// The result of merging these normalized paths in order. Merging them one by one would compare each with all others,
/// and a record may have many thousands.
fn merged(mut paths: Vec<String>) -> Vec<String> {
    // The index of the path in each place, and the place of each path.
    let mut places: Vec<usize> = Vec::with_capacity(paths.len());
    let mut by_end: BTreeMap<ByEnd<'_>, usize> = BTreeMap::new();
    for (at, path) in paths.iter().enumerate() {
        let new = ByEnd(path);
        // Paths that end with this one follow it, and the only one that is an end of it is directly before it.
        let longer = by_end.range(new..).next().is_some_and(|(next, _)| next.0 == path || extends(next.0, path));
        if longer {
            continue;
        }
        let shorter = by_end.range(..new).next_back().filter(|(before, _)| extends(path, before.0));
        let Some((shorter, place)) = shorter.map(|(before, place)| (*before, *place)) else {
            by_end.insert(new, places.len());
            places.push(at);
            continue;
        };
        by_end.remove(&shorter);
        by_end.insert(new, place);
        places[place] = at;
    }
    places.into_iter().map(|at| std::mem::take(&mut paths[at])).collect()
}

/// A path, ordered by its segments from the last to the first: paths with the same end are adjacent, the shortest
/// first.
#[derive(Clone, Copy)]
struct ByEnd<'a>(&'a str);

impl Ord for ByEnd<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.keys().cmp(other.keys())
    }
}

impl ByEnd<'_> {
    /// Its bytes from the last to the first; the separator is less than any other byte.
    fn keys(&self) -> impl Iterator<Item = u16> {
        self.0.bytes().rev().map(|byte| if byte == b'/' { 0 } else { u16::from(byte) + 1 })
    }
}

impl PartialOrd for ByEnd<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByEnd<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for ByEnd<'_> {}

/// Whether `long` ends with `short`, by whole segments, and is longer.
fn extends(long: &str, short: &str) -> bool {
    if short.is_empty() {
        return !long.is_empty();
    }
    long.strip_suffix(short).is_some_and(|rest| rest.ends_with('/'))
}

fn normalize(path: &str) -> String {
    path.split('/').filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join("/")
}

/// Escapes a path so that `|` can separate paths: `|` becomes `%7C`, and an existing `%7C`, at any depth of escaping,
/// gets one more `25`.
pub fn encode_path(path: &str) -> String {
    let mut wire = String::with_capacity(path.len());
    for (at, c) in path.char_indices() {
        match c {
            '|' => wire.push_str("%7C"),
            '%' if escapes_a_bar(&path[at + 1..]) => wire.push_str("%25"),
            other => wire.push(other),
        }
    }
    wire
}

/// The inverse of [`encode_path`].
pub fn decode_path(wire: &str) -> String {
    let mut path = String::with_capacity(wire.len());
    let mut rest = wire;
    while let Some(at) = rest.find('%') {
        path.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        if let Some(after) = tail.strip_prefix("7C") {
            path.push('|');
            rest = after;
        } else {
            path.push('%');
            rest = tail.strip_prefix("25").filter(|after| escapes_a_bar(after)).unwrap_or(tail);
        }
    }
    path.push_str(rest);
    path
}

/// Whether what follows a `%` makes it an escaped bar: any number of `25`, then `7C`.
fn escapes_a_bar(mut tail: &str) -> bool {
    while let Some(after) = tail.strip_prefix("25") {
        tail = after;
    }
    tail.starts_with("7C")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn merged(stored: &str, new: &str) -> (String, Merge) {
        let mut paths = FolderPaths::parse(stored);
        let merge = paths.merge(new);
        (paths.to_wire(), merge)
    }

    #[test]
    fn the_models_table() {
        assert_eq!(merged("2025", "2025"), ("2025".into(), Merge::Exact));
        assert_eq!(merged("2025", "General Account/2025"), ("General Account/2025".into(), Merge::Extension));
        assert_eq!(merged("General Account/2025", "2025"), ("General Account/2025".into(), Merge::Reduction));
        assert_eq!(merged("2025", "Bank Statements"), ("2025|Bank Statements".into(), Merge::Different));
    }

    #[test]
    fn segments_are_compared_whole() {
        assert_eq!(merged("2025", "12025"), ("2025|12025".into(), Merge::Different));
        assert_eq!(merged("12025", "2025"), ("12025|2025".into(), Merge::Different));
    }

    #[test]
    fn the_empty_path_is_extended_by_everything() {
        assert_eq!(merged("", "Scans"), ("Scans".into(), Merge::Extension));
        assert_eq!(merged("Scans", ""), ("Scans".into(), Merge::Reduction));
        assert_eq!(merged("", ""), (String::new(), Merge::Exact));
    }

    #[test]
    fn a_path_that_extends_several_takes_the_place_of_the_first() {
        assert_eq!(merged("x|b/c|c|y", "a/b/c"), ("x|a/b/c|y".into(), Merge::Extension));
    }

    #[test]
    fn a_leading_slash_is_accepted_and_never_written() {
        assert_eq!(FolderPaths::parse("/Documents/2023/|/Archive").to_wire(), "Documents/2023|Archive");
    }

    #[test]
    fn a_bar_in_a_name_is_escaped() {
        for (path, wire) in [("a|b", "a%7Cb"), ("a%7Cb", "a%257Cb"), ("a%257Cb", "a%25257Cb"), ("50%25", "50%25")] {
            assert_eq!(encode_path(path), wire);
            assert_eq!(decode_path(wire), path);
        }
    }

    #[test]
    fn thousands_of_folders_are_read_without_comparing_each_with_all() {
        let path = |n: usize| format!("Case {n:06}/Logos");
        let wire = (0..40_000).map(path).collect::<Vec<_>>().join("|");
        let mut paths = FolderPaths::parse(&wire);
        assert_eq!((paths.0.len(), paths.to_wire() == wire), (40_000, true));
        paths.merge_all(&FolderPaths::parse("Logos|Old/Case 000007/Logos|Case 000008/Logos|New"));
        assert_eq!((paths.0.len(), &*paths.0[7], &*paths.0[40_000]), (40_001, "Old/Case 000007/Logos", "New"));
    }

    #[test]
    fn what_has_no_room_is_left_out_from_the_end() {
        let paths = FolderPaths::parse("a%7Cb|cd/f|e");
        let all = FolderLimits { bytes: 12, paths: 3, folders: 4 };
        assert!(paths.fits(all));
        let cases = [
            (FolderLimits { bytes: 11, ..all }, "a%7Cb|cd/f"),
            (FolderLimits { bytes: 9, ..all }, "a%7Cb"),
            (FolderLimits { bytes: 0, ..all }, "a%7Cb"),
            (FolderLimits { paths: 2, ..all }, "a%7Cb|cd/f"),
            (FolderLimits { folders: 2, ..all }, "a%7Cb"),
        ];
        for (most, within) in cases {
            assert_eq!((paths.within(most).to_wire().as_str(), paths.fits(most)), (within, false), "{most:?}");
        }
    }

    fn path() -> impl Strategy<Value = String> {
        proptest::collection::vec("[ab]|1?2|%|7C|25|\\||é", 0..4).prop_map(|segments| segments.join("/"))
    }

    proptest! {
        #[test]
        fn every_path_survives_the_wire(path in "([%|/7C25ab]|%7C|%257C){0,12}") {
            prop_assert_eq!(decode_path(&encode_path(&path)), path.clone());
            prop_assert!(!encode_path(&path).contains('|'));
        }

        #[test]
        fn which_paths_remain_is_independent_of_order(
            (paths, shuffled) in proptest::collection::vec(path(), 1..8)
                .prop_flat_map(|paths| (Just(paths.clone()), Just(paths).prop_shuffle()))
        ) {
            let remaining = |paths: &[String]| {
                let mut merged = FolderPaths::one(&paths[0]);
                for path in paths {
                    merged.merge(path);
                }
                merged.iter().map(str::to_owned).collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(remaining(&paths), remaining(&shuffled));
        }

        #[test]
        fn merging_all_at_once_is_merging_one_by_one(
            (first, second) in (proptest::collection::vec(path(), 1..12), proptest::collection::vec(path(), 1..12))
        ) {
            let one_by_one = |paths: &[String], mut merged: FolderPaths| {
                for path in paths {
                    merged.merge(path);
                }
                merged
            };
            let [mut all, other] = [&first, &second].map(|paths| one_by_one(paths, FolderPaths::one(&paths[0])));
            let wire = first.iter().map(|path| encode_path(path)).collect::<Vec<_>>().join("|");
            prop_assert_eq!(&FolderPaths::parse(&wire), &all);
            let expected = one_by_one(&other.0, all.clone());
            all.merge_all(&other);
            prop_assert_eq!(all, expected);
        }

        #[test]
        fn merging_is_idempotent_and_the_wire_form_is_stable(paths in proptest::collection::vec(path(), 1..8)) {
            let mut merged = FolderPaths::one(&paths[0]);
            for path in &paths {
                merged.merge(path);
            }
            let mut again = merged.clone();
            for path in &paths {
                let merge = again.merge(path);
                prop_assert!(matches!(merge, Merge::Exact | Merge::Reduction));
            }
            prop_assert_eq!(&again, &merged);
            prop_assert_eq!(&FolderPaths::parse(&merged.to_wire()), &merged);
        }
    }
}

//! Lists of files with a reason each: left-out files, and problems.

use vault_core::intake::ProblemFile;
use vault_core::model::{PathText, Timestamp};
use vault_core::ports::{Item, LeftOutEntry};
use vault_core::{Alike, SameName};

use crate::format::{count, many, printable};
use crate::output::Output;

/// How many lines of the left-out list are printed by default.
const LINES: usize = 20;

/// The largest number of names listed in one sentence.
const NAMED: usize = 4;

/// A file with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Its path inside the drop, dropped folder included.
    pub(crate) path: PathText,
    /// The reason, as a sentence.
    pub(crate) reason: String,
}

impl From<&LeftOutEntry> for Listed {
    fn from(entry: &LeftOutEntry) -> Self {
        Self { path: entry.path.clone(), reason: entry.reason.clone() }
    }
}

impl From<&ProblemFile> for Listed {
    fn from(file: &ProblemFile) -> Self {
        Self { path: file.folder.join(&file.name), reason: file.problem.to_string() }
    }
}

impl Listed {
    /// A file in the queue that needs attention; `None` for any other.
    pub(crate) fn from_item(item: &Item) -> Option<Self> {
        match &item.file.state {
            vault_core::filing::ItemState::NeedsAttention(problem) => {
                Some(Self { path: item.file.folder.join(&item.file.name), reason: problem.to_string() })
            }
            _ => None,
        }
    }
}

/// A waiting file, with its reason and the time of the next retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waits {
    pub(crate) listed: Listed,
    pub(crate) until: Timestamp,
}

impl Waits {
    /// A waiting file in the queue; `None` for any other.
    pub(crate) fn from_item(item: &Item) -> Option<Self> {
        match &item.file.state {
            vault_core::filing::ItemState::Waiting { until, why, .. } => {
                let listed = Listed { path: item.file.folder.join(&item.file.name), reason: why.clone() };
                Some(Self { listed, until: *until })
            }
            _ => None,
        }
    }
}

/// Prints the reason for every waiting file. No time is given: a command that has ended retries nothing.
pub(crate) fn print_waiting(output: &Output, waiting: &[Waits]) {
    if waiting.is_empty() {
        return;
    }
    output.warn("\nCannot be stored at the moment:");
    for Waits { listed: Listed { path, reason }, .. } in waiting {
        output.warn(format_args!("  {}: {reason}", printable(path.text())));
    }
}

/// Prints the problem of every file; with `quiet`, too.
pub(crate) fn print_problems(output: &Output, heading: &str, problems: &[Listed]) {
    if problems.is_empty() {
        return;
    }
    output.warn(format_args!("\n{heading}"));
    for Listed { path, reason } in problems {
        output.warn(format_args!("  {}: {reason}", printable(path.text())));
    }
}

/// Prints what even `quiet` must not hide: that nothing at all is filed (`nothing_filed`) because everything was left
/// out, and which of the named folders and files were left out as a whole.
pub(crate) fn warn_left_out(output: &Output, left_out: &[Listed], nothing_filed: bool) {
    if nothing_filed {
        output.warn("Nothing is filed: all that was found is left out.");
    }
    for Listed { path, reason } in left_out.iter().filter(|listed| listed.path.segments().count() == 1) {
        output.warn(format_args!("“{}” is left out: {reason}", printable(path.text())));
    }
}

/// Prints the left-out files, by reason.
pub(crate) fn print_left_out(output: &Output, left_out: &[Listed]) {
    if left_out.is_empty() {
        return;
    }
    output.report("\nLeft out:");
    let mut lines = if output.verbose { usize::MAX } else { LINES };
    let mut hidden = 0;
    for group in by_reason(left_out) {
        let many = if group.len() > 1 { format!("  ({})", many(group.len() as u64, "file")) } else { String::new() };
        output.report(format_args!("  {}{many}", group[0].reason));
        let shown = group.len().min(lines);
        lines -= shown;
        hidden += group.len() - shown;
        for listed in &group[..shown] {
            output.report(format_args!("    {}", printable(listed.path.text())));
        }
    }
    if hidden > 0 {
        output.report(format_args!("  … and {} more; --verbose lists them all.", count(hidden as u64)));
    }
}

/// Prints which dropped folders and files have the same name, and what happens to them.
pub(crate) fn print_same_names(output: &Output, same_names: &[SameName]) {
    for same in same_names {
        output.report(format_args!("\n{}", printable(&kept_apart(same))));
        for Alike { place, restored_as, .. } in &same.alike {
            let place = PathText::from_os(place.as_os_str());
            output.report(format_args!("  “{}” is {}", printable(restored_as.text()), printable(place.text())));
        }
    }
}

/// Folders or files with the same name and what happens to them, in two sentences.
fn kept_apart(same: &SameName) -> String {
    let what = match same.counts() {
        (folders, 0) => many(folders as u64, "folder"),
        (0, files) => many(files as u64, "file"),
        (folders, files) => format!("{} and {}", many(folders as u64, "folder"), many(files as u64, "file")),
    };
    let names: Vec<String> = same.alike.iter().map(|alike| format!("“{}”", alike.restored_as)).collect();
    let names = match &names[..] {
        [first, second, .., last] if names.len() > NAMED => format!("{first}, {second} and so on to {last}"),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
        [] => String::new(),
    };
    format!("{what} are called “{}”. They are kept apart, and are restored as {names}.", same.name)
}

/// Groups files by reason, the reasons in order of first occurrence.
fn by_reason(listed: &[Listed]) -> Vec<Vec<&Listed>> {
    let mut groups: Vec<Vec<&Listed>> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for one in listed {
        let at = *index.entry(one.reason.as_str()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(one);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_of_one_name_are_listed_with_their_restored_names() {
        let same = |alike: &[(bool, &str)]| {
            let alike = alike.iter().map(|(is_folder, name)| Alike {
                place: "/a".into(),
                is_folder: *is_folder,
                restored_as: PathText::plain(*name),
            });
            kept_apart(&SameName { name: PathText::plain("Documents"), alike: alike.collect() })
        };
        assert_eq!(
            same(&[(true, "Documents"), (true, "Documents (2)")]),
            "2 folders are called “Documents”. They are kept apart, and are restored as “Documents” and “Documents (2)”."
        );
        assert_eq!(
            same(&[(true, "Documents"), (true, "Documents (2)"), (false, "Documents (3)")]),
            "2 folders and 1 file are called “Documents”. They are kept apart, and are restored as “Documents”, \
             “Documents (2)” and “Documents (3)”."
        );
        let many: Vec<String> = (1..=9).map(|n| n.to_string()).collect();
        let many: Vec<(bool, &str)> = many.iter().map(|name| (false, name.as_str())).collect();
        assert!(same(&many).ends_with("restored as “1”, “2” and so on to “9”."));
    }

    #[test]
    fn files_with_the_same_reason_are_grouped() {
        let listed = |path: &str, reason: &str| Listed { path: PathText::plain(path), reason: reason.to_owned() };
        let all = [listed("a", "link"), listed("b", "system"), listed("c", "link")];
        let groups: Vec<Vec<&str>> =
            by_reason(&all).into_iter().map(|group| group.into_iter().map(|one| one.path.text()).collect()).collect();
        assert_eq!(groups, [vec!["a", "c"], vec!["b"]]);
    }
}

//! The lists of a pre-flight that waits for the user.

use std::sync::Arc;

use parking_lot::Mutex;
use vault_core::SameName;
use vault_core::intake::ProblemFile;
use vault_core::ports::LeftOutEntry;
use vault_core::preflight::{Class, Preflight};

use super::lists::{PreflightList, PreflightRow, ProblemRow};

/// A pre-flight that can be read until it is taken for filing.
#[derive(Clone)]
pub(super) struct Shown(Arc<Mutex<Option<Lists>>>);

struct Lists {
    preflight: Preflight,
    /// Made when the first of these lists is read.
    by_class: Option<ByClass>,
}

/// Which files are in a list.
#[derive(Default)]
struct ByClass {
    new: Vec<u32>,
    already: Vec<u32>,
    repeated: Vec<u32>,
}

impl Shown {
    pub(super) fn new(preflight: Preflight) -> Self {
        Self(Arc::new(Mutex::new(Some(Lists { preflight, by_class: None }))))
    }

    /// Takes the pre-flight; its lists are gone.
    pub(super) fn take(&self) -> Option<Preflight> {
        self.0.lock().take().map(|lists| lists.preflight)
    }

    /// Rows of a list, unless the pre-flight has been taken.
    pub(super) fn rows(&self, list: PreflightList, offset: u64, limit: usize) -> Option<Vec<PreflightRow>> {
        let mut lists = self.0.lock();
        let Lists { preflight, by_class } = lists.as_mut()?;
        let found = &preflight.found;
        let files = match list {
            PreflightList::LeftOut => return Some(part(&found.left_out, offset, limit).iter().map(left_out).collect()),
            PreflightList::Problems => {
                let rows = part(&found.problems, offset, limit).iter().map(|file| row(0, file).in_preflight());
                return Some(rows.collect());
            }
            PreflightList::New => &by_class.get_or_insert_with(|| ByClass::of(preflight)).new,
            PreflightList::Already => &by_class.get_or_insert_with(|| ByClass::of(preflight)).already,
            PreflightList::Repeated => &by_class.get_or_insert_with(|| ByClass::of(preflight)).repeated,
        };
        let rows = part(files, offset, limit).iter().map(|index| {
            let file = &found.files[*index as usize];
            PreflightRow {
                name: found.name(file).text().to_owned(),
                folder: found.folder(file).path.text().to_owned(),
                size: Some(file.reading.size),
                modified: Some(file.reading.last_modified),
                reason: None,
            }
        });
        Some(rows.collect())
    }

    /// Which of the dropped folders and files have the same name, unless the pre-flight has been taken.
    pub(super) fn same_names(&self) -> Option<Vec<SameName>> {
        let lists = self.0.lock();
        Some(lists.as_ref()?.preflight.same_names())
    }

    /// The unreadable files, with their future numbers in the queue: after the readable ones.
    pub(super) fn problems(&self) -> Option<Vec<ProblemRow>> {
        let lists = self.0.lock();
        let found = &lists.as_ref()?.preflight.found;
        Some((found.files.len() as u64..).zip(&found.problems).map(|(seq, file)| row(seq, file)).collect())
    }
}

impl ByClass {
    fn of(preflight: &Preflight) -> Self {
        let counts = preflight.counts;
        let room = |count: u64| Vec::with_capacity(usize::try_from(count).unwrap_or_default());
        let mut lists =
            Self { new: room(counts.new), already: room(counts.already_stored), repeated: room(counts.repeated) };
        for (index, (_, class)) in (0_u32..).zip(preflight.files()) {
            match class {
                Class::New => lists.new.push(index),
                Class::AlreadyStored => lists.already.push(index),
                Class::Repeated => lists.repeated.push(index),
            }
        }
        lists
    }
}

/// `offset..offset + limit` of these, as far as they exist.
pub(super) fn part<T>(all: &[T], offset: u64, limit: usize) -> &[T] {
    let from = usize::try_from(offset).unwrap_or(usize::MAX).min(all.len());
    &all[from..from.saturating_add(limit).min(all.len())]
}

/// A row for a left-out entry.
pub(super) fn left_out(entry: &LeftOutEntry) -> PreflightRow {
    let path = entry.path.text();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    PreflightRow {
        name: name.to_owned(),
        folder: folder.to_owned(),
        size: None,
        modified: None,
        reason: Some(entry.reason.clone()),
    }
}

fn row(seq: u64, file: &ProblemFile) -> ProblemRow {
    let (name, folder) = (file.name.text().to_owned(), file.folder.text().to_owned());
    ProblemRow { seq, name, folder, problem: file.problem.clone() }
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_part_ends_where_the_list_does() {
        assert_eq!(part(&[1, 2, 3], 1, 5), [2, 3]);
        assert_eq!(part(&[1, 2, 3], 1, 1), [2]);
        assert!(part(&[1, 2, 3], u64::MAX, usize::MAX).is_empty());
    }
}

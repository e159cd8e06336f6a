//! The words of clients' and matters' names, cached between searches. There are a few thousand names, and each letter
//! typed is a search: splitting them each time took longer than all the rest.

use std::collections::HashMap;
use std::sync::Arc;

use super::words::Words;
use parking_lot::Mutex;

/// The words of all searchable names.
#[derive(Debug, Clone, Default)]
pub(super) struct NameWords {
    pub(super) clients: WordCache,
    pub(super) matters: WordCache,
}

/// Words by name.
#[derive(Debug, Clone, Default)]
pub(super) struct WordCache(Arc<Mutex<HashMap<String, Arc<Words>>>>);

impl WordCache {
    /// The words of all these names, in order. Those of other names are dropped.
    pub(super) fn words<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<Arc<Words>> {
        let mut kept = self.0.lock();
        let mut now = HashMap::with_capacity(kept.len());
        let words = names
            .map(|name| {
                let words = now.get(name).or_else(|| kept.get(name)).cloned();
                let words = words.unwrap_or_else(|| Arc::new(Words::of(name)));
                now.insert(name.to_owned(), Arc::clone(&words));
                words
            })
            .collect();
        *kept = now;
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_once_and_removed_when_it_is_gone() {
        let kept = WordCache::default();
        let first = kept.words(["Müller", "Baker", "Müller"].into_iter());
        assert_eq!(
            first.iter().map(|words| (**words).clone()).collect::<Vec<_>>(),
            ["Müller", "Baker", "Müller"].map(Words::of)
        );
        assert!(Arc::ptr_eq(&first[0], &first[2]));
        let again = kept.words(["Müller"].into_iter());
        assert!(Arc::ptr_eq(&first[0], &again[0]));
        let back = kept.words(["Baker"].into_iter());
        assert!(!Arc::ptr_eq(&first[1], &back[0]) && first[1] == back[0]);
    }
}

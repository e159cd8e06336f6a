//! The words of the names of clients and matters, kept between searches. There are a few thousand of them, and each letter
//! that is typed is a search: taking them apart each time took longer than all the rest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::words::Words;

/// Those of all names that can be searched.
#[derive(Debug, Clone, Default)]
pub(super) struct NameWords {
    pub(super) clients: WordCache,
    pub(super) matters: WordCache,
}

/// Words by the name that they are of.
#[derive(Debug, Clone, Default)]
pub(super) struct WordCache(Arc<Mutex<HashMap<String, Arc<Words>>>>);

impl WordCache {
    /// The words of all these names, in their order. Those of other names are forgotten.
    pub(super) fn words<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<Arc<Words>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
    fn a_name_is_taken_apart_once_and_forgotten_when_it_is_gone() {
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

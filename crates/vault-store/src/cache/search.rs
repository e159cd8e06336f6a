//! Word search.
//!
//! The complete result is never ranked: a word can be in a million names. FTS5 returns the newest matches first and
//! stops at a limit, so only somewhat more than what is shown is examined. Names with all the words in whole are
//! queried first; most often there are enough of them.

use std::cmp::Reverse;
use std::collections::HashSet;

use vault_core::model::{MatterId, MetadataRecord};
use vault_core::ports::{FolderKey, SearchHits};

use super::name_words::NameWords;
use super::record_rows::{self, select_records};
use super::wanted::Wanted;
use super::{clients, matters};
use crate::db::{Columns, Connections, limit};
use crate::error::Result;

/// How many times more matches than requested are examined, to show the best of them.
const WINDOW: usize = 4;

pub(super) async fn search(db: &Connections, words: &NameWords, text: &str, most: usize) -> Result<SearchHits> {
    let Some(wanted) = Wanted::read(text) else { return Ok(SearchHits::default()) };
    if most == 0 {
        return Ok(SearchHits::default());
    }
    let (clients, matters, folders, records) = tokio::try_join!(
        clients::search(db, &words.clients, &wanted, most),
        matters::search(db, &words.matters, text, &wanted, most),
        folders(db, &wanted, most),
        records(db, &wanted, most),
    )?;
    Ok(SearchHits { clients, matters, folders, records })
}

async fn records(db: &Connections, wanted: &Wanted, most: usize) -> Result<Vec<MetadataRecord>> {
    let window = most.saturating_mul(WINDOW);
    let mut found = matching(db, &wanted.in_name(), window).await?;
    let listed = wanted.listed();
    if found.len() < most {
        let mut anywhere = matching(db, &listed.anywhere(), window).await?;
        let mut more = anywhere.len() == window;
        anywhere.retain(|(_, record)| wanted.fit_of(record).is_some());
        if more && anywhere.len() < most {
            // Many words share a short prefix, few a long one: those lists are short.
            anywhere = matching(db, &wanted.anywhere(), window).await?;
            more = anywhere.len() == window;
        }
        if more {
            // Better matches may be among those that were not examined.
            let mut names = matching(db, &listed.beginning_in_name(), window).await?;
            names.retain(|(_, record)| wanted.fit_of(record).is_some());
            found.append(&mut names);
        }
        found.append(&mut anywhere);
        once_each(&mut found);
    }
    if found.len() < most {
        // Matches inside of words come last.
        let mut inside = matching(db, &listed.inside(), window).await?;
        let more = inside.len() == window;
        inside.retain(|(_, record)| wanted.fit_of(record).is_some());
        if more && inside.len() < most {
            inside = matching(db, &wanted.inside(), window).await?;
        }
        found.append(&mut inside);
        once_each(&mut found);
    }
    // Sorting is stable: among equal fits, the newest stay first.
    found.sort_by_cached_key(|(_, record)| Reverse(wanted.fit_of(record)));
    found.truncate(most);
    Ok(found.into_iter().map(|(_, record)| record).collect())
}

fn once_each(found: &mut Vec<(i64, MetadataRecord)>) {
    let mut seen = HashSet::new();
    found.retain(|(key, _)| seen.insert(*key));
}

/// The newest records whose words match, of matters that are not removed, with their keys.
async fn matching(db: &Connections, query: &str, most: usize) -> Result<Vec<(i64, MetadataRecord)>> {
    let rows = sqlx::query(concat!(
        "WITH hit (key) AS MATERIALIZED (\
           SELECT w.rowid FROM record_words w CROSS JOIN records r ON r.key = w.rowid \
           WHERE record_words MATCH ?1 AND r.matter NOT IN (SELECT key FROM shown_matters WHERE removed IS NOT NULL) \
           ORDER BY w.rowid DESC LIMIT ?2) ",
        select_records!("hit CROSS JOIN records r ON r.key = hit.key", "ORDER BY r.key DESC")
    ));
    let rows = rows.bind(query).bind(limit(most)).fetch_all(&db.reading).await?;
    rows.iter().map(record_rows::read).collect()
}

/// Folders with all the words in their path and at least one in their name; those with the most files first.
async fn folders(db: &Connections, wanted: &Wanted, most: usize) -> Result<Vec<FolderKey>> {
    let mut hits = matching_folders(db, &wanted.anywhere_and_in_name(), most).await?;
    if hits.len() < most {
        let mut inside = matching_folders(db, &wanted.inside_and_in_name(), most).await?;
        inside.retain(|hit| !hits.contains(hit));
        hits.append(&mut inside);
    }
    hits.sort_by_cached_key(|(files, key)| {
        let name = key.path.rsplit('/').next().unwrap_or_default();
        (Reverse(wanted.fit(name)), Reverse(wanted.fit(&key.path)), Reverse(*files), key.path.clone())
    });
    hits.truncate(most);
    Ok(hits.into_iter().map(|(_, key)| key).collect())
}

/// Folders whose words match, of matters that are not removed, with their number of files.
async fn matching_folders(db: &Connections, query: &str, most: usize) -> Result<Vec<(u64, FolderKey)>> {
    let rows = sqlx::query(
        "WITH RECURSIVE hit (key, matter, total) AS (\
           SELECT f.key, f.matter, f.total FROM folder_words w CROSS JOIN folders f ON f.key = w.rowid \
           WHERE folder_words MATCH ?1 AND f.matter NOT IN (SELECT key FROM shown_matters WHERE removed IS NOT NULL) \
           ORDER BY w.rowid DESC LIMIT ?2), \
         up (hit, above, path) AS (\
           SELECT h.key, f.parent, f.name FROM hit h JOIN folders f ON f.key = h.key \
           UNION ALL \
           SELECT up.hit, f.parent, f.name || '/' || up.path FROM up JOIN folders f ON f.key = up.above \
           WHERE f.parent <> 0) \
         SELECT k.id, up.path, h.total FROM hit h JOIN up ON up.hit = h.key \
         JOIN folders top ON top.key = up.above AND top.parent = 0 JOIN matter_keys k ON k.key = h.matter",
    )
    .bind(query)
    .bind(limit(most.saturating_mul(WINDOW)))
    .fetch_all(&db.reading)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            let matter = columns.id(MatterId::new)?;
            let path: String = columns.next()?;
            Ok((columns.count()?, FolderKey { matter, path }))
        })
        .collect()
}

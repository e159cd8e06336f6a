//! Fuzzing: arbitrary bytes as the paths of a restore.

use std::collections::BTreeSet;

use super::names::Flavor;
use super::plan::{RestorePlan, plan};
use super::trees::Received;
use crate::model::{
    DeviceId, DropFolder, DropId, EventId, EventKind, FileHash, LastModified, MatterId, MetadataHash, PathText, TeamId,
    Timestamp, UploadEvent, UserId,
};

/// Each line is a folder (`d` and its path) or a file (`f`, its folder, its name, and the exact bytes of the name if it
/// has any, separated by tabs); the content is determined by the line's length. `D` and `F` belong to the second of two
/// sources. Checks that nothing leads out of its folder, nothing is lost, and no two entries get the same place.
pub fn paths(bytes: &[u8]) {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').take(200).collect();
    let drop = Received {
        device: DeviceId::new("d").ok(),
        sources: vec!["/a/Box".to_owned(), "/b/Box".to_owned()],
        events: lines.iter().filter_map(|line| file(line)).collect(),
        folders: lines.iter().filter_map(|line| folder(line)).collect(),
        ..Received::of(DropId::from_bytes([0; 16]))
    };
    for flavor in [Flavor::Unix, Flavor::Windows] {
        let drops = std::slice::from_ref(&drop);
        check(&plan(drops, flavor), &drop, flavor);
    }
}

fn check(plan: &RestorePlan, drop: &Received, flavor: Flavor) {
    let Received { events, folders, .. } = drop;
    let mut places = BTreeSet::new();
    for (folder, files) in &plan.files {
        for segment in folder.segments() {
            is_safe(&segment, flavor);
        }
        for file in files {
            is_safe(&file.name, flavor);
            let place = folder.join(&file.name);
            assert!(!plan.folders.contains_key(&place), "a file in the place of a folder: {place:?}");
            assert!(places.insert(place), "two files in one place: {:?}", file.name);
        }
    }
    for segment in plan.folders.keys().flat_map(PathText::segments) {
        is_safe(&segment, flavor);
    }
    let different: BTreeSet<_> =
        events.iter().map(|event| (event.source, event.folder_path.join(&event.file_name), event.file_hash)).collect();
    let refused_folders = folders.iter().filter(|folder| plan.refused.contains(&folder.path)).count();
    let refused = plan.refused.len() - refused_folders.min(plan.refused.len());
    assert!(places.len() + plan.refused.len() >= different.len(), "a file was lost");
    assert!(places.len() + refused <= different.len(), "a file was made");
}

/// Checks that the result is one plain segment for the system that writes it.
fn is_safe(segment: &PathText, flavor: Flavor) {
    // Windows uses the bytes if they are a valid name there, otherwise the text; every other system uses the bytes.
    for name in [segment.text().as_bytes(), segment.bytes()] {
        assert!(!name.is_empty() && name != b"." && name != b"..", "{segment:?} leads elsewhere");
        assert!(!name.contains(&b'/') && !name.contains(&0), "{segment:?} is no segment");
        if flavor == Flavor::Windows {
            assert!(!name.iter().any(|byte| *byte < b' ' || b"\\:*?\"<>|".contains(byte)), "{segment:?}");
            assert!(!name.ends_with(b".") && !name.ends_with(b" "), "{segment:?}");
        }
    }
}

/// The rest of a line after one of these letters, and the source that the letter means.
fn said<'a>(line: &'a [u8], first: &[u8], second: &[u8]) -> Option<(u32, &'a [u8])> {
    let first = line.strip_prefix(first).map(|rest| (0, rest));
    first.or_else(|| line.strip_prefix(second).map(|rest| (1, rest)))
}

fn folder(line: &[u8]) -> Option<DropFolder> {
    let (source, path) = said(line, b"d", b"D")?;
    let path = PathText::from_bytes(path.to_vec());
    Some(DropFolder { path, source: Some(source), last_modified: LastModified(0) })
}

fn file(line: &[u8]) -> Option<UploadEvent> {
    let (source, rest) = said(line, b"f", b"F")?;
    let mut parts = rest.split(|byte| *byte == b'\t');
    let folder_path = PathText::from_bytes(parts.next()?.to_vec());
    let name = parts.next()?.to_vec();
    let file_name = match parts.next() {
        // As a document may contain it: arbitrary text and arbitrary bytes.
        Some(exact) => PathText::from_parts(String::from_utf8_lossy(&name).into_owned(), Some(exact.to_vec())),
        None => PathText::from_bytes(name),
    };
    let (hash, last_modified) = (FileHash::of(&line.len().to_le_bytes()), LastModified(0));
    Some(UploadEvent {
        source: Some(source),
        id: EventId::from_bytes([0; 16]),
        matter: MatterId::general(),
        kind: EventKind::Success,
        timestamp: Timestamp(0),
        metadata_hash: MetadataHash::of(file_name.text(), last_modified, hash),
        file_name,
        folder_path,
        file_hash: hash,
        size: line.len() as u64,
        last_modified,
        team: TeamId::new("t").ok()?,
        user: UserId::new("u").ok()?,
        batch: DropId::from_bytes([0; 16]),
        device: DeviceId::new("d").ok()?,
        app_version: String::new(),
        reason: None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn paths_are_planned_whatever_they_are() {
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
        let folders = ["corpus/restore_paths", "found/restore_paths"].map(|folder| fuzz.join(folder));
        let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
        let inputs: Vec<Vec<u8>> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
        assert!(inputs.len() > 5, "no inputs");
        for input in inputs {
            super::paths(&input);
        }
    }
}

//! Folders and files that are dragged over the window and dropped on it. Their paths stay here: the page receives a
//! position in itself, how many there are, and after the drop, their names.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tauri::{DragDropEvent, PhysicalPosition};

use crate::firms::is_connection_file;
use crate::offers::Offers;
use crate::views::WindowEvent;

/// The page receives their position at most thirty times a second.
const EVERY: Duration = Duration::from_millis(33);

/// The drag over the window.
#[derive(Debug, Default)]
pub(crate) struct Drag(Mutex<Over>);

#[derive(Debug, Default)]
struct Over {
    items: u32,
    connection: bool,
    told: Option<Instant>,
}

impl Drag {
    /// The event for the page for an event of the window with this scale.
    pub(crate) fn hear(&self, event: &DragDropEvent, scale: f64, offers: &Offers, now: Instant) -> Option<WindowEvent> {
        let mut over = self.0.lock();
        match event {
            DragDropEvent::Enter { paths, position } => {
                *over = Over { items: count(paths), connection: connection(paths).is_some(), told: Some(now) };
                Some(over.at(*position, scale))
            }
            DragDropEvent::Over { position } => {
                if over.told.is_some_and(|told| now.saturating_duration_since(told) < EVERY) {
                    return None;
                }
                over.told = Some(now);
                Some(over.at(*position, scale))
            }
            DragDropEvent::Drop { paths, position } => {
                *over = Over::default();
                let (x, y) = in_page(*position, scale);
                let offer = (!paths.is_empty()).then(|| offers.keep(paths.clone()));
                // A dragged text or link has no path and cannot be filed.
                Some(offer.map_or(WindowEvent::DragLeft, |offer| WindowEvent::Dropped { offer, x, y }))
            }
            DragDropEvent::Leave => {
                *over = Over::default();
                Some(WindowEvent::DragLeft)
            }
            _ => None,
        }
    }
}

impl Over {
    fn at(&self, position: PhysicalPosition<f64>, scale: f64) -> WindowEvent {
        let (x, y) = in_page(position, scale);
        WindowEvent::DragOver { x, y, items: self.items, connection: self.connection }
    }
}

/// The connection file, if exactly one is dropped.
pub(crate) fn connection(paths: &[PathBuf]) -> Option<&PathBuf> {
    let [path] = paths else { return None };
    is_connection_file(path).then_some(path)
}

fn count(paths: &[PathBuf]) -> u32 {
    u32::try_from(paths.len()).unwrap_or(u32::MAX)
}

/// A position in the page in CSS pixels. Windows reports physical pixels; on other systems the position is already in
/// CSS pixels, whatever the type states (wry passes on what GTK and Cocoa report).
fn in_page(position: PhysicalPosition<f64>, scale: f64) -> (i32, i32) {
    let scale = if cfg!(windows) && scale > 0.0 { scale } else { 1.0 };
    #[expect(clippy::cast_possible_truncation, reason = "a place in a window is small, and `as` saturates")]
    let whole = |value: f64| (value / scale).round() as i32;
    (whole(position.x), whole(position.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> PhysicalPosition<f64> {
        PhysicalPosition::new(x, y)
    }

    #[test]
    fn a_drag_reports_place_and_count_and_a_drop_reports_names() {
        let (drag, offers, start) = (Drag::default(), Offers::default(), Instant::now());
        let paths = vec![PathBuf::from("/media/Box"), PathBuf::from("/media/a.pdf")];
        let entered =
            drag.hear(&DragDropEvent::Enter { paths: paths.clone(), position: at(10.0, 20.0) }, 1.0, &offers, start);
        assert!(matches!(entered, Some(WindowEvent::DragOver { x: 10, y: 20, items: 2, connection: false })));
        let dropped =
            drag.hear(&DragDropEvent::Drop { paths: paths.clone(), position: at(11.0, 21.0) }, 1.0, &offers, start);
        let Some(WindowEvent::Dropped { offer, x: 11, y: 21 }) = dropped else { panic!("{dropped:?}") };
        assert_eq!(offer.names, ["Box", "a.pdf"]);
        assert_eq!(offers.paths(offer.id).unwrap(), paths);
    }

    #[test]
    fn a_connection_file_is_distinguished_from_files_to_store() {
        let (drag, offers, folder) = (Drag::default(), Offers::default(), tempfile::tempdir().unwrap());
        let file = folder.path().join("Firm.strongroom");
        std::fs::write(&file, "{}").unwrap();
        let is_connection = |paths| {
            let entered = DragDropEvent::Enter { paths, position: at(1.0, 2.0) };
            match drag.hear(&entered, 1.0, &offers, Instant::now()) {
                Some(WindowEvent::DragOver { connection, .. }) => connection,
                other => panic!("{other:?}"),
            }
        };
        assert!(is_connection(vec![file.clone()]));
        assert!(!is_connection(vec![file.clone(), file]), "two are two files");
        assert!(!is_connection(vec![folder.path().join("gone.strongroom")]));
    }

    #[test]
    fn the_page_gets_at_most_thirty_events_a_second() {
        let (drag, offers, start) = (Drag::default(), Offers::default(), Instant::now());
        let sent = (0_u32..1000)
            .filter(|ms| {
                let now = start + Duration::from_millis(u64::from(*ms));
                drag.hear(&DragDropEvent::Over { position: at(f64::from(*ms), 0.0) }, 1.0, &offers, now).is_some()
            })
            .count();
        assert!((20..=31).contains(&sent), "{sent}");
    }

    #[test]
    fn a_dropped_text_is_nothing_to_file() {
        let (drag, offers) = (Drag::default(), Offers::default());
        let dropped = DragDropEvent::Drop { paths: Vec::new(), position: at(1.0, 1.0) };
        assert!(matches!(drag.hear(&dropped, 1.0, &offers, Instant::now()), Some(WindowEvent::DragLeft)));
        assert!(matches!(drag.hear(&DragDropEvent::Leave, 1.0, &offers, Instant::now()), Some(WindowEvent::DragLeft)));
    }

    #[test]
    fn positions_are_in_page_coordinates() {
        let expected = if cfg!(windows) { (100, 50) } else { (150, 75) };
        assert_eq!(in_page(at(150.0, 75.0), 1.5), expected);
    }
}

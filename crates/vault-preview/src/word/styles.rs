use std::collections::HashMap;
use std::io::BufRead;

use super::xml::{Go, Step, walk};
use crate::error::Stop;

/// How many styles are read. Word's own templates have about 400.
const MANY: usize = 10_000;

/// How far a style's ancestors are followed.
const ANCESTORS: usize = 20;

/// The heading levels of styles.
#[derive(Default)]
pub(super) struct Styles(HashMap<String, Style>);

#[derive(Default)]
struct Style {
    heading: Option<u8>,
    based_on: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(source: impl BufRead) -> Result<Styles, Stop> {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        walk(source, |step| {
            match step {
                Step::Start(element) => match (element.name(), &mut open) {
                    ("style", _) => open = element.attribute("styleId").map(|id| (id, Style::default())),
                    ("name", Some((_, style))) => {
                        style.heading = style.heading.or(element.attribute("val").and_then(|name| by_name(&name)));
                    }
                    ("outlineLvl", Some((_, style))) => {
                        style.heading = element.attribute("val").and_then(|level| by_outline(&level)).or(style.heading);
                    }
                    ("basedOn", Some((_, style))) => style.based_on = element.attribute("val"),
                    _ => {}
                },
                Step::End("style") => styles.extend(open.take()),
                _ => {}
            }
            if styles.len() < MANY { Go::On } else { Go::Enough }
        })?;
        Ok(Styles(styles))
    }

    /// The level of a paragraph of this style, 0 for text; without its own, the level of the style it is based on.
    pub(super) fn heading(&self, id: &str) -> u8 {
        let mut id = id;
        for _ in 0..ANCESTORS {
            let Some(style) = self.0.get(id) else { break };
            if let Some(heading) = style.heading {
                return heading;
            }
            let Some(base) = &style.based_on else { break };
            id = base;
        }
        0
    }
}

/// Word stores its built-in styles under English names in every language; displayed names and ids are translated.
fn by_name(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    if name == "title" {
        return Some(1);
    }
    let level = name.strip_prefix("heading ")?.parse::<u8>().ok()?;
    (1..=9).contains(&level).then_some(level.min(6))
}

/// Outline levels count from 0; 9 is text.
pub(super) fn by_outline(level: &str) -> Option<u8> {
    match level.parse::<u8>().ok()? {
        level @ 0..=8 => Some((level + 1).min(6)),
        _ => Some(0),
    }
}

//! Why something was refused or failed, for the page to say in its language.

use std::collections::BTreeMap;

use serde::Serialize;
use specta::Type;
use vault_core::reason::Value;

use crate::reason::reasons_in;

/// A reason: the code of a sentence of the page's catalogue, and what stands in its gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "Reason")]
pub(crate) struct ReasonView {
    /// The code.
    pub(crate) code: String,
    /// By the name of the gap: numbers, names and paths, and codes of terms.
    pub(crate) details: BTreeMap<String, DetailView>,
}

/// What stands in a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(untagged)]
#[serde(rename = "Detail")]
pub(crate) enum DetailView {
    /// A text, or the code of a term.
    Text(String),
    /// A number.
    Number(u64),
}

impl ReasonView {
    /// The reasons that a text states; none if the page has to show the text as it is.
    pub(crate) fn all_in(text: &str) -> Vec<Self> {
        let view = |(code, details): (&str, Vec<(&str, Value)>)| Self {
            code: code.to_owned(),
            details: details.into_iter().map(|(gap, value)| (gap.to_owned(), value.into())).collect(),
        };
        reasons_in(text).into_iter().map(view).collect()
    }

    /// The same for a text that may be missing.
    pub(crate) fn all_in_some(text: Option<&String>) -> Vec<Self> {
        text.map(|text| Self::all_in(text)).unwrap_or_default()
    }
}

impl From<Value> for DetailView {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Number(number) => Self::Number(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use vault_core::reason::Reason;

    use super::*;

    #[test]
    fn the_page_gets_codes_and_details() {
        let closed = Reason::MatterClosed { title: "Miller".into() }.to_string();
        let json = serde_json::to_value(ReasonView::all_in(&closed)).unwrap();
        assert_eq!(json, serde_json::json!([{ "code": "matter-closed", "details": { "title": "Miller" } }]));
        let many = Reason::TooManyAssigned { most: 100 }.to_string();
        let json = serde_json::to_value(ReasonView::all_in(&many)).unwrap();
        assert_eq!(json[0]["details"]["most"], 100);
        assert_eq!(ReasonView::all_in_some(None), []);
    }
}

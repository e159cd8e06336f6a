//! Values of documents: writing them, and reading them with errors that name the field.

use std::collections::HashMap;

use prost_types::Timestamp as Moment;
use vault_core::model::Timestamp;
use vault_core::ports::PortError;

use super::wire::value::ValueType;
use super::wire::{ArrayValue, Document, MapValue, Value};

/// The fields of a document.
pub(crate) type Fields = HashMap<String, Value>;

fn value(kind: ValueType) -> Value {
    Value { value_type: Some(kind) }
}

pub(crate) fn text(text: impl Into<String>) -> Value {
    value(ValueType::StringValue(text.into()))
}

pub(crate) fn integer(number: i64) -> Value {
    value(ValueType::IntegerValue(number))
}

/// The largest integer in a document, as in the rules: every program can read it, and sums of many do not overflow.
const MOST: u64 = 1 << 53;

/// A count. No actual count exceeds what Firestore can hold.
pub(crate) fn whole(number: u64) -> Value {
    integer(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(crate) fn bytes(bytes: &[u8]) -> Value {
    value(ValueType::BytesValue(bytes.to_vec()))
}

pub(crate) fn none() -> Value {
    value(ValueType::NullValue(0))
}

pub(crate) fn timestamp(time: Timestamp) -> Value {
    value(ValueType::TimestampValue(moment(time)))
}

pub(crate) fn array(values: Vec<Value>) -> Value {
    value(ValueType::ArrayValue(ArrayValue { values }))
}

pub(crate) fn map(fields: Fields) -> Value {
    value(ValueType::MapValue(MapValue { fields }))
}

/// A time as Firestore writes it.
pub(crate) fn moment(time: Timestamp) -> Moment {
    let nanos = i32::try_from(time.0.rem_euclid(1000) * 1_000_000).unwrap_or_default();
    Moment { seconds: time.0.div_euclid(1000), nanos }
}

/// The whole millisecond a time falls in.
pub(crate) fn milliseconds(moment: &Moment) -> Timestamp {
    Timestamp(moment.seconds.saturating_mul(1000).saturating_add(i64::from(moment.nanos).div_euclid(1_000_000)))
}

/// A document, or a map inside one, being read.
#[derive(Clone, Copy)]
pub(crate) struct Doc<'a> {
    name: &'a str,
    fields: &'a Fields,
    update_time: Option<Moment>,
}

impl<'a> Doc<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        Self { name: &document.name, fields: &document.fields, update_time: document.update_time }
    }

    /// When it last changed, by the server's clock: the precondition of a write.
    pub(crate) fn update_time(&self) -> Option<Moment> {
        self.update_time
    }

    /// Its id: the last segment of its name.
    pub(crate) fn id(&self) -> &'a str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// The id of the document that its collection belongs to.
    pub(crate) fn parent_id(&self) -> &'a str {
        self.name.rsplit('/').nth(2).unwrap_or_default()
    }

    /// The error for an invalid field. Ids may be shown, values not.
    pub(crate) fn wrong(&self, field: &str) -> PortError {
        let path = self.name.split_once("/documents/").map_or(self.name, |(_, path)| path);
        PortError::damaged(format!(
            "The document {path} has no usable “{field}”. It was not written by Strongroom; ask your administrator."
        ))
    }

    fn kind(&self, field: &str) -> Option<&'a ValueType> {
        self.fields.get(field)?.value_type.as_ref()
    }

    /// A string; `None` if absent or null.
    pub(crate) fn some_text(&self, field: &str) -> Result<Option<&'a str>, PortError> {
        match self.kind(field) {
            Some(ValueType::StringValue(text)) => Ok(Some(text)),
            None | Some(ValueType::NullValue(_)) => Ok(None),
            Some(_) => Err(self.wrong(field)),
        }
    }

    pub(crate) fn text(&self, field: &str) -> Result<&'a str, PortError> {
        self.some_text(field)?.ok_or_else(|| self.wrong(field))
    }

    /// A string that is parsed further.
    pub(crate) fn parsed<T>(&self, field: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, PortError> {
        parse(self.text(field)?).ok_or_else(|| self.wrong(field))
    }

    pub(crate) fn integer(&self, field: &str) -> Result<i64, PortError> {
        match self.kind(field) {
            Some(ValueType::IntegerValue(number)) => Ok(*number),
            _ => Err(self.wrong(field)),
        }
    }

    pub(crate) fn whole(&self, field: &str) -> Result<u64, PortError> {
        u64::try_from(self.integer(field)?).ok().filter(|number| *number <= MOST).ok_or_else(|| self.wrong(field))
    }

    /// An integer; `None` if absent.
    pub(crate) fn some_whole(&self, field: &str) -> Result<Option<u64>, PortError> {
        if self.fields.contains_key(field) { self.whole(field).map(Some) } else { Ok(None) }
    }

    /// A time; `None` if absent or null.
    pub(crate) fn some_time(&self, field: &str) -> Result<Option<Timestamp>, PortError> {
        match self.kind(field) {
            Some(ValueType::TimestampValue(moment)) => Ok(Some(milliseconds(moment))),
            None | Some(ValueType::NullValue(_)) => Ok(None),
            Some(_) => Err(self.wrong(field)),
        }
    }

    pub(crate) fn time(&self, field: &str) -> Result<Timestamp, PortError> {
        self.some_time(field)?.ok_or_else(|| self.wrong(field))
    }

    /// A time at Firestore's full precision.
    pub(crate) fn moment(&self, field: &str) -> Result<Moment, PortError> {
        match self.kind(field) {
            Some(ValueType::TimestampValue(moment)) => Ok(*moment),
            _ => Err(self.wrong(field)),
        }
    }

    /// Bytes; `None` if absent.
    pub(crate) fn some_bytes(&self, field: &str) -> Result<Option<Vec<u8>>, PortError> {
        match self.kind(field) {
            Some(ValueType::BytesValue(bytes)) => Ok(Some(bytes.clone())),
            None | Some(ValueType::NullValue(_)) => Ok(None),
            Some(_) => Err(self.wrong(field)),
        }
    }

    /// The strings of a list; empty if absent.
    pub(crate) fn texts(&self, field: &str) -> Result<Vec<&'a str>, PortError> {
        let text = |value: &'a Value| match &value.value_type {
            Some(ValueType::StringValue(text)) => Ok(text.as_str()),
            _ => Err(self.wrong(field)),
        };
        self.values(field)?.iter().map(text).collect()
    }

    /// The maps among the values of a list; empty if there is no list.
    pub(crate) fn maps(&self, field: &str) -> impl Iterator<Item = Self> {
        let (name, values) = (self.name, self.values(field).unwrap_or_default());
        values.iter().filter_map(move |value| match &value.value_type {
            Some(ValueType::MapValue(map)) => Some(Self { name, fields: &map.fields, update_time: None }),
            _ => None,
        })
    }

    /// Whether a list has any values.
    pub(crate) fn has_values(&self, field: &str) -> bool {
        self.values(field).is_ok_and(|values| !values.is_empty())
    }

    fn values(&self, field: &str) -> Result<&'a [Value], PortError> {
        match self.kind(field) {
            Some(ValueType::ArrayValue(array)) => Ok(&array.values),
            None | Some(ValueType::NullValue(_)) => Ok(&[]),
            Some(_) => Err(self.wrong(field)),
        }
    }

    /// A map; `None` if absent or null.
    pub(crate) fn some_map(&self, field: &str) -> Result<Option<Self>, PortError> {
        match self.kind(field) {
            Some(ValueType::MapValue(map)) => {
                Ok(Some(Self { name: self.name, fields: &map.fields, update_time: None }))
            }
            None | Some(ValueType::NullValue(_)) => Ok(None),
            Some(_) => Err(self.wrong(field)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_firestore_timestamp_round_trips(millis in -62_135_596_800_000_i64..=253_402_300_799_999) {
            let moment = moment(Timestamp(millis));
            prop_assert!((0..1_000_000_000).contains(&moment.nanos));
            prop_assert_eq!(milliseconds(&moment), Timestamp(millis));
        }
    }
}

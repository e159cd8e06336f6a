//! The queries that the vault needs.

use super::value::text;
use super::wire::structured_query::field_filter::Operator;
use super::wire::structured_query::filter::FilterType;
use super::wire::structured_query::{
    CollectionSelector, CompositeFilter, Direction, FieldFilter, FieldReference, Filter, Order, Projection,
    composite_filter,
};
use super::wire::value::ValueType;
use super::wire::{ArrayValue, Cursor, StructuredQuery, Value};

/// A query below some document.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    parent: String,
    asked: StructuredQuery,
    filters: Vec<Filter>,
}

impl Query {
    /// The documents of a collection of `parent`.
    pub(crate) fn of(parent: impl Into<String>, collection: &str) -> Self {
        Self::new(parent.into(), collection, false)
    }

    /// The documents of all collections with this name in a database, at any depth.
    pub(crate) fn across(database: &str, collection: &str) -> Self {
        Self::new(format!("{database}/documents"), collection, true)
    }

    fn new(parent: String, collection: &str, all_descendants: bool) -> Self {
        let from = vec![CollectionSelector { collection_id: collection.to_owned(), all_descendants }];
        Self { parent, asked: StructuredQuery { from, ..StructuredQuery::default() }, filters: Vec::new() }
    }

    pub(crate) fn equal(self, field: &str, value: Value) -> Self {
        self.filter(field, Operator::Equal, value)
    }

    pub(crate) fn contains(self, field: &str, value: &str) -> Self {
        self.filter(field, Operator::ArrayContains, text(value))
    }

    /// At most 30 values.
    pub(crate) fn one_of(self, field: &str, values: impl Iterator<Item = String>) -> Self {
        let values = values.map(text).collect();
        self.filter(field, Operator::In, Value { value_type: Some(ValueType::ArrayValue(ArrayValue { values })) })
    }

    /// The document with this name, as a range of one: for an exact query of a missing name, the rules would be
    /// evaluated as if the document existed, and the query would fail instead of finding nothing.
    pub(crate) fn named(mut self, name: &str) -> Self {
        let bound = |before| Some(Cursor { values: vec![reference(name.to_owned())], before });
        self.asked.start_at = bound(true);
        self.asked.end_at = bound(false);
        self.ascending("__name__")
    }

    fn filter(mut self, field: &str, op: Operator, value: Value) -> Self {
        let filter = FieldFilter { field: Some(named(field)), op: op.into(), value: Some(value) };
        self.filters.push(Filter { filter_type: Some(FilterType::FieldFilter(filter)) });
        self
    }

    pub(crate) fn ascending(self, field: &str) -> Self {
        self.order(field, Direction::Ascending)
    }

    pub(crate) fn descending(self, field: &str) -> Self {
        self.order(field, Direction::Descending)
    }

    fn order(mut self, field: &str, direction: Direction) -> Self {
        self.asked.order_by.push(Order { field: Some(named(field)), direction: direction.into() });
        self
    }

    /// Only what follows these values in the order.
    pub(crate) fn after(mut self, values: Vec<Value>) -> Self {
        self.asked.start_at = Some(Cursor { values, before: false });
        self
    }

    pub(crate) fn limit(mut self, documents: usize) -> Self {
        self.asked.limit = Some(i32::try_from(documents).unwrap_or(i32::MAX));
        self
    }

    /// Only these fields of each document.
    pub(crate) fn select(mut self, fields: &[&str]) -> Self {
        self.asked.select = Some(Projection { fields: fields.iter().map(|field| named(field)).collect() });
        self
    }

    /// Parent and query in wire form.
    pub(crate) fn into_wire(self) -> (String, StructuredQuery) {
        let Self { parent, asked: mut query, mut filters } = self;
        query.r#where = match filters.len() {
            0 | 1 => filters.pop(),
            _ => {
                let and = CompositeFilter { op: composite_filter::Operator::And.into(), filters };
                Some(Filter { filter_type: Some(FilterType::CompositeFilter(and)) })
            }
        };
        (parent, query)
    }
}

fn named(field: &str) -> FieldReference {
    FieldReference { field_path: field.to_owned() }
}

/// A document's name as a value.
pub(crate) fn reference(name: String) -> Value {
    Value { value_type: Some(ValueType::ReferenceValue(name)) }
}

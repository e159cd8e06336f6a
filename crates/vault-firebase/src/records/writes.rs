//! Writes in wire form, each with a precondition on its document.

use prost_types::Timestamp as Moment;

use crate::firestore::Fields;
use crate::firestore::wire::document_transform::FieldTransform;
use crate::firestore::wire::document_transform::field_transform::{ServerValue, TransformType};
use crate::firestore::wire::precondition::ConditionType;
use crate::firestore::wire::write::Operation;
use crate::firestore::wire::{Document, DocumentMask, Precondition, Write};

/// Creates a document.
pub(super) fn create(name: String, fields: Fields, server_times: &[&str]) -> Write {
    write(name, fields, None, Some(ConditionType::Exists(false)), server_times)
}

/// Changes these fields of a document that is unchanged since `as_of`. A field of `mask` that is not among the fields
/// is deleted.
pub(super) fn change(name: String, fields: Fields, mask: &[&str], as_of: Moment, server_times: &[&str]) -> Write {
    write(name, fields, Some(mask), Some(ConditionType::UpdateTime(as_of)), server_times)
}

/// Writes a document without a precondition.
pub(super) fn replace(name: String, fields: Fields, server_times: &[&str]) -> Write {
    write(name, fields, None, None, server_times)
}

fn write(
    name: String,
    fields: Fields,
    mask: Option<&[&str]>,
    condition: Option<ConditionType>,
    server_times: &[&str],
) -> Write {
    let update_mask =
        mask.map(|fields| DocumentMask { field_paths: fields.iter().map(|&field| field.to_owned()).collect() });
    let update_transforms = server_times
        .iter()
        .map(|&field| FieldTransform {
            field_path: field.to_owned(),
            transform_type: Some(TransformType::SetToServerValue(ServerValue::RequestTime.into())),
        })
        .collect();
    Write {
        update_mask,
        update_transforms,
        current_document: condition.map(|condition| Precondition { condition_type: Some(condition) }),
        operation: Some(Operation::Update(Document { name, fields, create_time: None, update_time: None })),
    }
}

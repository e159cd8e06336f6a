//! Which documents may be written to a vault of any kind. Pure functions: an implementation of
//! [`Records`](crate::ports::Records) reads the current state, checks it here, and writes.

mod attempts;
pub mod limits;
mod matters;
mod names;

pub use attempts::{EventState, agree, consistent, may_end_as, to_write};
pub(crate) use matters::conflict_to_decide;
pub use matters::{
    client_fields, client_with_matters, closed_matter, conflict, has_number, matter_fields, number_taken,
    only_administrators, removed_client, removed_matter,
};
pub(crate) use names::fold_case;
pub use names::{NAME_KEY_FORM, name_key};
pub(crate) use names::{tidy_client, tidy_matter};

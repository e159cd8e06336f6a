//! Details that are one of a list: what a window has to say in its language, too.

use std::fmt;

use super::{Detail, Value};
use crate::SystemFault;
use crate::intake::Problem;

/// The terms by the name of their gap, each with its code and its text in English.
pub type Terms = Vec<(&'static str, Vec<(&'static str, String)>)>;

/// All terms.
pub fn terms() -> Terms {
    let as_it_is = |texts: &'static [&'static str]| texts.iter().map(|text| (*text, (*text).to_owned())).collect();
    let faults =
        SystemFault::LISTED.iter().filter_map(|fault| Some((fault.code()?, Explained(fault.clone()).to_string())));
    vec![
        ("action", as_it_is(Action::ALL)),
        ("database", Database::ALL.iter().map(|(code, text)| (*code, (*text).to_owned())).collect()),
        ("fault", faults.collect()),
        ("field", as_it_is(FieldName::ALL)),
        ("problem", Problem::LISTED.iter().map(|problem| (problem.code(), problem.to_string())).collect()),
    ]
}

/// Whether two texts are the same, for constants.
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

macro_rules! listed {
    ($(#[$about:meta])* $Listed:ident: $($text:literal),+ $(,)?) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $Listed(&'static str);

        impl $Listed {
            const ALL: &'static [&'static str] = &[$($text),+];

            /// The one with this text. In a constant, it does not compile if it is not listed.
            ///
            /// # Panics
            /// If it is not listed.
            pub const fn listed(text: &'static str) -> Self {
                let mut at = 0;
                while at < Self::ALL.len() {
                    if same(Self::ALL[at], text) {
                        return Self(text);
                    }
                    at += 1;
                }
                panic!("it is not listed")
            }

            /// The one with this text; `None` if it is not listed.
            pub fn of(text: &str) -> Option<Self> {
                Self::ALL.iter().find(|listed| **listed == text).map(|listed| Self(listed))
            }
        }

        impl fmt::Display for $Listed {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl Detail for $Listed {
            fn value(&self) -> Value {
                Value::Text(self.0.to_owned())
            }

            fn read(text: &str) -> Option<Self> {
                Self::of(text)
            }
        }
    };
}

listed! {
    /// What could not be done with a file or a folder; completes “Could not …”.
    Action: "read", "write", "make", "open", "use", "find", "lock", "remove", "empty", "flush", "list", "look at",
        "restore to", "store a file in", "set aside the damaged", "write the backup of the queue to",
}

listed! {
    /// A field of a form.
    FieldName: "title", "description", "number", "name", "e-mail address", "telephone number", "street", "city", "state",
        "postal code",
}

/// A database of this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Database(&'static str);

impl Database {
    const ALL: &'static [(&'static str, &'static str)] = &[
        ("journal", "journal.db (the queue of this computer)"),
        ("cache", "cache.db (the copy of the vault's lists)"),
        ("vault", "The vault's database (vault.db)"),
    ];

    /// The queue.
    pub const JOURNAL: Self = Self(Self::ALL[0].1);
    /// The local copy.
    pub const CACHE: Self = Self(Self::ALL[1].1);
    /// The embedded vault.
    pub const VAULT: Self = Self(Self::ALL[2].1);
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Detail for Database {
    fn value(&self) -> Value {
        let code = Self::ALL.iter().find(|(_, text)| *text == self.0).map_or(self.0, |(code, _)| code);
        Value::Text(code.to_owned())
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, listed)| *listed == text).map(|(_, listed)| Self(listed))
    }
}

/// A fault that the system reported, with its remedy: “the disk is full. Make room, then try again.”
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained(SystemFault);

impl Explained {
    /// The explanation of a fault; `None` if it has words of its own instead of a code.
    pub fn of(fault: &SystemFault) -> Option<Self> {
        fault.code().map(|_| Self(fault.clone()))
    }
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.0, self.0.help())
    }
}

impl Detail for Explained {
    fn value(&self) -> Value {
        Value::Text(self.0.code().unwrap_or_default().to_owned())
    }

    fn read(text: &str) -> Option<Self> {
        let known = SystemFault::LISTED.iter().map(|fault| Self(fault.clone()));
        // On its own, it begins a sentence.
        known.into_iter().find(|known| {
            let known = known.to_string();
            known == text || known.get(1..) == text.get(1..) && known.eq_ignore_ascii_case(text)
        })
    }
}

/// A problem that a code says completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadableProblem(Problem);

impl fmt::Display for ReadableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Detail for ReadableProblem {
    fn value(&self) -> Value {
        Value::Text(self.0.code().to_owned())
    }

    fn read(text: &str) -> Option<Self> {
        Problem::LISTED.iter().find(|problem| problem.to_string() == text).map(|problem| Self(problem.clone()))
    }
}

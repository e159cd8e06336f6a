//! Why something was refused or failed, as a code with details: what a window needs to say it in another language.
//!
//! Each reason has one English sentence, with its details in place. The command line prints it, errors carry it, and the
//! queue and the history store it. Because the sentence is made from a template, the template finds the code and the
//! details in it again ([`Reason::of_sentence`]), also in what earlier versions stored.

mod catalogue;
mod terms;

pub use catalogue::Reason;
pub use terms::{Action, Database, Explained, FieldName, ReadableProblem, Terms, terms};

/// The value of a detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text as it is (a name, a path), or the code of a [term](terms).
    Text(String),
    /// A number.
    Number(u64),
}

/// A type of details.
pub trait Detail: Sized {
    /// The value; the code, if the detail is one of a list of terms.
    fn value(&self) -> Value;

    /// The detail that this text in a sentence shows; `None` if there is none.
    fn read(text: &str) -> Option<Self>;
}

impl Detail for String {
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Detail for u64 {
    fn value(&self) -> Value {
        Value::Number(*self)
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// How many ways to fill the gaps are tried, so that a long name made of pieces of a sentence costs no time.
const MOST_READINGS: u32 = 200;

/// The first value that `read` makes of the texts in the gaps of `template` in this sentence, by the names of the gaps;
/// `None` if it is another sentence. A gap ends at the first place where the template continues and the rest can be
/// read: a path may have a piece of the sentence in it. The last gap is as long as possible.
pub fn reading<T>(template: &str, sentence: &str, read: impl Fn(&[(&str, &str)]) -> Option<T>) -> Option<T> {
    let (begin, gaps) = template.split_once('{').unwrap_or((template, ""));
    let rest = sentence.strip_prefix(begin)?;
    if gaps.is_empty() {
        return if rest.is_empty() { read(&[]) } else { None };
    }
    fill(gaps, rest, &mut Vec::new(), &mut { MOST_READINGS }, &read)
}

fn fill<'a, T>(
    gaps: &'a str,
    rest: &'a str,
    found: &mut Vec<(&'a str, &'a str)>,
    left: &mut u32,
    read: &impl Fn(&[(&str, &str)]) -> Option<T>,
) -> Option<T> {
    let (name, after) = gaps.split_once('}')?;
    let (literal, next) = after.split_once('{').unwrap_or((after, ""));
    if next.is_empty() {
        *left = left.checked_sub(1)?;
        found.push((name, rest.strip_suffix(literal)?));
        let value = read(found);
        found.pop();
        return value;
    }
    for (at, _) in rest.match_indices(literal) {
        found.push((name, &rest[..at]));
        let value = fill(next, &rest[at + literal.len()..], found, left, read);
        found.pop();
        if value.is_some() || *left == 0 {
            return value;
        }
    }
    None
}

/// Defines an enumeration of reasons: the variant with its details, its code and its sentence in English. The list of all
/// codes cannot miss one, because it is made from the same lines.
#[macro_export]
macro_rules! reasons {
    (
        $(#[$about:meta])*
        $visible:vis enum $Reasons:ident {
            $($Variant:ident $({ $($detail:ident: $Kind:ty),+ })? = $code:literal, $english:literal;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $visible enum $Reasons {
            $(
                #[doc = $english]
                $Variant $({ $(
                    #[doc = "A detail of the sentence."]
                    $detail: $Kind
                ),+ })?,
            )+
        }

        impl $Reasons {
            /// The codes of all reasons, each with its sentence in English; the details are gaps such as `{title}`.
            $visible const ALL: &'static [(&'static str, &'static str)] = &[$(($code, $english)),+];

            /// The stable code.
            $visible const fn code(&self) -> &'static str {
                match self {
                    $(Self::$Variant $({ $($detail: _),+ })? => $code,)+
                }
            }

            /// The details by their names.
            $visible fn details(&self) -> ::std::vec::Vec<(&'static str, $crate::reason::Value)> {
                match self {
                    $(
                        Self::$Variant $({ $($detail),+ })? => ::std::vec![
                            $($((stringify!($detail), $crate::reason::Detail::value($detail))),+)?
                        ],
                    )+
                }
            }

            /// The reason that this sentence in English states; `None` if it is none of these.
            $visible fn of_sentence(sentence: &str) -> ::std::option::Option<Self> {
                $(
                    let found = $crate::reason::reading($english, sentence, |_gaps| {
                        $($(
                            let (_, text) = _gaps.iter().find(|(name, _)| *name == stringify!($detail))?;
                            let $detail: $Kind = $crate::reason::Detail::read(text)?;
                        )+)?
                        Some(Self::$Variant $({ $($detail),+ })?)
                    });
                    if found.is_some() {
                        return found;
                    }
                )+
                None
            }
        }

        impl ::std::fmt::Display for $Reasons {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(
                        Self::$Variant $({ $($detail),+ })? => ::std::write!(f, $english $($(, $detail = $detail)+)?),
                    )+
                }
            }
        }

        impl ::std::convert::From<$Reasons> for ::std::string::String {
            fn from(reason: $Reasons) -> Self {
                ::std::string::ToString::to_string(&reason)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::SystemFault;

    #[test]
    fn a_sentence_is_recognized_by_its_template() {
        type Gaps = Vec<(String, String)>;
        let gaps = |template: &str, sentence: &str| -> Option<Gaps> {
            reading(template, sentence, |gaps| {
                Some(gaps.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect())
            })
        };
        let found = |pairs: &[(&str, &str)]| -> Option<Gaps> {
            Some(pairs.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect())
        };
        let template = "“{path}” is not “{name}”.";
        assert_eq!(gaps(template, "“/a” is not “b”."), found(&[("path", "/a"), ("name", "b")]));
        assert_eq!(gaps(template, "“/a” is not “b”. “c”."), found(&[("path", "/a"), ("name", "b”. “c")]));
        for other in ["", "“/a” is “b”.", "“/a” is not “b”", "x“/a” is not “b”."] {
            assert_eq!(gaps(template, other), None, "{other}");
        }
        assert_eq!(gaps("Nobody.", "Nobody."), Some(Vec::new()));
        assert_eq!(gaps("Nobody.", "Nobody. Nothing."), None);
    }

    #[test]
    fn a_name_made_of_pieces_of_a_sentence_is_read_in_no_time() {
        let path = "”: ".repeat(100_000);
        assert_eq!(Reason::of_sentence(&format!("Could not write “{path}”: moon.")).map(|found| found.code()), None);
    }

    #[test]
    fn every_code_and_every_sentence_is_there_once() {
        let codes: BTreeSet<_> = Reason::ALL.iter().map(|(code, _)| code).collect();
        let sentences: BTreeSet<_> = Reason::ALL.iter().map(|(_, english)| english).collect();
        assert_eq!((codes.len(), sentences.len()), (Reason::ALL.len(), Reason::ALL.len()));
        for (code, english) in Reason::ALL {
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{code}");
            assert!(!english.contains("}{"), "the gaps cannot be told apart: {english}");
            assert!(english.ends_with(['.', '}']), "{english}");
        }
    }

    #[test]
    fn the_sentence_of_a_reason_is_read_back_as_that_reason() {
        let reasons = [
            Reason::VaultUnreachable,
            Reason::NumberTaken { title: "Miller “the elder”".into(), number: "2024-001".into() },
            Reason::TooLong { field: FieldName::listed("title"), length: 501, longest: 500 },
            Reason::CouldNot {
                action: Action::listed("write"),
                path: "/media/stick/a “b”: c.pdf".into(),
                fault: Explained::of(&SystemFault::NoRoom).unwrap(),
            },
        ];
        for reason in reasons {
            assert_eq!(Reason::of_sentence(&reason.to_string()), Some(reason));
        }
        assert_eq!(Reason::of_sentence("The moon is in the way."), None);
    }

    #[test]
    fn what_the_system_reports_is_recognized() {
        for fault in SystemFault::LISTED {
            let sentence = fault.could_not("read", Path::new("/a/b"));
            let Some(found) = Reason::of_sentence(&sentence) else { panic!("{sentence}") };
            assert_eq!(found.code(), "could-not");
            assert_eq!(found.details()[2], ("fault", Value::Text(fault.code().unwrap().to_owned())));
            assert_eq!(Reason::of_sentence(&fault.sentence()).map(|found| found.code()), Some("fault"), "{fault}");
        }
        let unknown = SystemFault::Other("Flux too low".into()).could_not("read", Path::new("/a"));
        assert_eq!(Reason::of_sentence(&unknown).map(|found| found.code()), Some("system-says"));
    }

    #[test]
    fn what_is_stored_about_a_file_is_recognized() {
        use crate::intake::Problem;
        for problem in Problem::LISTED {
            let found = Reason::of_sentence(&problem.to_string()).expect("a reason");
            assert_eq!(found.details(), [("problem", Value::Text(problem.code().to_owned()))]);
        }
        let unreadable = Problem::from_parts("unreadable", "Input/output error (os error 5)").to_string();
        assert_eq!(Reason::of_sentence(&unreadable).map(|found| found.code()), Some("unreadable"));
    }
}

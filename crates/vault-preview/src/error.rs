use thiserror::Error;

/// Why there is no text to look at. Each is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PreviewError {
    /// It is not of a kind that is shown as text.
    #[error("“{name}” has no text that could be shown here. Restore it, or open it in its own program.")]
    NoText {
        /// The document, as it may be shown.
        name: String,
    },
    /// It is larger than what is shown here, or unpacks to more.
    #[error("“{name}” is too large to be shown here. Restore it, or open it in its own program.")]
    TooLarge {
        /// The document, as it may be shown.
        name: String,
    },
    /// It isn't what it seems to be, or not all of it is there. The vault has it exactly as it was received.
    #[error(
        "“{name}” can't be read as {as_what}: {why}. It is kept exactly as it was received; ask whoever sent it for a \
         better copy, or try to open it in its own program."
    )]
    Broken {
        /// The document, as it may be shown.
        name: String,
        /// What it seems to be, with an article.
        as_what: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Its reader failed. This is a mistake in Strongroom, not in the document.
    #[error("“{name}” can't be shown here, by a mistake of Strongroom. Restore it, or open it in its own program.")]
    Failed {
        /// The document, as it may be shown.
        name: String,
    },
}

/// What stopped a reader that does not know the name of what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It unpacks to more than [`crate::limits`] allow.
    TooLarge,
    /// It isn't what it seems to be.
    Broken(&'static str),
}

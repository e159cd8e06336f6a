use thiserror::Error;

/// Why a document has no text preview. Each is a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PreviewError {
    /// Its kind has no text preview.
    #[error("“{name}” has no text that could be shown here. Restore it, or open it in its own program.")]
    NoText {
        /// The document's display name.
        name: String,
    },
    /// It is larger than the preview limits, or unpacks to more.
    #[error("“{name}” is too large to be shown here. Restore it, or open it in its own program.")]
    TooLarge {
        /// The document's display name.
        name: String,
    },
    /// It is not what it seems to be, or is incomplete. The vault has it exactly as it was received.
    #[error(
        "“{name}” can't be read as {as_what}: {why}. It is kept exactly as it was received; ask whoever sent it for a \
         better copy, or try to open it in its own program."
    )]
    Broken {
        /// The document's display name.
        name: String,
        /// The apparent kind, with an article.
        as_what: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// Its reader failed: a bug in Strongroom, not a fault of the document.
    #[error("“{name}” can't be shown here, by a mistake of Strongroom. Restore it, or open it in its own program.")]
    Failed {
        /// The document's display name.
        name: String,
    },
}

/// Why a reader stopped; readers do not know the document's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It unpacks to more than [`crate::limits`] allow.
    TooLarge,
    /// It is not what it seems to be.
    Broken(&'static str),
}

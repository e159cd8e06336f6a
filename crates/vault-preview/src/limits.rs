//! Preview limits. They apply whatever a document claims about itself.

const KIB: usize = 1024;
const MIB: u64 = 1024 * 1024;

/// How many bytes of a document's beginning [`crate::kind`] must be given (all of them if there are fewer). A JPEG's
/// dimensions follow the camera's metadata, which may take hundreds of kilobytes.
pub const HEAD: usize = 512 * KIB;

/// The largest PDF preview, in bytes.
pub const PDF: u64 = 100 * MIB;

/// The largest image preview, in bytes.
pub const IMAGE: u64 = 40 * MIB;

/// The largest image preview, in pixels: 100 megapixels take 400 MB when decoded.
pub const PIXELS: u64 = 100_000_000;

/// The largest text, e-mail or Word document that is read, in bytes.
pub const TEXT: u64 = 64 * MIB;

/// How many characters of a text are returned. About 200 printed pages.
pub const CHARACTERS: usize = 400_000;

/// How many paragraphs of a Word document are returned.
pub const PARAGRAPHS: usize = 20_000;

/// How many characters of one line beside the text (a subject, a name, a list of recipients) are returned.
pub const LINE: usize = 2_000;

/// How many names of attachments are returned.
pub const ATTACHMENTS: usize = 500;

/// Maximum nesting of messages within messages.
pub(crate) const MESSAGES_DEEP: usize = 5;

/// Maximum nesting of parts within one message.
pub(crate) const PARTS_DEEP: usize = 30;

/// How many parts of a mail are read, including those of attached messages.
pub(crate) const PARTS: usize = 2_000;

/// How many characters of an HTML document are read, including markup.
pub(crate) const MARKUP: usize = 8 * 1024 * KIB;

/// How many bytes of a mail's headers are read.
pub(crate) const MAIL_HEADERS: usize = 256 * KIB;

/// How many bytes of the headers of one part of a mail are read.
pub(crate) const PART_HEADERS: usize = 16 * KIB;

/// How many bytes an entry of a package (a .docx is one) may unpack to.
pub(crate) const UNPACKED: u64 = 128 * MIB;

/// How many times its packed length an entry may unpack to, once it exceeds [`UNPACKED_ALWAYS`]. Deflate reaches 1,000;
/// the text of real documents rarely 50.
pub(crate) const UNPACKED_RATIO: u64 = 250;

/// How many bytes any entry may unpack to, whatever its ratio.
pub(crate) const UNPACKED_ALWAYS: u64 = 4 * MIB;

/// Maximum nesting of elements in a Word document.
pub(crate) const ELEMENTS_DEEP: usize = 500;

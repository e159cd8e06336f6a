//! Names that have broken programs.

/// Each is legal on Linux.
pub(super) const NASTY: &[&[u8]] = &[
    b"plain.pdf",
    b"Two Words.DOCX",
    b"no extension",
    b"many.dots.tar.gz",
    b".hidden",
    b"ends with dot.",
    b"ends with space ",
    b" begins with space",
    b"a|b%7Cc%257Cd.txt",
    b"100% sure %25.txt",
    b"quote'double\"back`tick.txt",
    b"line\nbreak.txt",
    b"tab\tand\x07bell\x7f.txt",
    b"back\\slash.txt",
    b"colon: question? star* <angle>.txt",
    b"-rf",
    b"--help",
    b"$(HOME) ${x} ;& #.txt",
    b"=cmd|' ' A1.csv",
    b"CON",
    b"nul.txt",
    b"..leading dots",
    b"...",
    "Überweisung – §§ 1–3.pdf".as_bytes(),
    "e\u{301}tude NFD.pdf".as_bytes(),
    "\u{e9}tude NFC.pdf".as_bytes(),
    "\u{202e}fdp.exe".as_bytes(),
    "חוזה.pdf".as_bytes(),
    "契約書.pdf".as_bytes(),
    "\u{1f469}\u{200d}\u{2696}\u{fe0f} \u{1f4c4}.pdf".as_bytes(),
    "zero\u{200b}width.txt".as_bytes(),
    b"latin1 Br\xfccke.pdf",
    b"\xff\xfe\xfd",
    b"cut emoji \xf0\x9f\x93.txt",
    b"surrogate \xed\xa0\x80.txt",
];

/// Names that differ for a computer and not for a user, in pairs.
pub(super) const TWINS: &[(&[u8], &[u8])] = &[
    (b"Contract.PDF", b"contract.pdf"),
    ("caf\u{e9}.txt".as_bytes(), "cafe\u{301}.txt".as_bytes()),
    (b"same", b"same "),
    (b"literal%FF.txt", b"literal\xff.txt"),
];

/// Files that operating systems and programs leave behind.
pub(super) const SYSTEM: &[&[u8]] =
    &[b"Thumbs.db", b"desktop.ini", b".DS_Store", b"~$Brief.docx", b"._Brief.docx", b".~lock.Brief.odt#"];

/// Names that only resemble those.
pub(super) const NOT_SYSTEM: &[&[u8]] = &[b"Thumbs.db.pdf", b"my desktop.ini", b"a~$b.docx", b"DS_Store"];

/// Modified times in seconds and nanoseconds: before 1970, at 0, far in the future, between milliseconds.
pub(super) const TIMES: &[(i64, u32)] = &[
    (0, 0),
    (-1, 999_999_999),
    (-1_000_000_000, 1),
    (-1, 500_000),
    (0, 1_000_000),
    (1, 123_456_789),
    (1_600_000_000, 999_999),
    (4_102_444_800, 0),
    (7_000_000_000, 7),
];

//! Lists in columns.

use unicode_width::UnicodeWidthStr;

use crate::format::printable;
use crate::output::Output;

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Left,
    /// For numbers.
    Right,
}

/// Rows under headings; every cell is safe to print on a terminal.
pub(crate) struct Table<const N: usize> {
    columns: [(&'static str, Set); N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(crate) fn new(columns: [(&'static str, Set); N]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| printable(&cell).into_owned()));
    }

    /// The lines of the table, without trailing blanks.
    fn lines(&self) -> impl Iterator<Item = String> {
        let headings = self.columns.map(|(heading, _)| heading.to_owned());
        let mut widths = [0; N];
        for row in std::iter::once(&headings).chain(&self.rows) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        std::iter::once(headings).chain(self.rows.iter().cloned()).map(move |row| {
            let mut line = String::new();
            for (at, (cell, (_, set))) in row.iter().zip(self.columns).enumerate() {
                let blanks = " ".repeat(widths[at] - cell.width());
                if at > 0 {
                    line.push_str("  ");
                }
                match set {
                    Set::Left => line.extend([cell.as_str(), &blanks]),
                    Set::Right => line.extend([&blanks, cell.as_str()]),
                }
            }
            line.truncate(line.trim_end().len());
            line
        })
    }

    /// Prints it.
    pub(crate) fn print(&self, output: &Output) {
        self.lines().for_each(|line| output.line(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_whatever_their_content() {
        let mut table = Table::new([("NUMBER", Set::Left), ("FILES", Set::Right)]);
        table.row(["2024-001".into(), "7".into()]);
        table.row(["契約".into(), "1,950".into()]);
        let lines: Vec<String> = table.lines().collect();
        assert_eq!(lines, ["NUMBER    FILES", "2024-001      7", "契約      1,950"]);
    }
}

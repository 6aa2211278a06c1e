//! Reading of comma separated files (RFC 4180): a header, quotes doubled inside quotes, lines inside quotes.

use std::collections::HashMap;

/// The rows of a file by the names of its header.
pub struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

/// A row with its header.
pub struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl Row<'_> {
    /// A cell; an empty one where the column is not there.
    pub fn get(&self, column: &str) -> &str {
        let place = self.table.columns.get(column).copied();
        place.and_then(|place| self.cells.get(place)).map_or("", |cell| cell.trim())
    }
}

impl Table {
    /// Reads a text. Columns that nobody asks for are allowed.
    ///
    /// # Errors
    /// The name of a column that is missing.
    pub fn read(text: &str, wanted: &[&str]) -> Result<Self, String> {
        let mut rows = cells(text.trim_start_matches('\u{feff}')).into_iter();
        let header = rows.next().unwrap_or_default();
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(place, name)| (name.trim().to_lowercase(), place)).collect();
        match wanted.iter().find(|name| !columns.contains_key(**name)) {
            Some(missing) => Err(format!("column {missing} is missing")),
            None => Ok(Self { columns, rows: rows.collect() }),
        }
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_commas_and_lines_inside_a_cell_stay_there() {
        let table = Table::read("id,body\r\n1,\"a, \"\"b\"\"\nc\"\n\n2,d", &["id", "body"]).unwrap();
        let read: Vec<_> = table.rows().map(|r| (r.get("id").to_owned(), r.get("body").to_owned())).collect();
        assert_eq!(read, [("1".into(), "a, \"b\"\nc".into()), ("2".into(), "d".into())]);
    }

    #[test]
    fn a_missing_column_is_named() {
        assert_eq!(Table::read("id\n1", &["id", "name"]).err().unwrap(), "column name is missing");
    }
}

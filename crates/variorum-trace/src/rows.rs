//! Rows of the tables in `data/`.

/// Returns the cells of each row of a table; lines that begin with `#` are notes.
pub fn of(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

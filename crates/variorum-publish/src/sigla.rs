//! Sigla: the letters by which an edition names its witnesses.

/// Returns the siglum of the n-th report of a story: A … Z, then AA, AB ….
pub fn siglum(n: usize) -> String {
    let letter = char::from(b'A' + (n % 26) as u8);
    if n < 26 { letter.to_string() } else { format!("{}{letter}", siglum(n / 26 - 1)) }
}

#[cfg(test)]
mod tests {
    use super::siglum;

    #[test]
    fn letters_run_on_after_z() {
        assert_eq!(
            (siglum(0), siglum(25), siglum(26), siglum(701)),
            ("A".into(), "Z".into(), "AA".into(), "ZZ".into())
        );
    }
}

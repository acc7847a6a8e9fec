use variorum_news::{Figure, Spanner};

use super::lexicon::TABLES;
use crate::Reading;
use crate::figures::lexicon::rows;

fn figures_of(language: &str, text: &str) -> Vec<Figure> {
    let spanner = Spanner::new(&"r".into(), text);
    let sentences = variorum_text::sentences(text);
    let reading =
        Reading { text, spanner: &spanner, sentences: &sentences, published: None, language: "en", grammar: None };
    crate::figures::figures(&reading, &[], &[], Some(language))
}

fn check(language: &str, text: &str, expected: &str) {
    let said: Vec<String> = figures_of(language, text)
        .iter()
        .map(|f| {
            let hedge = f.hedge.map_or(String::new(), |hedge| format!(" {hedge:?}"));
            let unit = f.unit.as_deref().map_or(String::new(), |unit| format!(" {unit}"));
            let what = f.what.as_deref().map_or(String::new(), |what| format!(" {what}"));
            format!("[{}] {}{unit}{what}{hedge}", f.span.text, f.value)
        })
        .collect();
    assert_eq!(said.join("; "), expected, "{text}");
}

#[test]
fn every_row_has_an_example_that_holds() {
    for (language, table) in TABLES {
        for row in rows(table).filter(|row| row[3] != "-") {
            let found = figures_of(language, row[3]);
            assert_eq!(found.len(), 1, "{}", row[3]);
            let figure = &found[0];
            let held = match row[0] {
                "number" => format!("{}", figure.value) == row[1],
                "scale" => Ok(figure.value) == row[1].parse::<f64>().map(|scale| scale * 5.0),
                "unit" => figure.unit.as_deref() == Some(row[1]),
                "hedge" => figure.value == 40.0 && figure.hedge == Some(super::lexicon::hedge(row[1])),
                _ => true,
            };
            assert!(held, "{} {figure:?}", row[3]);
        }
    }
}

#[test]
fn marks_between_digits() {
    check("es", "Murieron 1.500 personas, el 3,5 % del pueblo.", "[1.500 personas] 1500 personas; [3,5 %] 3.5 %");
    check("fr", "Le port a reçu 1 500 millions d'euros.", "[1 500 millions d'euros] 1500000000 EUR");
    check("de", "Der Bau kostet 2,5 Mio. Euro.", "[2,5 Mio. Euro] 2500000 EUR");
    check("pt", "Mais de 2 mil pessoas fugiram.", "[Mais de 2 mil pessoas] 2000 pessoas Over");
    check("it", "Circa 1.200 nuovi posti di lavoro.", "[Circa 1.200 nuovi posti] 1200 nuovi posti About");
    check("de", "Rund 300 junge Menschen kamen.", "[Rund 300 junge Menschen] 300 junge Menschen About");
}

#[test]
fn numbers_that_are_no_amounts() {
    check("es", "El 3 de mayo de 2019 aplicaron el artículo 5.", "");
    check("fr", "Le 3 mai 2019, le vol 212 a quitté la rue 12.", "");
    check("de", "Am 3. Mai 2019 trat Artikel 5 in Kraft, um 3:41 Uhr.", "");
    check("pt", "O Boeing 737 saiu em 2019.", "");
    check("it", "Il 3 maggio 2019, in via 12.", "");
}

#[test]
fn long_lines_take_linear_time() {
    for unit in ["1.", "12 ", "1.000 ", "mil ", "de ", "5 millones de ", "'", "é"] {
        figures_of("es", &unit.repeat(20_000 / unit.len()));
    }
}

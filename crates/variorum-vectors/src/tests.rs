//! With a small model of our own making: what matters is that files are read rightly and never panic.

use super::{Error, Model, cosine};

const WORDS: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nferry\nferr\n##ies\nleft\n.\nthe";
const WIDTH: usize = 192;

/// A model of one layer whose weights look like chance.
fn weights() -> Vec<u8> {
    let mut seed = 7_u32;
    let (mut header, mut numbers) = (serde_json::Map::new(), Vec::<u8>::new());
    let mut add = |name: &str, shape: &[usize], centre: f32| {
        let from = numbers.len();
        for _ in 0..shape.iter().product::<usize>() {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            numbers.extend((centre + (seed >> 8) as f32 / 83_886_080.0 - 0.1).to_le_bytes());
        }
        let entry = serde_json::json!({ "dtype": "F32", "shape": shape, "data_offsets": [from, numbers.len()] });
        header.insert(name.to_owned(), entry);
    };
    add("embeddings.word_embeddings.weight", &[10, WIDTH], 0.0);
    add("embeddings.position_embeddings.weight", &[128, WIDTH], 0.0);
    add("embeddings.token_type_embeddings.weight", &[2, WIDTH], 0.0);
    for norm in
        ["embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"]
    {
        add(&format!("{norm}.weight"), &[WIDTH], 1.0);
        add(&format!("{norm}.bias"), &[WIDTH], 0.0);
    }
    for (name, outputs, inputs) in [
        ("attention.self.query", WIDTH, WIDTH),
        ("attention.self.key", WIDTH, WIDTH),
        ("attention.self.value", WIDTH, WIDTH),
        ("attention.output.dense", WIDTH, WIDTH),
        ("intermediate.dense", 2 * WIDTH, WIDTH),
        ("output.dense", WIDTH, 2 * WIDTH),
    ] {
        add(&format!("encoder.layer.0.{name}.weight"), &[outputs, inputs], 0.0);
        add(&format!("encoder.layer.0.{name}.bias"), &[outputs], 0.0);
    }
    let header = serde_json::Value::Object(header).to_string();
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &numbers].concat()
}

#[test]
fn the_same_words_have_the_same_vector_and_other_words_another() {
    let model = Model::new(&weights(), WORDS).unwrap();
    let vector = |text| model.vector(text);
    assert!((cosine(&vector("The ferry left."), &vector("the FERRY left .")) - 1.0).abs() < 1e-5);
    assert!(cosine(&vector("The ferry left."), &vector("ferries")) < 0.999);
    for odd in ["", "😀", "\u{200b}", &"ferry ".repeat(5_000), &"x".repeat(5_000), "مرحبا"] {
        let vector = vector(odd);
        assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-4, "{odd:.20}");
    }
}

#[test]
fn words_are_cut_into_the_longest_known_pieces() {
    let vocabulary = crate::vocabulary::Vocabulary::new(WORDS).unwrap();
    assert_eq!(vocabulary.pieces("Férries left; ferryman", 128), [2, 5, 6, 7, 1, 1, 3]);
    assert_eq!(vocabulary.pieces("left left left left", 4), [2, 7, 7, 3]);
}

#[test]
fn files_that_are_no_model_are_named() {
    let weights = weights();
    for cut in [0, 7, 20, weights.len() / 2, weights.len() - 1] {
        assert!(Model::new(&weights[..cut], WORDS).is_err(), "{cut}");
    }
    assert!(matches!(Model::new(&weights, "ferry\nleft"), Err(Error::Vocabulary { .. })));
    let many: String = (0..20).map(|n| format!("\nword{n}")).collect();
    assert!(matches!(Model::new(&weights, &format!("{WORDS}{many}")), Err(Error::Vocabulary { .. })));
}

//! Tests of the whole: conformance to the reference, and what must hold of any text.

use proptest::prelude::*;

use crate::{Depth, Label, NameKind, Sentence, Tag, parse, parse_to};

/// Texts, parted by a line that is `%`, and what the reference finds in them.
const GOLDEN: [(&str, &str); 3] = [
    (include_str!("../golden/invented.txt"), include_str!("../golden/invented.tsv")),
    (include_str!("../golden/prose.txt"), include_str!("../golden/prose.tsv")),
    (include_str!("../golden/interviews.txt"), include_str!("../golden/interviews.tsv")),
];

fn texts(file: &str) -> impl Iterator<Item = &str> {
    file.trim_end_matches('\n').split("\n%\n")
}

/// What was found in a text, in the rows of `golden/expect.py`.
fn rows(text: &str) -> Vec<String> {
    let chars = |bytes: std::ops::Range<usize>| text[bytes].chars().count();
    let (mut tokens, mut names, mut end) = (Vec::new(), Vec::new(), 0);
    for sentence in parse(text) {
        let first = tokens.len();
        for name in &sentence.names {
            names.push(format!("name\t{}\t{}\t{}", first + name.first, name.end - name.first, name.kind.name()));
        }
        for (at, token) in sentence.tokens.iter().enumerate() {
            let begins = if at == 0 { "|" } else { "" };
            let (since, long, up) = (chars(end..token.start), chars(token.range()), token.head as isize - at as isize);
            let (tag, coarse, label) = (token.tag.name(), token.coarse.name(), token.label.name());
            tokens.push(format!("{begins}{since}\t{long}\t{tag}\t{coarse}\t{up}\t{label}"));
            end = token.end;
        }
    }
    tokens.extend(names);
    tokens
}

#[test]
fn all_is_as_the_reference_finds_it() {
    let mut tokens = 0;
    for (file, expected) in GOLDEN {
        let expected = expected.split_terminator("\n\n");
        assert_eq!(texts(file).count(), expected.clone().count());
        for (text, expected) in texts(file).zip(expected) {
            let found = rows(text);
            for (at, (found, expected)) in found.iter().zip(expected.lines()).enumerate() {
                assert_eq!(found, expected, "row {at} of: {text}");
            }
            assert_eq!(found.len(), expected.lines().count(), "{text}");
            tokens += found.iter().filter(|row| !row.starts_with("name")).count();
        }
    }
    assert!(tokens > 40_000, "{tokens} tokens");
}

/// Writes a sentence as words with their labels and heads.
fn tree(text: &str) -> String {
    let sentence = &parse_to(text, Depth::Trees)[0];
    let word = |at: usize| &text[sentence.tokens[at].range()];
    let arc = |token: &crate::Token| format!("{}<{}", token.label.name(), word(token.head));
    sentence
        .tokens
        .iter()
        .map(|token| format!("{} {}", &text[token.range()], arc(token)))
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn what_is_counted_hangs_together() {
    assert_eq!(tree("Two ferries sank."), "Two nummod<ferries, ferries nsubj<sank, sank ROOT<sank, . punct<sank",);
}

#[test]
fn names_have_kinds() {
    let text = "Ada Orr left Delmare on Tuesday.";
    let sentence = &parse(text)[0];
    let names: Vec<_> = sentence.names.iter().map(|n| (sentence.tokens[n.first].start, n.kind)).collect();
    assert_eq!(names[0], (0, NameKind::Person));
    assert_eq!(names.last(), Some(&(24, NameKind::Date)));
    assert!(parse_to(text, Depth::Trees)[0].names.is_empty());
}

#[test]
fn subtrees_and_children_are_found() {
    let text = "The captain of the ferry resigned on Tuesday.";
    let sentence = &parse(text)[0];
    assert_eq!(sentence.children(1).collect::<Vec<_>>(), [0, 2]);
    assert_eq!((sentence.subtree(1), sentence.subtree(5)), (0..5, 0..9));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a thread with nothing remembered must answer the same")]
fn an_answer_does_not_depend_on_what_was_asked_before() {
    let text = "The harbour of Delmare was closed on Tuesday, Ada Orr said.";
    let first = parse(text);
    for other in GOLDEN.into_iter().flat_map(|(file, _)| texts(file)).take(100) {
        parse(other);
    }
    assert_eq!(parse(text), first);
    assert_eq!(std::thread::scope(|scope| scope.spawn(|| parse(text)).join().unwrap()), first);
}

/// Checks what must hold of any text.
fn check_any(text: &str) -> Vec<Sentence> {
    let sentences = parse(text);
    let mut at = 0;
    for sentence in &sentences {
        assert!(!sentence.tokens.is_empty());
        for token in &sentence.tokens {
            assert!(token.start >= at && token.end > token.start, "tokens stand in order");
            assert!(text[at..token.start].chars().all(|c| c == ' '), "only spaces are left out");
            let blank = text[token.range()].chars().all(|c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c));
            assert_eq!(blank, token.tag == Tag::Sp && token.coarse == crate::Coarse::Space);
            at = token.end;
        }
        check_tree(sentence);
        check_names(sentence);
        assert!(text.get(sentence.range()).is_some());
    }
    assert!(text[at..].chars().all(|c| c == ' '));
    sentences
}

fn check_tree(sentence: &Sentence) {
    let roots = sentence.tokens.iter().enumerate().filter(|(at, token)| token.head == *at).count();
    assert_eq!(roots, 1, "one root a sentence");
    for (at, token) in sentence.tokens.iter().enumerate() {
        assert!(token.tag == Tag::Sp || (token.label == Label::Root) == (token.head == at));
        let mut up = at;
        for _ in 0..=sentence.tokens.len() {
            up = sentence.tokens[up].head;
        }
        assert_eq!(sentence.tokens[up].head, up, "every way up ends at the root");
    }
}

fn check_names(sentence: &Sentence) {
    let mut at = 0;
    for name in &sentence.names {
        assert!(at <= name.first && name.first < name.end && name.end <= sentence.tokens.len());
        at = name.end;
    }
}

#[test]
fn odd_texts_are_taken_as_they_are() {
    let long_word = "ha".repeat(2_000);
    let odd = [
        "",
        " ",
        "  ",
        "\n",
        "\n\n \t",
        ".",
        "“”",
        "’",
        "...",
        "\u{0}\u{1b}\u{1f}",
        "שלום עולם",
        "مرحبا بالعالم.",
        "🚢🚢 👩‍👩‍👧 ok",
        "e\u{301}te\u{301}",
        "a\u{3000}b\u{a0}c",
        "\u{feff}Start",
        "a@b@c://d.e",
        ":) :-( (╯°□°）╯︵┻━┻",
        &long_word,
    ];
    for text in odd {
        check_any(text);
    }
}

#[test]
fn long_texts_take_linear_work() {
    // Without windows and bounds these would take minutes.
    for piece in ["(", "a ", "1", "and the ferry that ", "no. ", "\n", "@", "''", "a-", "the of "] {
        check_any(&piece.repeat(6_000 / piece.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_keeps_its_bytes(text in "\\PC{0,120}") {
        check_any(&text);
    }

    #[test]
    fn any_words_make_trees(words in proptest::collection::vec(
        prop_oneof!["[a-z]{1,8}", "[A-Z][a-z]{1,6}", "[0-9,.]{1,5}", "[“”‘’\"'().,;:!?—-]{1,2}", "[ \n\t]{1,3}", "(said|that|who|which|to|of|and|was)"], 0..80)) {
        check_any(&words.join(" "));
    }
}

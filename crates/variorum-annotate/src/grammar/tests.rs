use super::*;

const TEXT: &str = "Harbour to close\nTwo old ferries sank off Delmare, Ada Orr said.";

fn word(grammar: &Grammar, word: &str) -> usize {
    grammar.at(TEXT.find(word).expect("in the text")).expect("a token")
}

#[test]
fn a_heading_is_no_part_of_the_next_sentence() {
    let grammar = Grammar::new(TEXT, Depth::Trees);
    let break_at = TEXT.find('\n').expect("two lines");
    let outside = grammar.tokens().iter().enumerate().filter(|(_, token)| token.end <= break_at);
    assert!(outside.clone().count() == 3);
    assert!({ outside }.all(|(_, token)| token.head < 3));
}

#[test]
fn a_subtree_holds_its_words() {
    let grammar = Grammar::new(TEXT, Depth::Trees);
    assert_eq!(&TEXT[grammar.subtree(word(&grammar, "ferries"))], "Two old ferries");
    let sank = word(&grammar, "sank");
    assert_eq!(grammar.child(sank, Label::Nsubj), Some(word(&grammar, "ferries")));
    assert_eq!(grammar.head(grammar.within(17..32)), Some(word(&grammar, "ferries")));
}

#[test]
fn names_have_tokens_of_the_whole_text() {
    let grammar = Grammar::new(TEXT, Depth::Names);
    let named = |(range, _): &(Range<usize>, NameKind)| {
        TEXT[grammar.tokens()[range.start].start..grammar.tokens()[range.end - 1].end].to_owned()
    };
    assert!(grammar.names.iter().map(named).any(|name| name == "Ada Orr"));
}

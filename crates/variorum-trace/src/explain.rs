//! Why two reports are linked or not, in sentences that a person can check against the texts.

use variorum_news::EdgeKind;

use crate::direction::by_date;
use crate::link::Link;
use crate::model;
use crate::profile::{Class, Profile};

/// Returns the verdict, what speaks for a link, and what speaks against it.
pub fn explain(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> Vec<String> {
    let mut said = vec![verdict(a, b, link)];
    said.extend(credit(a, b, link));
    said.push(common(a, b, link));
    said.push(alone(a, b));
    said
}

fn verdict(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> String {
    let score = model::probability(link.odds);
    if !link.holds() {
        return format!("Not linked (score {score:.2}): {} and {} read as told independently.", name(a), name(b));
    }
    let (from, to) = if link.forward() { (a, b) } else { (b, a) };
    let (from_name, to_name) = (name(from), name(to));
    let what = match link.kind {
        EdgeKind::Copy => format!("{to_name} has the text of {from_name}, edited by a few words"),
        EdgeKind::Excerpt => format!("{to_name} has passages of {from_name} word for word"),
        EdgeKind::Rewrite => format!("{to_name} tells {from_name} again in other words"),
        EdgeKind::SharedOrigin => format!("{from_name} and {to_name} both descend from a text that is not at hand"),
    };
    let why = match (&link.credits, by_date(from.report, to.report)) {
        _ if link.kind == EdgeKind::SharedOrigin => "",
        (credits, _) if credits.iter().any(Option::is_some) => "; the direction rests on the credit",
        (_, 1) => "; the direction rests on the words and on the dates that they claim",
        _ if link.direction == 0.0 => "; nothing tells the direction",
        (_, -1) => "; the direction rests on the words, against the dates that they claim",
        _ => "; the direction rests on the words alone",
    };
    format!("Linked (score {score:.2}): {what}{why}.")
}

fn credit(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> Option<String> {
    let (who, whom, named) = match &link.credits {
        [Some(named), _] => (b, a, named),
        [_, Some(named)] => (a, b, named),
        _ => return None,
    };
    let words = named.span.as_ref().map_or(named.source.as_str(), |span| span.text.as_str());
    Some(format!("For: {} names {} as its source (“{}”).", name(who), name(whom), short(words)))
}

fn common(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> String {
    let likeness = &link.likeness;
    let order = match likeness.order {
        _ if likeness.anchors < 6 => "too few words stand once in each to speak of their order",
        order if order >= 0.6 => "words that stand once in each keep their order",
        order if order >= 0.25 => "words that stand once in each keep their order in part",
        _ => "words that stand once in each stand in different order",
    };
    let told = |side: &crate::likeness::Side| (side.told * 100.0).round();
    let measured = format!(
        "{:.0} % of what {} says is told in {} too and {:.0} % the other way round, {:.0} % of the lesser report's \
         three-word runs stand in both, {order}",
        told(&likeness.a),
        name(a),
        name(b),
        told(&likeness.b),
        likeness.runs * 100.0,
    );
    match likeness.matches.iter().max_by(|x, y| x.proof.total_cmp(&y.proof)) {
        Some(best) => {
            let words = |profile: &Profile<'_>, sentence: usize| {
                short(&profile.spanner.text()[profile.sentences[sentence].clone()]).to_owned()
            };
            format!("In common: {measured}; likest are “{}” and “{}”.", words(a, best.a), words(b, best.b))
        }
        None => format!("In common: {measured}; no sentence of one is told in the other."),
    }
}

fn alone(a: &Profile<'_>, b: &Profile<'_>) -> String {
    format!("Each alone: {}; {}.", lacking(a, b), lacking(b, a))
}

fn lacking(own: &Profile<'_>, other: &Profile<'_>) -> String {
    let new = |class: Class, theirs: &[u64]| -> Vec<&str> {
        let mut seen: Vec<&str> = Vec::new();
        for token in own.tokens.iter().filter(|t| t.class == class && theirs.binary_search(&t.key).is_err()) {
            let words = &own.spanner.text()[token.bytes.clone()];
            if !seen.contains(&words) {
                seen.push(words);
            }
        }
        seen
    };
    let counted = |kind: &str, words: Vec<&str>| match words.len() {
        0 => format!("no {kind}"),
        all => {
            let shown: Vec<String> = words.iter().take(3).map(|word| format!("“{word}”")).collect();
            format!("{all} {kind} ({}{})", shown.join(", "), if all > 3 { ", …" } else { "" })
        }
    };
    let numbers = counted("numbers", new(Class::Number, &other.numbers));
    let names = counted("words of names", new(Class::Name, &other.names));
    format!("{} has {numbers} and {names} that {} lacks", name(own), name(other))
}

fn name(profile: &Profile<'_>) -> String {
    profile.report.name()
}

/// Returns the first words of a passage, at most about a line of them.
fn short(passage: &str) -> &str {
    const LINE: usize = 110;
    if passage.len() <= LINE {
        return passage;
    }
    let end = (0..=LINE).rev().find(|at| passage.is_char_boundary(*at)).unwrap_or(0);
    &passage[..passage[..end].rfind(' ').unwrap_or(end)]
}

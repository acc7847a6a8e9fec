//! What a reader would say of a sentence and its rewrite: bent, and how, or not bent.

use variorum_news::{Annotations, DriftKind, Report, Span, Spanner};

use crate::confidence::SHOWN;
use crate::{Options, check};

/// A finding less sure than this is none; between this and what is shown by default, one has to ask for it.
const FOUND: f64 = 0.2;

fn read(id: &str, text: &str) -> Report {
    let mut report = Report::of_text(id, text);
    let spanner = Spanner::new(&report.id, &report.text);
    let sentences: Vec<Span> = variorum_text::sentences(text).into_iter().map(|range| spanner.span(range)).collect();
    report.annotations = Some(Annotations { sentences, ..Annotations::default() });
    report
}

/// Returns the kinds of claims that a rewrite turned, as far as the findings are so sure.
fn turned(source: &str, rewrite: &str, least: f64) -> Vec<DriftKind> {
    let (rewrite, source) = (read("rewrite", rewrite), read("source-1", source));
    let check = check(&rewrite, &[&source], &Options { all: true });
    let ours = [
        DriftKind::Polarity,
        DriftKind::Hedge,
        DriftKind::Scope,
        DriftKind::Status,
        DriftKind::Cause,
        DriftKind::Attribution,
    ];
    let mut kinds: Vec<DriftKind> =
        check.drift.iter().filter(|d| ours.contains(&d.kind) && d.confidence >= least).map(|d| d.kind).collect();
    kinds.dedup();
    kinds
}

/// Runs a table of source, rewrite, and the kind that a reader would name.
fn all(cases: &[(&str, &str, Option<DriftKind>)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(source, rewrite, wanted)| {
            let found = turned(source, rewrite, if wanted.is_some() { FOUND } else { SHOWN });
            let right = match wanted {
                Some(kind) => found.contains(kind),
                None => found.is_empty(),
            };
            (!right).then(|| format!("{source} / {rewrite}: {found:?}, not {wanted:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

const POLARITY: Option<DriftKind> = Some(DriftKind::Polarity);
const HEDGE: Option<DriftKind> = Some(DriftKind::Hedge);
const SCOPE: Option<DriftKind> = Some(DriftKind::Scope);
const STATUS: Option<DriftKind> = Some(DriftKind::Status);
const CAUSE: Option<DriftKind> = Some(DriftKind::Cause);
const ATTRIBUTION: Option<DriftKind> = Some(DriftKind::Attribution);

#[test]
fn what_is_so_and_what_is_not() {
    all(&[
        ("The council did not close the harbour bridge.", "The council closed the harbour bridge.", POLARITY),
        ("The council closed the harbour bridge on Monday.", "The council did not close the harbour bridge.", POLARITY),
        ("Ada Orr refused to sign the ferry contract.", "Ada Orr signed the ferry contract.", POLARITY),
        ("Ada Orr signed the ferry contract in Delmare.", "Ada Orr refused to sign the ferry contract.", POLARITY),
        ("No ferry left the harbour during the storm.", "Several ferries left the harbour during the storm.", POLARITY),
        ("Ben Lee praised the harbour plan on Monday.", "Ben Lee condemned the harbour plan on Monday.", POLARITY),
        ("The council approved the ferry budget.", "The council rejected the ferry budget.", POLARITY),
        ("Ticket prices on the ferry rose by a fifth.", "Ticket prices on the ferry fell by a fifth.", POLARITY),
        ("The union supports the harbour strike.", "The union opposes the harbour strike.", POLARITY),
        ("Lee argued for the harbour plan.", "Lee argued against the harbour plan.", POLARITY),
        ("The jury convicted the ferry captain of fraud.", "The jury acquitted the ferry captain of fraud.", POLARITY),
        ("The rule weakens protection for ferry crews.", "The rule strengthens protection for ferry crews.", POLARITY),
        // The same, said otherwise.
        ("The council did not close the harbour bridge.", "The harbour bridge was not closed by the council.", None),
        ("Ada Orr refused to sign the ferry contract.", "Ada Orr would not sign the ferry contract.", None),
        ("Ada Orr refused to sign the ferry contract.", "Ada Orr declined to sign the ferry contract.", None),
        (
            "No ferry left the harbour during the storm.",
            "During the storm the ferries did not leave the harbour.",
            None,
        ),
        ("The council rejected the ferry budget.", "The council did not approve the ferry budget.", None),
        ("The harbour bridge is not safe for lorries.", "The harbour bridge is unsafe for lorries.", None),
        ("Ben Lee praised the harbour plan on Monday.", "On Monday the harbour plan was praised by Ben Lee.", None),
        ("The council closed the bridge but not the tunnel.", "The council closed the bridge.", None),
        ("Ticket prices on the ferry rose by a fifth.", "Ferry ticket prices went up by a fifth.", None),
        ("He left without paying the harbour fee.", "He left and did not pay the harbour fee.", None),
    ]);
}

#[test]
fn how_sure_it_is() {
    all(&[
        ("The harbour bridge may close in spring.", "The harbour bridge will close in spring.", HEDGE),
        ("The leak could delay the ferry for months.", "The leak will delay the ferry for months.", HEDGE),
        (
            "The video apparently shows Lee leaving the harbour.",
            "The video clearly shows Lee leaving the harbour.",
            HEDGE,
        ),
        ("The company may need to sell the ferry.", "The company must sell the ferry.", HEDGE),
        ("Lee may have broken the harbour rules.", "Lee has broken the harbour rules.", HEDGE),
        (
            "The fire was probably started by a lamp in the ferry's kitchen.",
            "The fire was certainly started by a lamp in the ferry's kitchen.",
            HEDGE,
        ),
        ("The ferry was reportedly sold to a firm in Lenz.", "The ferry was sold to a firm in Lenz.", HEDGE),
        ("The captain appears to have left the harbour.", "The captain has left the harbour.", HEDGE),
        // As sure as before.
        ("The harbour bridge may close in spring.", "The harbour bridge might close in spring.", None),
        ("The leak could delay the ferry for months.", "The leak may delay the ferry for months.", None),
        ("The harbour bridge will close in spring.", "In spring the harbour bridge will close.", None),
        ("The fire was probably started by a lamp.", "A lamp probably started the fire.", None),
        (
            "The ferry was reportedly sold to a firm in Lenz.",
            "The ferry is said to have been sold to a firm in Lenz.",
            None,
        ),
        ("Lee allegedly took the harbour money.", "Lee is accused of taking the harbour money.", None),
        ("It is unclear whether the ferry will sail.", "Nobody knows whether the ferry will sail.", None),
        ("The captain has left the harbour.", "The captain left the harbour.", None),
        ("The council is expected to approve the plan.", "The council is likely to approve the plan.", None),
    ]);
}

#[test]
fn how_many_it_is_said_of() {
    all(&[
        ("Some schools in the old town stayed closed.", "All schools in the old town stayed closed.", SCOPE),
        ("Most of the ferry crews voted for the strike.", "All of the ferry crews voted for the strike.", SCOPE),
        ("Many residents of the harbour complained.", "All residents of the harbour complained.", SCOPE),
        ("Several councillors left the hall in protest.", "All councillors left the hall in protest.", SCOPE),
        ("The emails mostly concern the ferry contract.", "The emails only concern the ferry contract.", SCOPE),
        ("Orr is one of only two pilots in the harbour.", "Orr is the only pilot in the harbour.", SCOPE),
        ("Many harbour workers own a boat.", "Most harbour workers own a boat.", SCOPE),
        // As many as before.
        ("All schools in the old town stayed closed.", "Every school in the old town stayed closed.", None),
        ("Both ferries sailed on Monday.", "The two ferries both sailed on Monday.", None),
        ("Some schools in the old town stayed closed.", "Several schools in the old town stayed closed.", None),
        ("Most of the ferry crews voted for the strike.", "A majority of the ferry crews voted for the strike.", None),
        ("The entire harbour crew voted for the strike.", "All of the harbour crew voted for the strike.", None),
        ("Only the ferry sailed on Monday.", "On Monday the ferry alone sailed.", None),
        ("Orr is the only pilot in the harbour.", "The harbour has only one pilot, Orr.", None),
    ]);
}

#[test]
fn how_far_it_has_come() {
    all(&[
        (
            "Orr plans to file a complaint against the ferry firm.",
            "Orr has filed a complaint against the ferry firm.",
            STATUS,
        ),
        ("The mayor is expected to sign the harbour bill.", "The mayor signed the harbour bill.", STATUS),
        ("Lee threatened to leave the harbour council.", "Lee has left the harbour council.", STATUS),
        ("The crew tried to reach the burning ferry.", "The crew reached the burning ferry.", STATUS),
        ("The council wants to sell the old ferry.", "The council sold the old ferry.", STATUS),
        // As far as before.
        (
            "Orr plans to file a complaint against the ferry firm.",
            "Orr intends to file a complaint against the ferry firm.",
            None,
        ),
        ("Orr filed a complaint against the ferry firm.", "A complaint was filed by Orr against the ferry firm.", None),
        (
            "The mayor is expected to sign the harbour bill.",
            "The mayor will sign the harbour bill, it is expected.",
            None,
        ),
        ("The crew tried to reach the burning ferry.", "The crew made an attempt to reach the burning ferry.", None),
        ("The council wants to sell the old ferry.", "The council hopes to sell the old ferry.", None),
        ("Lee has left the harbour council.", "Lee left the harbour council.", None),
    ]);
}

#[test]
fn one_verb_at_another_step() {
    all(&[
        (
            "The strike might close the old harbour for weeks.",
            "The strike would close the old harbour for weeks.",
            HEDGE,
        ),
        (
            "The council is to open the northern quay in May.",
            "The council has opened the northern quay in May.",
            STATUS,
        ),
        ("The tunnel was apparently damaged by the storm.", "The tunnel was damaged by the storm.", HEDGE),
        // As far, and as sure.
        ("The council is to open the northern quay in May.", "The council will open the northern quay in May.", None),
        (
            "The council planned to open the quay. On Monday it opened the quay.",
            "The council opened the quay on Monday.",
            None,
        ),
        (
            "The strike might close the old harbour for weeks.",
            "The strike could close the old harbour for weeks.",
            None,
        ),
        ("Orr said the strike would close the old harbour.", "The strike will close the old harbour, Orr said.", None),
        (
            "The tunnel was apparently damaged by the storm.",
            "The tunnel seems to have been damaged by the storm.",
            None,
        ),
    ]);
}

#[test]
fn words_of_scope_put_in() {
    all(&[
        (
            "Three ferries of the firm failed the test on Monday.",
            "All ferries of the firm failed the test on Monday.",
            SCOPE,
        ),
        (
            "Three ferries of the firm failed the test on Monday.",
            "On Monday three ferries of the firm failed the test.",
            None,
        ),
        (
            "Every ferry of the firm failed the test on Monday.",
            "All ferries of the firm failed the test on Monday.",
            None,
        ),
    ]);
}

#[test]
fn why_it_happened() {
    all(&[
        (
            "The harbour bridge closed on Monday. Schools stay open.",
            "The harbour bridge closed on Monday because of unpaid repair bills.",
            CAUSE,
        ),
        (
            "Mayor Orr sold the old ferry to a firm in Lenz.",
            "Mayor Orr sold the old ferry to a firm in Lenz under pressure from angry creditors.",
            CAUSE,
        ),
        (
            "The captain apologised to the harbour crew on Friday.",
            "The captain apologised to the harbour crew on Friday because his employer insisted.",
            CAUSE,
        ),
        ("The harbour bridge closed because of snow.", "The harbour bridge closed due to snow.", None),
        (
            "Snow fell for days, so the harbour bridge closed.",
            "The harbour bridge closed because snow fell for days.",
            None,
        ),
        ("The leak led to delays at the harbour.", "The leak caused delays at the harbour.", None),
        ("The harbour bridge closed on Monday.", "On Monday the harbour bridge closed.", None),
    ]);
}

#[test]
fn who_did_it_to_whom() {
    all(&[
        ("Orr sued Lee over the ferry contract.", "Lee sued Orr over the ferry contract.", POLARITY),
        ("Orr accused Lee of hiding the harbour money.", "Lee accused Orr of hiding the harbour money.", POLARITY),
        ("The ferry hit the barge near Lenz.", "The barge hit the ferry near Lenz.", POLARITY),
        ("Orr defeated Lee in the harbour election.", "Orr was defeated by Lee in the harbour election.", POLARITY),
        ("Orr sued Lee over the ferry contract.", "Lee was sued by Orr over the ferry contract.", None),
        ("Lee was sued by Orr over the ferry contract.", "Orr sued Lee over the ferry contract.", None),
        ("The ferry hit the barge near Lenz.", "The barge was hit by the ferry near Lenz.", None),
        ("Orr met Lee in Delmare on Monday.", "Lee and Orr met in Delmare on Monday.", None),
    ]);
}

#[test]
fn who_says_it() {
    all(&[
        (
            "Ada Orr said the ferry company had hidden cracks in the hull for years.",
            "Experts said the ferry company had hidden cracks in the hull for years.",
            ATTRIBUTION,
        ),
        (
            "Thieves set the fire at the harbour, two engineers said. The hall burned down.",
            "Thieves set the fire at the harbour, Lena Falk admitted. The hall burned down.",
            ATTRIBUTION,
        ),
        (
            "According to Ben Lee, the harbour bridge needs urgent repairs.",
            "Reports indicate that the harbour bridge needs urgent repairs.",
            ATTRIBUTION,
        ),
        (
            "Ada Orr said the ferry company had hidden cracks in the hull.",
            "The ferry company had hidden cracks in the hull, according to Ada Orr.",
            None,
        ),
        (
            "Ada Orr, the mayor, spoke on Monday. Orr said the ferry company had hidden cracks in the hull.",
            "The mayor said the ferry company had hidden cracks in the hull.",
            None,
        ),
        (
            "Police said the ferry sank near Lenz after midnight.",
            "The ferry sank near Lenz after midnight, police said.",
            None,
        ),
        ("The harbour office said the ferry sailed on Monday.", "The ferry sailed on Monday.", None),
        (
            "The United Harbours said the old grain ferry sank off Lenz.",
            "The UH says the old grain ferry sank off Lenz.",
            None,
        ),
    ]);
}

#[test]
fn the_other_side_is_heard() {
    all(&[
        (
            "Ben Lee accused Ada Orr of hiding the harbour money. Orr denied the accusation.",
            "Ada Orr is accused by Ben Lee of hiding the harbour money.",
            ATTRIBUTION,
        ),
        (
            "Ben Lee accused Ada Orr of hiding the harbour money. Orr denied the accusation.",
            "Ben Lee accused Ada Orr of hiding the harbour money, which Orr denies.",
            None,
        ),
    ]);
}

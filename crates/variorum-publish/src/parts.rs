//! One story as the pieces of a page that someone else puts together.

use std::collections::BTreeMap;

use maud::{Markup, html};
use variorum_news::{Report, Story};

use crate::edition::Edition;
use crate::page::sheet::{Sheet, colour};
use crate::page::{account, apparatus, lineage, origins, witnesses};

/// The pieces of a story's page, as markup that is escaped.
///
/// Links lead from piece to piece, so all that is shown must stand on one page; the page's style is [`crate::STYLE`].
#[derive(Debug, Clone)]
pub struct Parts {
    /// The story's title, in the language of the report that it is of.
    pub title: Markup,
    /// Reports, publishers and independent origins in one line.
    pub counts: String,
    /// The letters of the reports by origin.
    pub origins: Markup,
    /// The account, each sentence with its letters; a section.
    pub account: Markup,
    /// Who has words from whom, drawn and told; a section.
    pub lineage: Markup,
    /// Where reports differ, a piece a variant, in the order of the story.
    pub variants: Vec<Markup>,
    /// What rewrites changed, a piece a change, in the order of the story.
    pub drift: Vec<Markup>,
    /// What happened when; a section.
    pub timeline: Markup,
    /// What is agreed, and what one origin alone tells; a section.
    pub statements: Markup,
    /// The reports with their words.
    pub witnesses: Vec<Witness>,
}

/// One report of a story on its page.
#[derive(Debug, Clone)]
pub struct Witness {
    /// Its letter.
    pub siglum: String,
    /// The class that colours its letter.
    pub class: String,
    /// Who published it.
    pub name: String,
    /// The number of its independent origin, counted from 0.
    pub origin: usize,
    /// Its words, with the places that letters lead to.
    pub article: Markup,
    /// The statements that it alone tells, each in its sentence.
    pub alone: Vec<Markup>,
}

/// Returns the pieces of a story's page. The headings of sections are of the second level.
///
/// Reports that the story does not name are left out; those that it names and that are not handed in, too.
pub fn story_parts(story: &Story, reports: &[&Report]) -> Parts {
    let by_id: BTreeMap<&str, &Report> = reports.iter().map(|report| (&*report.id, *report)).collect();
    let mut sheet = Sheet::new(Edition::new(story, &by_id), 1, 1);
    sheet.rest = "the story's JSON";
    Parts {
        title: title(&sheet),
        counts: sheet.edition.counts(),
        origins: origins(&sheet),
        account: account::account(&sheet),
        lineage: lineage::lineage(&sheet),
        variants: story.variants.iter().enumerate().map(|(n, v)| apparatus::table(&sheet, n, v)).collect(),
        drift: story.drift.iter().map(|change| apparatus::pair(&sheet, change)).collect(),
        timeline: account::timeline(&sheet),
        statements: account::statements(&sheet),
        witnesses: (0..sheet.edition.witnesses.len()).map(|place| witness(&sheet, place)).collect(),
    }
}

fn title(sheet: &Sheet) -> Markup {
    match &sheet.edition.story.title {
        Some(title) => sheet.words(title, html! { (title.text) }),
        None => html! { bdi { (sheet.edition.title()) } },
    }
}

fn witness(sheet: &Sheet, place: usize) -> Witness {
    let witness = &sheet.edition.witnesses[place];
    Witness {
        siglum: witness.siglum.clone(),
        class: colour(witness),
        name: witness.name().to_owned(),
        origin: witness.origin,
        article: witnesses::witness(sheet, place),
        alone: account::alone(sheet, &witness.report.id),
    }
}

#[cfg(test)]
mod tests {
    use crate::{page, sample, story_parts};

    #[test]
    fn the_parts_are_those_of_the_page() {
        let mut dossier = sample::dossier();
        // The page shows many stories one level lower; one alone is on the level of the parts.
        dossier.stories.truncate(1);
        let story = &dossier.stories[0];
        let parts = story_parts(story, &dossier.reports.iter().collect::<Vec<_>>());
        let page = page(&dossier);
        let all = [&parts.title, &parts.origins, &parts.account, &parts.timeline, &parts.statements];
        let found = parts.variants.iter().chain(&parts.drift).chain(parts.witnesses.iter().map(|w| &w.article));
        for part in all.into_iter().chain(found) {
            assert!(page.contains(&part.0), "{}", part.0);
        }
        assert_eq!(parts.variants.len(), story.variants.len());
        assert_eq!(parts.witnesses.len(), story.reports.len());
    }
}

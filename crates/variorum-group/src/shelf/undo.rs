//! What a merge rests on, and how one is undone.

use variorum_news::{GroupLine, Merge, ReportId, Split};

use super::{Shelf, confidence};
use crate::Options;
use crate::gist::Gist;
use crate::likeness::{evidence, probability, weigh};
use crate::merges::{Merges, Side, Signed};
use crate::ties::Ties;

/// Two sides that are less alike than this are two stories again: well below what a merge asks for, so that none goes
/// to and fro.
const HOLDS: f32 = 0.1;

/// Reports of a story among which the one is looked for that ties it most to a new report: half the first, half the latest.
const LOOKED_AT: usize = 16;

impl Shelf {
    /// Returns the line that tells of a merge: what ties the two is the newest report, and the one most like it.
    pub(super) fn merge_line(&self, [first, second]: [u32; 2], link: f32, newest: u32) -> GroupLine {
        let is_of_first = self.records[&newest].story == first;
        let other = self.most_like(newest, if is_of_first { second } else { first });
        let (new, old) = (self.records[&newest].id.clone(), self.records[&other].id.clone());
        GroupLine::Merge(Merge {
            merge: [first, second].map(|story| self.stories[&story].name.clone()),
            score: confidence(Some(probability(link))),
            because: if is_of_first { [new, old] } else { [old, new] },
        })
    }

    fn most_like(&self, newest: u32, story: u32) -> u32 {
        let records = &self.stories[&story].records;
        let latest = records.len().saturating_sub(LOOKED_AT / 2).max(LOOKED_AT / 2).min(records.len());
        let likely = records.iter().take(LOOKED_AT / 2).chain(&records[latest..]).copied();
        let with_likeness = likely.map(|at| (at, self.alike(&[newest], &[at])));
        let best = with_likeness.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        best.map_or(newest, |(at, _)| at)
    }

    /// Remembers what two stories are before they become one, if that may be undone.
    pub(super) fn remember(&mut self, first: u32, second: u32, options: &Options) {
        if !options.splits {
            return;
        }
        let [first, second] = [first, second].map(|at| {
            let story = &self.stories[&at];
            Side::of(at, &story.name, &story.records, &story.ids)
        });
        self.merges.join(first, second);
    }

    /// Signs a report in with the side of a merged story that it belongs to.
    pub(super) fn sign_in_with_side(
        &mut self,
        story: u32,
        report: &ReportId,
        record: Option<u32>,
        copy_of: Option<u32>,
    ) {
        let signed = Signed { id: report, record, copy_of };
        self.with_merges(|merges, shelf| merges.sign_in(story, signed, |a, b| shelf.alike(a, b)));
    }

    /// Undoes a merge of this story that its reports no longer bear out.
    pub(super) fn split(&mut self, story: u32) -> Option<GroupLine> {
        let side = self.with_merges(|merges, shelf| merges.part(story, HOLDS, |a, b| shelf.alike(a, b)))?;
        let stays = self.stories.get(&story)?;
        let records: Vec<u32> = stays.records.iter().copied().filter(|at| !side.records.contains(at)).collect();
        let (touched, gist) = (stays.touched, self.gist(&records));
        let line = Split { split: [stays.name.clone(), side.name.clone()], reports: side.ids.clone() };
        let stays = self.stories.get_mut(&story)?;
        (stays.records, stays.gist) = (records, gist);
        stays.ids.retain(|id| !side.ids.contains(id));
        for at in &side.records {
            if let Some(record) = self.records.get_mut(at) {
                record.story = side.story;
            }
        }
        let gist = self.gist(&side.records);
        // What finds the story has long led to the one that took it.
        self.gone.remove(&side.story);
        self.gone.extend(self.merges.sides_of(story).filter(|&other| other != story).map(|other| (other, story)));
        for record in side.records.iter().rev().take(LOOKED_AT).rev().filter_map(|at| self.records.get(at)) {
            self.candidates.post(side.story, &weigh(&record.terms, record.day, &self.counts));
        }
        let again = super::Story {
            name: side.name,
            records: side.records,
            ids: side.ids,
            touched,
            gist,
            ties: Ties::default(),
            rivals: Vec::new(),
        };
        self.stories.insert(side.story, again);
        Some(GroupLine::Split(line))
    }

    /// The merges are looked at beside the shelf that they belong to.
    fn with_merges<T>(&mut self, act: impl FnOnce(&mut Merges, &Shelf) -> T) -> T {
        let mut merges = std::mem::take(&mut self.merges);
        let done = act(&mut merges, self);
        self.merges = merges;
        done
    }

    /// Returns how likely it is that two sets of reports tell of one event.
    fn alike(&self, a: &[u32], b: &[u32]) -> f32 {
        probability(evidence(&self.gist(a), &self.gist(b)))
    }

    /// Returns what reports say together, as their words weigh now.
    fn gist(&self, records: &[u32]) -> Gist {
        let mut gist = Gist::default();
        for record in records.iter().filter_map(|at| self.records.get(at)) {
            gist.add(&Gist::of(&weigh(&record.terms, record.day, &self.counts)));
        }
        gist
    }
}

#[cfg(test)]
mod tests {
    use variorum_news::{GroupLine, Report};

    use crate::Options;
    use crate::merges::Side;
    use crate::shelf::Shelf;

    const SPLITS: Options = Options { window: None, splits: true };

    /// Five reports of each of two quakes, in turns.
    fn quakes() -> Vec<Report> {
        let of_lissen = [
            "A magnitude 6.1 earthquake struck the island of Lissen, killing 14 people, Governor Tamas Orvel said in Port Adran.",
            "Governor Tamas Orvel said 14 people died in the 6.1 quake on Lissen and teams from Port Adran were digging in Meru.",
            "In Meru, a village on Lissen, 40 houses fell in the 6.1 quake. Governor Tamas Orvel sent teams from Port Adran.",
            "Port Adran sends tents to Meru after the Lissen quake that killed 14 people, Governor Tamas Orvel told reporters.",
            "Schools on Lissen stay closed after the 6.1 quake, said Tamas Orvel, the governor; Meru lost 40 houses, 14 people died.",
        ];
        let of_korva = [
            "A magnitude 5.4 earthquake struck the Korva valley, killing 3 people, Mayor Ilse Brandt said in Dunmere.",
            "Mayor Ilse Brandt said 3 people died in the 5.4 quake in the Korva valley and teams from Dunmere were digging in Hask.",
            "In Hask, a town in the Korva valley, 9 houses fell in the 5.4 quake. Mayor Ilse Brandt sent teams from Dunmere.",
            "Dunmere sends tents to Hask after the Korva quake that killed 3 people, Mayor Ilse Brandt told reporters.",
            "Schools in the Korva valley stay closed after the 5.4 quake, said Ilse Brandt, the mayor; Hask lost 9 houses, 3 people died.",
        ];
        let turns = of_lissen.iter().zip(&of_korva).enumerate();
        turns
            .flat_map(|(n, (a, b))| [Report::of_text(format!("a{n}"), *a), Report::of_text(format!("b{n}"), *b)])
            .collect()
    }

    #[test]
    fn a_merge_of_two_quakes_is_undone_when_their_reports_have_come() {
        let mut shelf = Shelf::default();
        let reports = &quakes()[..8];
        reports.iter().for_each(|report| drop(shelf.place(report, "en", &SPLITS)));
        let [lissen, korva] = shelf.stories.keys().copied().collect::<Vec<u32>>()[..] else { panic!("two stories") };
        let names = [lissen, korva].map(|story| shelf.stories[&story].name.clone());
        // As if they had been merged when each had two reports.
        let [first, second] = [lissen, korva].map(|story| {
            let told = &shelf.stories[&story];
            Side::of(story, &told.name, &told.records[..2], &told.ids[..2])
        });
        shelf.merges.join(first, second);
        shelf.join(lissen, korva, 1.0);
        for (record, report) in (0..).zip(reports).skip(4) {
            assert_eq!(shelf.split(lissen), None);
            shelf.sign_in_with_side(lissen, &report.id, Some(record), None);
        }
        let Some(GroupLine::Split(split)) = shelf.split(lissen) else { panic!("no split") };
        assert_eq!(split.split, names);
        for (story, letter) in [(lissen, 'a'), (korva, 'b')] {
            let told = &shelf.stories[&story];
            assert!(told.ids.len() == 4 && told.ids.iter().all(|id| id.starts_with(letter)), "{:?}", told.ids);
            assert!(told.records.iter().all(|at| shelf.records[at].story == story));
        }
    }

    #[test]
    fn a_merge_names_the_two_reports_that_tie_it() {
        let mut shelf = Shelf::default();
        let reports = quakes();
        [0, 1, 4].iter().for_each(|&n| drop(shelf.place(&reports[n], "en", &SPLITS)));
        let stories: Vec<u32> = shelf.stories.keys().copied().collect();
        let newest = shelf.next - 1;
        let of_newest = shelf.records[&newest].story;
        let other = stories.iter().copied().find(|&story| story != of_newest).unwrap();
        let line = shelf.merge_line([of_newest.min(other), of_newest.max(other)], 0.5, newest);
        let GroupLine::Merge(merge) = line else { panic!("{line:?}") };
        let ids: Vec<&str> = merge.because.iter().map(|id| &**id).collect();
        assert_eq!(ids, ["a2", "b0"]);
        assert!((0.5..=1.0).contains(&merge.score));
    }
}

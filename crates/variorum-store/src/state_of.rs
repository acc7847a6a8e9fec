//! What a page depends on, as a number: so that a page is made again when that moves, and not whenever anything does.

use xxhash_rust::xxh3::xxh3_128;

use crate::{Error, View};

impl View<'_> {
    /// Returns a number that moves when anything does that is told of a story: its reports and their words, where they
    /// were placed, what was made of them, what people said, the names that stand for it. None where there is no story.
    ///
    /// Corrections count all at once: a finding goes with its reports into another story, which the correction does not
    /// name, and people are slow beside reports.
    pub fn state_of_story(&self, story: &str) -> Result<Option<u128>, Error> {
        let name = self.resolve(story)?;
        let sql = "SELECT made, stale, changed,
                       (SELECT coalesce(max(n), 0) FROM edition WHERE story = ?1),
                       (SELECT count(*) FROM placed WHERE story = ?1),
                       (SELECT coalesce(max(placed.change), 0) FROM placed WHERE story = ?1),
                       (SELECT coalesce(max(report.change), 0) FROM placed JOIN report ON seq = report WHERE story = ?1)
                   FROM story WHERE id = ?1";
        let cells = self.maybe(sql, [&name], |row| {
            let made: Option<Vec<u8>> = row.get(0)?;
            let numbers = (1..7).map(|n| row.get(n)).collect::<rusqlite::Result<Vec<i64>>>()?;
            Ok((made, numbers))
        })?;
        let Some(cells) = cells else { return Ok(None) };
        let said = (name.as_str(), cells, self.aliases_of(&name)?, self.corrected()?);
        Ok(Some(number(&said)))
    }

    /// Returns a number that moves when anything does that is told of a report: its words, its place, its story. None
    /// where there is no report.
    pub fn state_of_report(&self, report: &str) -> Result<Option<u128>, Error> {
        let Some(seq) = self.seq(report)? else { return Ok(None) };
        let change: i64 = self.one("SELECT change FROM report WHERE seq = ?1", [seq])?;
        let placed = self.placed(seq)?;
        let flags = self.flags(seq)?;
        let read: bool = self.one("SELECT EXISTS (SELECT 1 FROM reading WHERE report = ?1)", [seq])?;
        let story = placed.as_ref().map(|placed| self.state_of_story(&placed.story)).transpose()?;
        Ok(Some(number(&(seq, change, placed, flags, read, story, self.corrected()?))))
    }

    /// How many corrections there are, and how many were taken back; neither ever becomes less.
    fn corrected(&self) -> Result<(i64, i64), Error> {
        let sql = "SELECT coalesce(max(n), 0), count(undone) FROM correction";
        Ok(self.maybe(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
    }
}

fn number(said: &impl std::fmt::Debug) -> u128 {
    xxh3_128(format!("{said:?}").as_bytes())
}

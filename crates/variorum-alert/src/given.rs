//! A story as a rule sees it: what of it is new to the rule, and words of its reports.

use std::collections::BTreeMap;

use variorum_news::{Report, Span};
use variorum_newsroom::{Decision, Member, Ruling, Told};
use variorum_store::alerts::{Line, Rule};
use variorum_store::{Error, View};

/// The surest of what is not told: what is less sure than that, pages call unsure.
pub const SURE: f64 = 0.8;
/// The longest words of a report that a line shows, in characters.
const LONGEST: usize = 600;

/// A story as a rule sees it.
pub struct Given<'a> {
    pub view: &'a View<'a>,
    pub rule: &'a Rule,
    pub told: &'a Told,
    members: BTreeMap<&'a str, &'a Member>,
}

impl<'a> Given<'a> {
    pub fn new(view: &'a View<'a>, rule: &'a Rule, told: &'a Told) -> Self {
        let members = told.reports.iter().map(|member| (&*member.row.id, member)).collect();
        Given { view, rule, told, members }
    }

    pub fn member(&self, report: &str) -> Option<&'a Member> {
        self.members.get(report).copied()
    }

    /// Returns the number of a report: reports that came first have less.
    pub fn seq(&self, report: &str) -> i64 {
        self.member(report).map_or(i64::MAX, |member| member.row.seq)
    }

    /// Tells whether a report came after the rule was made; to the story, where the rule is about one.
    pub fn came(&self, report: &str) -> Result<bool, Error> {
        let Some(member) = self.member(report) else { return Ok(false) };
        if self.rule.watched.story.is_some() {
            return Ok(!self.view.is_told(self.rule.n, &format!("there/{report}"))?);
        }
        Ok(member.row.seq > self.rule.from_seq)
    }

    /// Tells whether words came after the rule was made: with their report, or with a revision of it that has words which
    /// none before it had.
    pub fn is_new(&self, span: &Span) -> Result<bool, Error> {
        if self.came(&span.report)? {
            return Ok(true);
        }
        let Some(member) = self.member(&span.report) else { return Ok(false) };
        if member.row.revisions < 2 || member.row.change <= self.rule.from_change {
            return Ok(false);
        }
        let mut revisions = self.view.revisions(member.row.seq)?;
        revisions.pop();
        Ok(revisions.iter().all(|revision| !revision.report.text.contains(&span.text)))
    }

    pub fn is_told(&self, key: &str) -> Result<bool, Error> {
        self.view.is_told(self.rule.n, key)
    }

    /// Tells whether a finding may be told: a person confirmed it, or the program is sure and nobody dismissed it.
    pub fn stands(&self, key: &str, confidence: f64) -> bool {
        match self.told.decisions.get(key) {
            Some(Decision { ruling: Ruling::Confirmed, .. }) => true,
            Some(Decision { ruling: Ruling::Dismissed, .. }) => false,
            None => confidence >= SURE,
        }
    }

    /// Returns words of a report as a line.
    pub fn line(&self, label: &str, span: &Span, sentence: Option<&Span>) -> Line {
        let mut line = self.named(label, &span.report);
        line.span = Some(span.clone()).filter(is_short);
        line.sentence = sentence.filter(|sentence| *sentence != span).cloned().filter(is_short);
        line
    }

    /// Returns a report as a line, with its first sentence.
    pub fn opening(&self, label: &str, report: &str) -> Line {
        let mut line = self.named(label, report);
        line.span = self.member(report).and_then(|member| first_sentence(&member.report)).filter(is_short);
        line
    }

    fn named(&self, label: &str, report: &str) -> Line {
        let report_of = self.member(report).map(|member| &member.report);
        Line {
            label: label.to_owned(),
            report: Some(report.into()),
            outlet: report_of.and_then(|report| report.outlet.clone()),
            title: report_of.and_then(|report| report.title.clone()),
            url: report_of.and_then(|report| report.url.clone()),
            ..Line::default()
        }
    }
}

fn is_short(span: &Span) -> bool {
    span.end.saturating_sub(span.start) <= LONGEST
}

fn first_sentence(report: &Report) -> Option<Span> {
    report.annotations.as_ref()?.sentences.first().cloned()
}

//! From a query as read to a query of the index.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::search::Order;
use crate::search::index::Fields;
use crate::search::query::{Expr, Has, Origin, wanted};
use crate::search::sets::{FlagSets, InSet, Seqs, Without};
use crate::search::tokens::{form, pieces};
use crate::{Error, View};

/// What a plan is made with.
pub struct Planner<'a> {
    pub fields: Fields,
    pub searcher: &'a Searcher,
    pub view: &'a View<'a>,
    pub flags: &'a FlagSets,
    /// The languages of the index; a word is looked for as each of them would inflect it.
    languages: Vec<String>,
}

impl<'a> Planner<'a> {
    pub fn new(fields: Fields, searcher: &'a Searcher, view: &'a View<'a>, flags: &'a FlagSets) -> Result<Self, Error> {
        let mut languages = BTreeSet::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(fields.language)?;
            let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                languages.extend(std::str::from_utf8(terms.key()).map(str::to_owned));
            }
        }
        languages.insert(String::new());
        Ok(Planner { fields, searcher, view, flags, languages: languages.into_iter().collect() })
    }

    /// Returns the query of the index; for the best first, words in a title count more.
    pub fn plan(&self, expr: &Expr, order: Order) -> Result<Box<dyn Query>, Error> {
        let found = self.expr(expr)?;
        if order == Order::Newest {
            return Ok(found);
        }
        let mut parts = vec![(Occur::Must, found)];
        let mut phrases = Vec::new();
        wanted(expr, &mut |words| phrases.push(words.to_owned()));
        for words in phrases {
            parts.push((Occur::Should, self.words(self.fields.title, &words)?));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    fn expr(&self, expr: &Expr) -> Result<Box<dyn Query>, Error> {
        Ok(match expr {
            Expr::All(parts) => self.together(parts)?,
            Expr::Any(parts) => {
                let parts = parts.iter().map(|part| Ok((Occur::Should, self.expr(part)?)));
                Box::new(BooleanQuery::new(parts.collect::<Result<_, Error>>()?))
            }
            Expr::Not(part) => Box::new(Without(self.expr(part)?)),
            Expr::Words(words) => self.words(self.fields.words, words)?,
            Expr::Title(words) => self.words(self.fields.title, words)?,
            Expr::Outlet(words) => unscored(self.name(self.fields.outlet, words)),
            Expr::Author(words) => unscored(self.name(self.fields.author, words)),
            Expr::Days(first, last) => unscored(self.days(*first, *last)),
            Expr::Language(language) => {
                let term = Term::from_field_text(self.fields.language, language);
                unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
            }
            Expr::Origin(Origin::Original) => set(&self.flags.original),
            Expr::Origin(Origin::Copied) => set(&self.flags.copied),
            Expr::Has(Has::Drift) => set(&self.flags.drift),
            Expr::Has(Has::Variants) => set(&self.flags.variants),
            Expr::Story(story) => {
                let story = self.view.resolve(story)?;
                set(&Arc::new(Seqs::of(self.view.reports_of_story(&story)?)))
            }
        })
    }

    fn together(&self, parts: &[Expr]) -> Result<Box<dyn Query>, Error> {
        let mut found = parts.iter().map(|part| self.expr(part)).collect::<Result<Vec<_>, _>>()?;
        // Most queries are one part, and one part needs no counting of parts.
        match found.len() {
            0 => Ok(Box::new(AllQuery)),
            1 => Ok(found.swap_remove(0)),
            _ => Ok(Box::new(BooleanQuery::new(found.into_iter().map(|part| (Occur::Must, part)).collect()))),
        }
    }

    /// Finds words side by side in any inflection that a language of the index has for them.
    fn words(&self, field: Field, words: &str) -> Result<Box<dyn Query>, Error> {
        let pieces = pieces(words);
        let forms = self
            .languages
            .iter()
            .map(|language| pieces.iter().map(|at| form(&words[at.clone()], language)).collect::<Vec<_>>());
        let forms: BTreeSet<Vec<String>> = forms.collect();
        let mut either: Vec<Box<dyn Query>> = Vec::new();
        for forms in forms {
            let terms: Vec<Term> = forms.iter().map(|form| Term::from_field_text(field, form)).collect();
            let mut there = true;
            for term in &terms {
                there = there && self.searcher.doc_freq(term)? > 0;
            }
            if there {
                either.push(phrase(terms, IndexRecordOption::WithFreqs));
            }
        }
        let found = either.len();
        Ok(match found {
            0 => Box::new(EmptyQuery),
            1 => either.swap_remove(0),
            _ => Box::new(BooleanQuery::new(either.into_iter().map(|one| (Occur::Should, one)).collect())),
        })
    }

    fn name(&self, field: Field, words: &str) -> Box<dyn Query> {
        let terms = pieces(words).into_iter().map(|at| Term::from_field_text(field, &form(&words[at], "")));
        phrase(terms.collect(), IndexRecordOption::Basic)
    }

    fn days(&self, first: u64, last: u64) -> Box<dyn Query> {
        let term = |day| Term::from_field_u64(self.fields.day, day);
        Box::new(RangeQuery::new(Bound::Included(term(first)), Bound::Included(term(last))))
    }
}

fn phrase(mut terms: Vec<Term>, option: IndexRecordOption) -> Box<dyn Query> {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms.swap_remove(0), option)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// What only narrows says nothing of how well a report fits.
fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn set(seqs: &Arc<Seqs>) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(InSet(seqs.clone())), 0.0))
}

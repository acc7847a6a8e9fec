//! Holds a dossier against what a careful reader found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::corpus::{Story, entries, name_of};

/// What was found of what was expected, aspect by aspect, and what was missed.
#[derive(Debug, Default)]
pub struct Score {
    pub aspects: BTreeMap<String, (usize, usize)>,
    pub misses: Vec<String>,
}

/// Returns the score of one story: its dossier, and the lines of `group --whole` for the same reports.
pub fn score(story: &Story, dossier: &Value, group: &[Value]) -> Score {
    let mut judge = Judge::new(story, dossier);
    judge.clean();
    judge.group(group);
    judge.trace();
    judge.annotate();
    judge.collate();
    judge.compose();
    judge.score
}

struct Judge<'a> {
    expected: &'a Value,
    reports: BTreeMap<String, &'a Value>,
    texts: BTreeMap<String, Vec<char>>,
    names: BTreeMap<String, String>,
    story: Value,
    prefix: &'a str,
    score: Score,
}

impl<'a> Judge<'a> {
    fn new(story: &'a Story, dossier: &'a Value) -> Self {
        let list = entries(dossier, "reports");
        let reports: BTreeMap<String, &Value> = list.iter().map(|r| (name_of(r), r)).collect();
        Judge {
            expected: &story.expected,
            texts: reports.iter().map(|(n, r)| (n.clone(), words(&r["text"]).chars().collect())).collect(),
            names: list.iter().map(|r| (words(&r["id"]).to_owned(), name_of(r))).collect(),
            reports,
            story: dossier["stories"][0].clone(),
            prefix: &story.name,
            score: Score::default(),
        }
    }

    fn clean(&mut self) {
        self.facts("clean: title", "title", |r, want| r["title"] == *want);
        self.facts("clean: day of publication", "published", |r, want| {
            words(&r["published"]).get(..10) == want.as_str()
        });
        self.facts("clean: byline", "byline", |r, want| r["byline"] == *want);
        self.each("clean: furniture cut", "cut", |j, e| !j.text(e).contains(words(&e["text"])));
        self.each("clean: words kept", "kept", |j, e| j.text(e).contains(words(&e["text"])));
        self.each("clean: headings", "headings", |j, e| j.block(e, "heading"));
        self.each("clean: list items", "list_items", |j, e| j.block(e, "list-item"));
        self.each("clean: captions", "captions", |j, e| {
            j.block(e, "caption") || !j.text(e).contains(words(&e["text"]))
        });
        self.each("clean: credits", "credits", |j, e| {
            let want = words(&e["source"]).to_lowercase();
            j.report(e).is_some_and(|r| {
                entries(r, "credits")
                    .iter()
                    .any(|c| c["kind"] == e["kind"] && words(&c["source"]).to_lowercase().contains(&want))
            })
        });
    }

    fn group(&mut self, lines: &[Value]) {
        let stories: BTreeSet<&str> = lines.iter().map(|l| words(&l["story"])).collect();
        self.count("group: one story holds all", 1, usize::from(stories.len() == 1));
        let pairs: Vec<(String, String)> = lines
            .iter()
            .filter_map(|l| {
                Some((self.names.get(l["id"].as_str()?)?.clone(), self.names.get(l["duplicate_of"].as_str()?)?.clone()))
            })
            .collect();
        self.each("group: duplicates", "duplicates", |_, e| pairs.iter().any(|(a, b)| is_pair(e, a, b)));
        let false_ones =
            pairs.iter().filter(|(a, b)| !entries(self.expected, "duplicates").iter().any(|e| is_pair(e, a, b)));
        let clean = usize::from(false_ones.count() == 0);
        self.count("group: no false duplicate", 1, clean);
    }

    fn trace(&mut self) {
        self.each("trace: derived", "derived", |j, e| {
            j.edges().any(|(from, to, kind)| {
                to == words(&e["to"]) && entries(e, "from").iter().any(|f| words(f) == from) && holds(e, "kinds", kind)
            })
        });
        self.each("trace: copies", "copies", |j, e| j.edges().any(|(a, b, kind)| kind == "copy" && is_pair(e, &a, &b)));
        self.each("trace: shared origin", "shared_origin", |j, e| {
            j.edges().any(|(a, b, kind)| kind == "shared-origin" && is_pair(e, &a, &b))
        });
        self.each("trace: not derived", "not_derived", |j, e| !j.edges().any(|(a, b, _)| is_pair(e, &a, &b)));
        let (together, apart) = self.origin_pairs();
        self.count("trace: origins, pairs of one origin", together.1, together.0);
        self.count("trace: origins, pairs of two origins", apart.1, apart.0);
    }

    fn annotate(&mut self) {
        self.each("annotate: quotes with speaker", "quotes", |j, e| {
            j.layer(e, "quotes")
                .any(|q| j.touches(&q["span"], e, 0.8) && words(&q["speaker"]["name"]).contains(words(&e["speaker"])))
        });
        self.each("annotate: not quotes", "not_quotes", |j, e| {
            !j.layer(e, "quotes").any(|q| trimmed(&q["span"]["text"]) == trimmed(&e["text"]) && !q["speaker"].is_null())
        });
        self.each("annotate: figures", "figures", |j, e| {
            j.layer(e, "figures").any(|f| {
                j.touches(&f["span"], e, 0.0)
                    && ["value", "high"].iter().all(|k| f[k].as_f64() == e[k].as_f64())
                    && f["hedge"] == e["hedge"]
                    && (e["unit"].is_null() || same_unit(words(&e["unit"]), words(&f["unit"])))
            })
        });
        self.each("annotate: not figures", "not_figures", |j, e| {
            !j.layer(e, "figures").any(|f| j.touches(&f["span"], e, 0.0) && f["value"].as_f64() == e["value"].as_f64())
        });
        self.each("annotate: dates", "dates", |j, e| {
            j.layer(e, "dates")
                .any(|d| j.touches(&d["span"], &narrowed(e), 0.0) && entries(e, "values").contains(&d["value"]))
        });
        self.each("annotate: names", "names", |j, e| {
            j.layer(e, "names").any(|n| j.touches(&n["span"], e, 0.5) && n["kind"] == e["kind"])
        });
        self.each("annotate: short names joined", "same_entity", |j, e| {
            let (a, b) =
                (j.entity_at(e, words(&e["a"]), words(&e["a"])), j.entity_at(e, words(&e["b"]), words(&e["take"])));
            a.is_some() && a == b
        });
        self.each("annotate: attributions", "attributions", |j, e| {
            j.layer(e, "attributions").any(|a| {
                j.touches(&a["span"], e, 0.0)
                    && match e["source"].as_str() {
                        Some(source) => words(&a["source"]["name"]).contains(source),
                        None => a["source"].is_null(),
                    }
            })
        });
    }

    fn collate(&mut self) {
        self.each("collate: drift found", "drift", |j, e| {
            j.list("drift").any(|d| j.touches(&d["rewrite"], &e["rewrite"], 0.0))
        });
        self.each("collate: drift named rightly", "drift", |j, e| {
            j.list("drift")
                .any(|d| j.touches(&d["rewrite"], &e["rewrite"], 0.0) && holds(e, "kinds", words(&d["kind"])))
        });
        self.each("collate: no drift where none is", "no_drift", |j, e| {
            !j.list("drift").any(|d| j.touches(&d["rewrite"], e, 0.0))
        });
        self.each("collate: faithful reports left alone", "faithful", |j, e| {
            !j.list("drift").any(|d| j.names.get(words(&d["rewrite"]["report"])).is_some_and(|n| n == words(e)))
        });
        self.each("collate: variants", "variants", |j, e| {
            j.list("variants").any(|v| holds(e, "kinds", words(&v["kind"])) && j.met(v, e) >= 2)
        });
        self.each("collate: agreed", "agreed", |j, e| {
            j.list("statements").any(|s| s["verdict"] == "agreed" && j.met(s, e) >= 2)
        });
        self.each("collate: kept apart", "must_not_align", |j, e| {
            let both = |v: &Value| {
                let reading = |want: &Value| entries(v, "readings").iter().any(|r| j.touches(&r["span"], want, 0.5));
                reading(&e["a"]) && reading(&e["b"])
            };
            !j.list("variants").any(both) && !j.list("statements").filter(|s| s["verdict"] == "agreed").any(both)
        });
    }

    fn compose(&mut self) {
        self.each("compose: days on the timeline", "timeline", |j, e| {
            j.list("timeline").any(|t| words(&t["when"]["value"]).starts_with(words(e)))
        });
        self.each("compose: what is reported is told", "told", |j, e| {
            let in_statement = j.list("statements").any(|s| {
                entries(s, "readings").iter().any(|r| ["span", "sentence"].iter().any(|k| j.touches(&r[k], e, 0.5)))
            });
            in_statement || j.list("account").any(|a| entries(a, "sources").iter().any(|s| j.touches(s, e, 0.5)))
        });
    }

    /// Counts the entries under `key` for which `ok` holds.
    fn each(&mut self, aspect: &str, key: &str, ok: impl Fn(&Self, &Value) -> bool) {
        let list = entries(self.expected, key);
        let mut found = 0;
        for entry in list {
            if ok(self, entry) {
                found += 1;
            } else {
                self.score.misses.push(format!("{}: {aspect}: {entry}", self.prefix));
            }
        }
        self.count(aspect, list.len(), found);
    }

    /// Counts the reports whose value under `key` is as expected.
    fn facts(&mut self, aspect: &str, key: &str, ok: impl Fn(&Value, &Value) -> bool) {
        let Some(wanted) = self.expected[key].as_object() else { return };
        let mut found = 0;
        for (name, want) in wanted {
            if self.reports.get(name).is_some_and(|r| ok(r, want)) {
                found += 1;
            } else {
                let got = self.reports.get(name).map_or(&Value::Null, |r| &r[key]);
                self.score.misses.push(format!("{}: {aspect}: {name}: {got}, not {want}", self.prefix));
            }
        }
        self.count(aspect, wanted.len(), found);
    }

    fn count(&mut self, aspect: &str, expected: usize, found: usize) {
        if expected > 0 {
            self.score.aspects.insert(format!("{}: {aspect}", self.prefix), (found, expected));
        }
    }

    fn report(&self, entry: &Value) -> Option<&'a Value> {
        self.reports.get(words(&entry["report"])).copied()
    }

    fn text(&self, entry: &Value) -> &str {
        self.report(entry).map_or("", |r| words(&r["text"]))
    }

    fn layer(&self, entry: &Value, layer: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.report(entry).map_or(&[][..], |r| r["annotations"][layer].as_array().map_or(&[], Vec::as_slice)).iter()
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        entries(&self.story, key).iter()
    }

    fn block(&self, entry: &Value, kind: &str) -> bool {
        let Some(report) = self.report(entry) else { return false };
        let text = &self.texts[words(&entry["report"])];
        entries(report, "blocks").iter().filter(|b| b["kind"] == kind).any(|b| {
            let place = |k: &str| b[k].as_u64().map(|n| n as usize);
            let slice = place("start").zip(place("end")).and_then(|(s, e)| text.get(s..e));
            slice.is_some_and(|s| s.iter().collect::<String>().contains(words(&entry["text"])))
        })
    }

    /// Returns how many reports an entry's readings and a statement's or variant's have in common.
    fn met(&self, found: &Value, entry: &Value) -> usize {
        let readings = entries(found, "readings");
        let touched = entries(entry, "readings").iter().filter(|want| {
            readings.iter().any(|r| self.touches(&r["span"], want, 0.0) || self.touches(&r["sentence"], want, 0.0))
        });
        touched.map(|want| want.to_string()).collect::<BTreeSet<_>>().len()
    }

    /// Tells whether a span covers more than `share` of a place where the entry's words stand.
    fn touches(&self, span: &Value, entry: &Value, share: f64) -> bool {
        let report = words(&entry["report"]);
        if self.names.get(words(&span["report"])).is_none_or(|n| n != report) {
            return false;
        }
        let (Some(start), Some(end)) = (span["start"].as_u64(), span["end"].as_u64()) else { return false };
        self.places(report, words(&entry["text"])).into_iter().any(|(s, e)| {
            let shared = end.min(e as u64).saturating_sub(start.max(s as u64));
            shared as f64 > share * (e - s) as f64
        })
    }

    fn places(&self, report: &str, phrase: &str) -> Vec<(usize, usize)> {
        let Some(text) = self.texts.get(report) else { return Vec::new() };
        let phrase: Vec<char> = phrase.chars().collect();
        let starts = text.windows(phrase.len().max(1)).enumerate().filter(|(_, w)| *w == phrase).map(|(n, _)| n);
        starts.map(|n| (n, n + phrase.len())).collect()
    }

    fn entity_at(&self, entry: &Value, phrase: &str, take: &str) -> Option<String> {
        let before = phrase.find(take).map(|at| phrase[..at].chars().count())?;
        let (start, _) = *self.places(words(&entry["report"]), phrase).first()?;
        let place = (start + before) as u64..(start + before + take.chars().count()) as u64;
        let hit = |n: &&Value| {
            n["span"]["start"].as_u64().is_some_and(|s| s < place.end)
                && n["span"]["end"].as_u64().is_some_and(|e| e > place.start)
        };
        self.layer(entry, "names").find(hit).map(|n| words(&n["entity"]).to_owned())
    }

    fn edges(&self) -> impl Iterator<Item = (String, String, &str)> {
        self.list("lineage").filter_map(|e| {
            let end = |v: &Value| v.as_str().and_then(|id| self.names.get(id)).cloned();
            Some((end(&e["from"])?, end(&e["to"])?, words(&e["kind"])))
        })
    }

    /// Returns, for pairs of one expected origin and of two, how many the program has alike, and how many there are.
    fn origin_pairs(&self) -> ((usize, usize), (usize, usize)) {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, group) in entries(&self.story, "origins").iter().enumerate() {
            let members = group.as_array().map_or(&[][..], Vec::as_slice);
            found.extend(members.iter().filter_map(|id| Some((self.names.get(words(id))?.as_str(), n))));
        }
        let wanted: Vec<(usize, &str)> = entries(self.expected, "origins")
            .iter()
            .enumerate()
            .flat_map(|(n, g)| g.as_array().map_or(&[][..], Vec::as_slice).iter().map(move |r| (n, words(r))))
            .collect();
        let (mut together, mut apart) = ((0, 0), (0, 0));
        for (at, (origin, a)) in wanted.iter().enumerate() {
            for (other, b) in &wanted[at + 1..] {
                let ends = found.get(a).zip(found.get(b));
                let count = if origin == other { &mut together } else { &mut apart };
                count.1 += 1;
                count.0 += usize::from(ends.is_some_and(|(x, y)| (x == y) == (origin == other)));
            }
        }
        (together, apart)
    }
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn trimmed(value: &Value) -> &str {
    words(value).trim_matches([' ', ',', '.'])
}

fn holds(entry: &Value, key: &str, want: &str) -> bool {
    entries(entry, key).iter().any(|v| words(v) == want)
}

fn is_pair(entry: &Value, a: &str, b: &str) -> bool {
    let (x, y) = (words(&entry[0]), words(&entry[1]));
    (x, y) == (a, b) || (x, y) == (b, a)
}

/// A date's entry may name the narrower words that carry the value.
fn narrowed(entry: &Value) -> Value {
    let mut entry = entry.clone();
    if let Some(find) = entry["find"].as_str().map(str::to_owned) {
        entry["text"] = Value::String(find);
    }
    entry
}

fn same_unit(want: &str, got: &str) -> bool {
    const NAMES: &[(&str, &[&str])] =
        &[("m", &["metre", "meter"]), ("t", &["tonne"]), ("km", &["kilometre", "kilometer"])];
    want == got || NAMES.iter().any(|(symbol, names)| *symbol == want && names.contains(&got))
}

-- The desk: what machine and people made of it.

CREATE TABLE log (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    report INTEGER,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX log_by_report ON log (report) WHERE report IS NOT NULL;

CREATE TABLE placed (
    report INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
    automatic TEXT NOT NULL,
    story TEXT NOT NULL,
    score REAL NOT NULL,
    duplicate_of TEXT,
    original INTEGER,
    drift INTEGER NOT NULL DEFAULT 0,
    variants INTEGER NOT NULL DEFAULT 0,
    change INTEGER NOT NULL
) STRICT;
CREATE INDEX placed_by_story ON placed (story);
CREATE INDEX placed_by_automatic ON placed (automatic);
CREATE INDEX placed_by_change ON placed (change);

CREATE TABLE story (
    id TEXT PRIMARY KEY,
    made BLOB,
    stale INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    uncertain INTEGER NOT NULL,
    variants INTEGER NOT NULL,
    drift INTEGER NOT NULL,
    title TEXT,
    lead TEXT,
    language TEXT,
    body BLOB
) STRICT;
CREATE INDEX story_by_changed ON story (changed, id);
CREATE INDEX story_by_newest ON story (newest, id);
CREATE INDEX story_by_reports ON story (reports, id);
CREATE INDEX story_stale ON story (id) WHERE stale <> 0;

CREATE TABLE alias (story TEXT PRIMARY KEY, into_story TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX alias_by_into ON alias (into_story);

CREATE TABLE edition (
    story TEXT NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (story, n)
) STRICT;

CREATE TABLE correction (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    undone INTEGER,
    undone_by TEXT
) STRICT;

-- The reports and stories that a correction names: they are never forgotten by age or size.
CREATE TABLE touched (
    correction INTEGER NOT NULL REFERENCES correction (n) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (correction, kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_by_name ON touched (kind, name);

CREATE TABLE reading (
    report INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
    digest BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE saved (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE shelf (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    upto INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The record: what came in.

-- One row: the name of this record, and a counter that moves with all that a page can show: a report that is new,
-- revised, forgotten or flagged, a story, a correction. What follows the record (search, a page) asks for all after the
-- number that it has seen; `dropped` is the last change at which all placements were dropped at once.
CREATE TABLE mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    record TEXT NOT NULL,
    change INTEGER NOT NULL,
    dropped INTEGER NOT NULL
) STRICT;

CREATE TABLE report (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    revisions INTEGER NOT NULL,
    change INTEGER NOT NULL,
    outlet TEXT,
    title TEXT,
    author TEXT,
    language TEXT,
    day TEXT
) STRICT;
CREATE INDEX report_by_change ON report (change);
CREATE INDEX report_by_outlet ON report (outlet, seq);

-- Apart from `report`, so that a row that is seen again is not written with all its words.
CREATE TABLE body (
    report INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE revision (
    report INTEGER NOT NULL REFERENCES report (seq) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (report, n)
) STRICT;

CREATE TABLE gone (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    seq INTEGER,
    change INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX gone_by_name ON gone (kind, name);
CREATE INDEX gone_by_change ON gone (change);

CREATE TABLE problem (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    path TEXT,
    report TEXT,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

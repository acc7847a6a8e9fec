-- Alerts: what a desk asked to be told, what was found, and what was sent.

-- What somebody asked to be told. `from_seq` and `from_change` are where the record stood then: what was there is no news.
-- `seen` is the last row of `moved` that was looked at for it.
CREATE TABLE rule (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    watched TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    off INTEGER,
    off_by TEXT,
    from_seq INTEGER NOT NULL,
    from_change INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX rule_by_name ON rule (name) WHERE off IS NULL;

-- Where it is told, beside the feed. After failures in a row a channel rests for a while.
CREATE TABLE channel (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    rule INTEGER NOT NULL REFERENCES rule (n),
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    secret TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    rests INTEGER NOT NULL DEFAULT 0,
    off INTEGER,
    why TEXT
) STRICT;
CREATE INDEX channel_by_rule ON channel (rule);

-- What was told. The name goes out with it and stays in a copy of the record. No words: what it told of was forgotten.
CREATE TABLE alert (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    rule INTEGER NOT NULL REFERENCES rule (n),
    at INTEGER NOT NULL,
    story TEXT,
    words TEXT
) STRICT;
CREATE INDEX alert_by_rule ON alert (rule, n);
CREATE INDEX alert_by_story ON alert (rule, story, n) WHERE story IS NOT NULL;

-- Each thing that a rule has told, or found there and needs not tell: never twice.
CREATE TABLE told (
    rule INTEGER NOT NULL REFERENCES rule (n),
    key TEXT NOT NULL,
    alert INTEGER REFERENCES alert (n),
    PRIMARY KEY (rule, key)
) STRICT, WITHOUT ROWID;

-- The reports whose words an alert has; it loses them with the report.
CREATE TABLE alert_report (
    report TEXT NOT NULL,
    alert INTEGER NOT NULL REFERENCES alert (n),
    PRIMARY KEY (report, alert)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
    alert INTEGER NOT NULL REFERENCES alert (n),
    channel INTEGER NOT NULL REFERENCES channel (n),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unsure')),
    tries INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    next INTEGER NOT NULL,
    at INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (alert, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_open ON delivery (next) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_by_channel ON delivery (channel, state, at);

CREATE TRIGGER alert_forgets AFTER DELETE ON report BEGIN
    UPDATE alert SET words = NULL WHERE n IN (SELECT alert FROM alert_report WHERE report = old.id);
    UPDATE delivery SET state = 'failed', problem = 'what it tells of was forgotten'
    WHERE state = 'waiting' AND alert IN (SELECT alert FROM alert_report WHERE report = old.id);
END;

-- Stories in the order in which they moved, while anybody asks: each new edition is a line, committed with it. A number is
-- never used again, also after editions were forgotten.
CREATE TABLE moved (n INTEGER PRIMARY KEY AUTOINCREMENT, story TEXT NOT NULL) STRICT;
CREATE TRIGGER edition_moves AFTER INSERT ON edition WHEN EXISTS (SELECT 1 FROM rule WHERE off IS NULL) BEGIN
    INSERT INTO moved (story) VALUES (new.story);
END;

-- Stories that a rule looks at again later: so that the reports of one burst are told together.
CREATE TABLE held (
    rule INTEGER NOT NULL REFERENCES rule (n),
    story TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (rule, story)
) STRICT, WITHOUT ROWID;

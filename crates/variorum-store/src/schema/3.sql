-- The desk, on: what follows from corrections, and what outlets did, so that neither is read from everything again.

-- Names of stories that the machine merged into others. Flat: what others go into goes into nothing.
CREATE TABLE merged (story TEXT PRIMARY KEY, into_story TEXT NOT NULL) STRICT;
CREATE INDEX merged_by_into ON merged (into_story);

-- Reports that a correction gives to a story, and the last report of that time: copies that came later follow.
CREATE TABLE pin (
    correction INTEGER NOT NULL REFERENCES correction (n) ON DELETE CASCADE,
    report TEXT NOT NULL,
    story TEXT NOT NULL,
    upto INTEGER NOT NULL,
    PRIMARY KEY (report, correction)
) STRICT, WITHOUT ROWID;
CREATE INDEX pin_by_correction ON pin (correction);

-- Stories that a correction says are one.
CREATE TABLE joined (
    correction INTEGER PRIMARY KEY REFERENCES correction (n) ON DELETE CASCADE,
    story TEXT NOT NULL,
    with_story TEXT NOT NULL
) STRICT;

-- Findings that a correction is about.
CREATE TABLE ruling (
    finding TEXT NOT NULL,
    correction INTEGER NOT NULL REFERENCES correction (n) ON DELETE CASCADE,
    PRIMARY KEY (finding, correction)
) STRICT, WITHOUT ROWID;

-- What a story showed in its last edition, whole; editions say only what changed.
CREATE TABLE shown (story TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- What outlets did, counted by story, and summed over all stories by the triggers.
CREATE TABLE tally (
    story TEXT NOT NULL,
    what TEXT NOT NULL,
    outlet TEXT NOT NULL,
    other TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (story, what, outlet, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE total (
    what TEXT NOT NULL,
    outlet TEXT NOT NULL,
    other TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (outlet, what, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX total_by_other ON total (other, what) WHERE other <> '';

CREATE TRIGGER tally_in AFTER INSERT ON tally BEGIN
    INSERT INTO total VALUES (new.what, new.outlet, new.other, new.n)
    ON CONFLICT (outlet, what, other) DO UPDATE SET n = n + new.n;
END;
CREATE TRIGGER tally_out AFTER DELETE ON tally BEGIN
    UPDATE total SET n = n - old.n WHERE outlet = old.outlet AND what = old.what AND other = old.other;
    DELETE FROM total WHERE outlet = old.outlet AND what = old.what AND other = old.other AND n = 0;
END;

CREATE INDEX placed_by_duplicate ON placed (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX story_by_stale ON story (stale) WHERE stale <> 0;
CREATE INDEX report_by_outlet_seen ON report (outlet, first_seen);

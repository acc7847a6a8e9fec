-- Marks: what a reader has read and starred, and the accounts of readers that feed us.

-- Stories as items of readers: a number that is never another story's, and what readers are told grew.
-- `origins` and `differences` are the most there ever were, so that a count that falls and rises again is nothing new;
-- `grown` is when either last rose, in seconds since 1970; 0 while the story was never made.
CREATE TABLE item (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    story TEXT NOT NULL UNIQUE,
    origins INTEGER NOT NULL DEFAULT 0,
    differences INTEGER NOT NULL DEFAULT 0,
    grown INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX item_by_grown ON item (grown, n);

INSERT INTO item (story, origins, differences, grown)
SELECT id, origins, variants + drift, changed FROM story ORDER BY first_seen, id;

-- Stories are put with OR REPLACE, which rules inside a trigger, too: nothing here may rest on OR IGNORE.
CREATE TRIGGER item_of_story AFTER INSERT ON story BEGIN
    INSERT INTO item (story) SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM item WHERE story = new.id);
    UPDATE item SET
        grown = new.changed,
        origins = max(origins, new.origins),
        differences = max(differences, new.variants + new.drift)
    WHERE story = new.id AND new.reports > 0
        AND (grown = 0 OR new.origins > origins OR new.variants + new.drift > differences);
END;

-- What somebody marked. A story is read while it has no more origins and differences than when it was marked so.
CREATE TABLE marked (
    who TEXT NOT NULL,
    item INTEGER NOT NULL REFERENCES item (n) ON DELETE CASCADE,
    read INTEGER NOT NULL DEFAULT 0,
    origins INTEGER NOT NULL DEFAULT 0,
    differences INTEGER NOT NULL DEFAULT 0,
    starred INTEGER,
    at INTEGER NOT NULL,
    PRIMARY KEY (who, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX marked_stars ON marked (who, item) WHERE starred IS NOT NULL;

-- Accounts of readers that feed us, each with how far it was read: entries up to `upto`, changes of them up to `changes`.
CREATE TABLE bridge_account (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    upto INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    UNIQUE (kind, address, name)
) STRICT;

-- Entries of such accounts, and the report that each became; none where it could not be used.
CREATE TABLE bridge_entry (
    account INTEGER NOT NULL REFERENCES bridge_account (n) ON DELETE CASCADE,
    entry INTEGER NOT NULL,
    report INTEGER REFERENCES report (seq) ON DELETE SET NULL,
    read INTEGER NOT NULL,
    marked INTEGER,
    PRIMARY KEY (account, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX bridge_entry_by_report ON bridge_entry (report) WHERE report IS NOT NULL;
CREATE INDEX bridge_entry_unread ON bridge_entry (account, entry) WHERE read = 0;

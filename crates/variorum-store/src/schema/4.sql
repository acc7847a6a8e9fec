-- Sources: feeds, sitemaps and accounts that are watched, and how each is.

CREATE TABLE source (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The address as a person or a list gave it, and where it is asked for now, after permanent moves.
    listed TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    -- The address without secrets; none until whoever fetches has looked at it.
    shown TEXT,
    kind TEXT NOT NULL,
    -- What the list says of it; the title may be the source's own.
    title TEXT,
    site TEXT,
    folder TEXT,
    -- Under which name its reports stand; none until it was read.
    outlet TEXT,
    -- Whether it stands in the list that is watched (1), or was added by hand (0).
    by_list INTEGER NOT NULL,
    added INTEGER NOT NULL,
    dropped INTEGER,
    paused INTEGER,
    paused_why TEXT,
    -- When it is asked next, and until when it asked to be left alone.
    due INTEGER NOT NULL,
    held INTEGER,
    -- Seconds between two checks, as learned from what it says of itself.
    every INTEGER,
    -- Verbatim, of the last body that was read well.
    etag TEXT,
    last_modified TEXT,
    checked INTEGER,
    answered INTEGER,
    -- When the last body came that was read well, and when the last item came that was new.
    read INTEGER,
    fresh INTEGER,
    failing INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    -- What is odd about it though it answers.
    remark TEXT,
    -- Items in the last body; items seen and reports kept in all.
    items INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    -- A person's word that robots.txt does not bind this program here.
    may INTEGER,
    may_who TEXT
) STRICT;
CREATE INDEX source_due ON source (due) WHERE dropped IS NULL AND paused IS NULL;

-- Items that were taken up already, by a number made of what an item says. What waits for its page carries the report
-- that the feed's own words make, so that nothing is lost where the page never comes.
CREATE TABLE source_item (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source (n) ON DELETE CASCADE,
    key INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    state TEXT NOT NULL,
    report TEXT,
    url TEXT,
    due INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    body BLOB,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX source_item_waiting ON source_item (source, n) WHERE state = 'waiting';

-- People: who may read, edit and administer; sessions, tokens, and the log of what each did. Nothing that opens a door
-- lies here in clear: passwords as argon2id, sessions and tokens as SHA-256 of secrets that only their owners have.

CREATE TABLE user (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- The name without regard to case and spaces: nobody may come as somebody else who writes himself like that.
    folded TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    password TEXT NOT NULL,
    added INTEGER NOT NULL,
    disabled INTEGER
) STRICT;

CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES user (n) ON DELETE CASCADE,
    made INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    ends INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user);

CREATE TABLE token (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES user (n) ON DELETE CASCADE,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
    made INTEGER NOT NULL,
    used INTEGER,
    ends INTEGER NOT NULL
) STRICT;
CREATE INDEX token_by_user ON token (user);

-- Lines are added, never changed; they name people by the name they had.
CREATE TABLE audit (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    target TEXT NOT NULL,
    address TEXT,
    outcome TEXT NOT NULL
) STRICT;
-- Strangers make these lines, so they are the only ones that make room for others.
CREATE INDEX audit_refused ON audit (n) WHERE outcome = 'refused';

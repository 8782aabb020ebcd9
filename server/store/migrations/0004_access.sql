-- Who may come in: devices with their tokens, devices that ask to be paired, users, their sessions, and
-- what was changed about all that. Not in the journal: none of it is about visits.

-- access_version goes up with every change, so that a running server notices what the command line did.
INSERT INTO meta (name, value) VALUES ('access_version', 0);

CREATE TABLE devices (
    -- Its name in logs, on pages and in the audit trail.
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    -- The area of a display, the counter of a panel.
    place TEXT,
    -- The printer of a kiosk.
    printer TEXT,
    -- SHA-256 of its token, as hex. Null: it was revoked, or restored without its token.
    token_sha256 TEXT UNIQUE,
    -- That of the token that takes its place with its first use.
    next_sha256 TEXT UNIQUE,
    since_ms INTEGER NOT NULL,
    -- Who let it in.
    by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Devices that show a code and wait for somebody to approve it.
CREATE TABLE pairings (
    code TEXT PRIMARY KEY,
    -- That of the token which the device made for itself: the token is never sent to anybody.
    token_sha256 TEXT NOT NULL UNIQUE,
    -- What the device says of itself, and where it asks from.
    role TEXT NOT NULL,
    software TEXT NOT NULL,
    address TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- Argon2, with its parameters and salt. Null: it has to be set anew.
    secret TEXT,
    -- Wrong secrets in a row, and until when no other one is looked at.
    failed INTEGER NOT NULL,
    locked_until_ms INTEGER,
    since_ms INTEGER NOT NULL,
    by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_sha256 TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Where the user signed in.
    address TEXT NOT NULL,
    begun_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every change of the above, and every sign-in.
CREATE TABLE access_log (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    address TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;
CREATE INDEX access_log_by_time ON access_log (at_ms);

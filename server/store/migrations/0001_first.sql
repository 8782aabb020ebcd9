-- The first schema: the journal, what is derived from it, answers kept, and the office's document.
PRAGMA application_id = 0x41554652;

-- Figures of the whole file: last_seq, the number of the last record; segment_from, the number of
-- the record that opened the current day. Both are 0 in an empty journal.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta (name, value) VALUES ('last_seq', 0), ('segment_from', 0);

-- What happened. day is the segment: the date of the day_opened record that began it.
-- sum is the CRC-32 of all other columns.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_by_day ON journal (day);

-- The state after record seq, to start from. May be lost at any time.
CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    format INTEGER NOT NULL,
    state TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- What a device was answered, by its idempotency key. Rows are added at the end and only the small
-- index is written at random places, as keys are random: half the work of a table ordered by key.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    key TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (device, key)
) STRICT;
CREATE INDEX answers_by_time ON answers (at_ms);

CREATE TABLE office_documents (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

-- Every visit as it stands; derived from the journal in the same transaction.
CREATE TABLE tickets (
    id BLOB PRIMARY KEY,
    day TEXT NOT NULL,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    queue TEXT NOT NULL,
    services TEXT NOT NULL,
    language TEXT NOT NULL,
    needs TEXT NOT NULL,
    arrived_ms INTEGER NOT NULL,
    issued_by TEXT NOT NULL,
    ahead INTEGER NOT NULL,
    low_ms INTEGER,
    mid_ms INTEGER,
    high_ms INTEGER,
    place_seq INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    state TEXT NOT NULL,
    counter TEXT,
    call_seq INTEGER,
    since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_by_day ON tickets (day);

-- Every calling; seq is the record that called. why is null where the person was called again.
CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL REFERENCES tickets (id),
    nth INTEGER NOT NULL,
    counter TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    why TEXT
) STRICT;
CREATE INDEX calls_by_ticket ON calls (ticket);

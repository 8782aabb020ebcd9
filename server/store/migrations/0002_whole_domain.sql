-- The whole domain: read models of appointments, parked and passed-on visits; calls that were taken
-- back; sums of a day; notes about a visit. The program derives the read models anew from the
-- journal in this same step, so nothing is copied here.
DROP TABLE calls;
DROP TABLE tickets;
-- States of an older form: they would be passed over, and hold what is to be forgotten.
DELETE FROM snapshots;

-- anonymised_to: up to which record the journal holds nothing any more that could lead to a person.
-- Only closed days are: it is always before segment_from.
INSERT INTO meta (name, value) VALUES ('anonymised_to', 0);

-- Every visit as it stands; derived from the journal in the same transaction. Each has its own id;
-- only an appointment that was missed and agreed anew comes again under it, on another day. Which columns are null
-- depends on the state: counter of who was called, is served, parked or comes back; call_seq of the
-- first two; pause_* of who waits and pauses; result of the finished; expired_from of the expired.
CREATE TABLE tickets (
    day TEXT NOT NULL,
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    -- Null where the centre gave the number.
    series TEXT,
    n INTEGER,
    queue TEXT NOT NULL,
    -- What is still to be done, and what was done.
    services TEXT NOT NULL,
    served TEXT NOT NULL,
    persons INTEGER NOT NULL,
    -- und and [] once the day is closed; code is null then.
    language TEXT NOT NULL,
    needs TEXT NOT NULL,
    priority INTEGER NOT NULL,
    source TEXT NOT NULL,
    -- Null for a walk-in.
    appointment_ms INTEGER,
    code TEXT,
    known_ms INTEGER NOT NULL,
    -- Null as long as nobody knows that the person is here.
    arrived_ms INTEGER,
    issued_by TEXT NOT NULL,
    ahead INTEGER NOT NULL,
    low_ms INTEGER,
    mid_ms INTEGER,
    high_ms INTEGER,
    place_ms INTEGER NOT NULL,
    place_seq INTEGER NOT NULL,
    place_then INTEGER NOT NULL,
    bound_counter TEXT,
    bound_clerk TEXT,
    calls INTEGER NOT NULL,
    calls_in_vain INTEGER NOT NULL,
    first_called_ms INTEGER,
    -- The rule that the latest call followed.
    why TEXT,
    served_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    counter TEXT,
    call_seq INTEGER,
    pause_until_ms INTEGER,
    pause_cause TEXT,
    result TEXT,
    expired_from TEXT,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (day, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_by_id ON tickets (id);

-- Every calling; seq is the record that called. kind: call; recall, where the person was called
-- again; move, where the clerk went to another counter. why is null but for a call. taken_back is
-- the record that took the call back: people had heard it, so it is marked and not deleted.
CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL,
    day TEXT NOT NULL,
    nth INTEGER NOT NULL,
    counter TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    why TEXT,
    taken_back INTEGER,
    FOREIGN KEY (day, ticket) REFERENCES tickets (day, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX calls_by_ticket ON calls (ticket, day);

-- What a clerk wrote for the next one about a visit: personal, and gone when the visit is over. In
-- no event, no read model, no snapshot. Rows are added at the end only; see tables/notes.rs.
CREATE TABLE personal_notes (
    id INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL UNIQUE,
    written_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- What a closed day came to, by queue; derived from the journal in the same transaction.
CREATE TABLE day_sums (
    day TEXT PRIMARY KEY,
    sums TEXT NOT NULL
) STRICT, WITHOUT ROWID;

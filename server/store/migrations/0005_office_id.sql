-- Which office this is. Its backups have it in their names, so that two offices may share a folder. A random
-- number from 1 to 4294967295: nobody hands them out.
INSERT INTO meta (name, value) VALUES ('office_id', 1 + (random() & 4294967295) % 4294967295);

-- What makes pseudonyms of names. In no backup; made when it is first needed.
CREATE TABLE keys (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- 1 as long as people stand in the row by their names, and where they came from. 0: a pseudonym, and no address.
ALTER TABLE access_log ADD COLUMN named INTEGER NOT NULL DEFAULT 1;
CREATE INDEX access_log_named ON access_log (at_ms) WHERE named = 1;

-- What the server puts into a code, new for each pairing: nothing can be reckoned in advance. Who waits asks again within
-- seconds.
DELETE FROM pairings;
ALTER TABLE pairings ADD COLUMN salt TEXT NOT NULL DEFAULT '';

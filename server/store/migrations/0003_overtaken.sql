-- How often somebody who came later went to a counter that could have taken this visit. In no record
-- of an older program, so it is 0 in every row that is here.
ALTER TABLE tickets ADD COLUMN overtaken INTEGER NOT NULL DEFAULT 0;
-- States of an older form: they would be passed over, and hold what is to be forgotten.
DELETE FROM snapshots;

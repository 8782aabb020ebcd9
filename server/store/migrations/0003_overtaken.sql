-- The program derives the visits and calls anew from the journal in this same step, with what stands in
-- these columns.
DELETE FROM calls;
DELETE FROM tickets;
-- How often somebody who came later went to a counter that could have taken this visit. In no record
-- of an older program, so it is 0 in every row that is here.
ALTER TABLE tickets ADD COLUMN overtaken INTEGER NOT NULL DEFAULT 0;
-- By what the halves of the promised window were corrected before it was told. Null where they were not.
ALTER TABLE tickets ADD COLUMN corrected TEXT;
-- All calls in vain and how long counters waited. Null where there was none.
ALTER TABLE tickets ADD COLUMN in_vain TEXT;
-- States of an older form: they would be passed over, and hold what is to be forgotten.
DELETE FROM snapshots;

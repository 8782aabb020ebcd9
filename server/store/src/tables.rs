//! The tables, a file each: their SQL, their rows, and nothing else.

pub(crate) mod answers;
pub(crate) mod calls;
pub(crate) mod day_sums;
pub(crate) mod journal;
pub(crate) mod meta;
pub(crate) mod notes;
pub(crate) mod office_documents;
pub(crate) mod old_days;
pub(crate) mod snapshots;
pub(crate) mod tickets;

//! The store: what the office knows, on disk. One `SQLite` file a data folder.
//!
//! Owns the journal and its segments, the read models of tickets, calls and sums, the answers kept for
//! idempotency keys, notes about visits that are open, snapshots, the office's document, and all SQL
//! there is. Decides nothing.
//!
//! ```text
//!  engine task ──commit──▶ bounded channel ──▶ writer thread ──one transaction a batch, fsync──▶ aufruf.db
//!       ▲                                          │  └──nudge──▶ checkpoint thread (own connection)
//!       └────────── on disk | failed ──────────────┘
//!  handlers ──answer, ticket, office_document──▶ readers (read-only connections, a small pool)
//! ```
//!
//! What must hold here:
//! - A batch is on disk in full or not at all, and when its receiver resolves it survives power loss.
//! - After a batch failed, every later one is refused until [`Store::rebuild`]: it was decided on a
//!   state that does not exist.
//! - A note's words are in one table alone, and nowhere in the folder once its visit is over. A closed
//!   day is made anonymous in the background; what is not done is done after the next start.
//! - Damaged data is an error that names the place. The store never goes on with less.
#![forbid(unsafe_code)]

mod access;
mod anonymise;
mod backup;
mod batch;
mod checkpoint;
mod column;
mod connection;
mod day_on_disk;
mod documents;
mod error;
mod export;
mod fault;
mod folder;
mod load;
mod migrations;
mod office_id;
mod privacy;
mod projection;
mod readers;
mod restore;
mod store;
mod tables;
mod verify;
mod writer;

pub use access::{
    Access, Admitted, Asked, By, DeviceRow, LogRow, PairingRow, SecretOf, Secrets, SessionRow,
    UserRow, read_admitted,
};
pub use backup::{BackedUp, BackupFile, back_up, backups_in, backups_of, rotate, secrets_of};
pub use batch::{Answer, Batch};
pub use day_on_disk::{DayOnDisk, read_day};
pub use documents::{put_office_document, read_office_document, read_office_document_of_backup};
pub use error::{CommitError, Damage, StoreError};
pub use export::export_day;
pub use migrations::newest as newest_schema;
pub use office_id::{OfficeId, office_id, office_id_of, set_office_id};
pub use privacy::{PrivacyScan, Remnant, scan_privacy};
pub use restore::{Restored, Taken, database_that_was, prepare, prepare_from, restore, take_over};
pub use store::{Opened, Store, StoreOptions};
pub use tables::calls::{CallKind, CallRow};
pub use tables::notes::Note;
pub use tables::office_documents::OfficeDocument;
pub use tables::tickets::TicketRow;
pub use verify::{Verified, verify, verify_file};

//! Read-only connections, kept open between uses. Each reader has one to itself for a moment.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use crate::StoreError;
use crate::connection::open_reader;
use crate::fault::Fault;

/// LIMIT: connections kept open while nobody reads. More readers at once open more and close them.
const KEPT: usize = 8;

/// The pool.
#[derive(Debug)]
pub(crate) struct Readers {
    file: PathBuf,
    idle: Mutex<Idle>,
}

/// The connections nobody uses; none once the store is closed.
type Idle = Option<Vec<Connection>>;

impl Readers {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self {
            file,
            idle: Mutex::new(Some(Vec::new())),
        }
    }

    /// Lends a connection to `read`. `doing` reads before "failed" in the error.
    pub(crate) fn read<T>(
        &self,
        doing: &'static str,
        read: impl FnOnce(&mut Connection) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let kept = self.idle().as_mut().ok_or(StoreError::Closed)?.pop();
        let connection = kept.map_or_else(|| open_reader(&self.file), Ok);
        let mut connection =
            connection.map_err(|error| Fault::during(doing, &self.file)(error.into()))?;
        let result = read(&mut connection).map_err(Fault::during(doing, &self.file))?;
        if let Some(idle) = self.idle().as_mut().filter(|idle| idle.len() < KEPT) {
            idle.push(connection);
        }
        Ok(result)
    }

    /// Closes what is idle; what is in use closes when its reader is done.
    pub(crate) fn close(&self) {
        self.idle().take();
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        // A list of connections is whole whoever panicked beside it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

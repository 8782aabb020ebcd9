//! The office document in use: read from the store at start and again on request, checked, and handed
//! to the engine.

use std::sync::Arc;

use aufruf_engine::{Actor, Command, Refusal, State, decide};
use aufruf_store::{Store, StoreError};
use jiff::Timestamp;
use thiserror::Error;
use tokio::sync::watch;
use tracing::{error, info, warn};

use super::bus::{CommandBus, Envelope, Outcome};
use crate::app::OfficeInUse;
use crate::office::{FaultyFile, OfficeDocument};

/// Who signs that an office was taken into use.
const OWN_NAME: &str = "office";

/// Why an office cannot be taken into use.
#[derive(Debug, Error)]
pub enum OfficeFault {
    #[error("cannot read the office's description from the database")]
    Read(#[source] StoreError),
    #[error(
        "no office is set up here; write one (see assets/office/demo.toml) and take it into use with `aufruf-server office apply FILE`"
    )]
    NotThere,
    #[error(
        "version {version} of the office's description has faults; mend it and apply it again:\n{faults}"
    )]
    Faulty { version: u64, faults: FaultyFile },
    #[error("cannot read from the database who may connect")]
    Access(#[source] StoreError),
    #[error("the engine refused the office: {0}")]
    Refused(Refusal),
    #[error("the office could not be kept; see the log")]
    Unavailable,
}

/// Holds the office in use and changes it.
#[derive(Debug, Clone)]
pub struct OfficeWatch {
    store: Store,
    in_use: watch::Sender<OfficeInUse>,
}

impl OfficeWatch {
    /// The office to start with: the one that was applied last, or where the open visits do not allow it,
    /// the one that the day was opened with.
    ///
    /// # Errors
    /// [`OfficeFault`] when none was applied, or when there is none without faults.
    pub fn at_start(
        store: &Store,
        state: &State,
        now: Timestamp,
    ) -> Result<OfficeInUse, OfficeFault> {
        let fresh = Self::read(store).and_then(|fresh| match state.office() {
            Some(_) => allowed(state, fresh, now),
            None => Ok(fresh),
        });
        let Some(before) = state.office().map(|office| office.version) else {
            return fresh;
        };
        fresh.or_else(|fault| {
            error!("the office goes on as it was, with version {before}: {fault}");
            Self::of_version(store, before).map_err(|_older| fault)
        })
    }

    /// One version of the office's description, as it was applied.
    ///
    /// # Errors
    /// [`OfficeFault`] when it is not kept any more, or cannot be read.
    pub fn of_version(store: &Store, version: u64) -> Result<OfficeInUse, OfficeFault> {
        let found = store
            .office_document_of(version)
            .map_err(OfficeFault::Read)?;
        parse(&found.ok_or(OfficeFault::NotThere)?)
    }

    /// Reads the office that was applied last.
    fn read(store: &Store) -> Result<OfficeInUse, OfficeFault> {
        let found = store.office_document().map_err(OfficeFault::Read)?;
        parse(&found.ok_or(OfficeFault::NotThere)?)
    }

    pub fn new(store: Store, office: OfficeInUse) -> (Self, watch::Receiver<OfficeInUse>) {
        let (in_use, office) = watch::channel(office);
        (Self { store, in_use }, office)
    }

    /// Hands the office in use to the engine: opens the first day with it.
    ///
    /// # Errors
    /// [`OfficeFault`] when the engine refuses it or the store cannot keep it.
    pub async fn open(&self, bus: &CommandBus) -> Result<(), OfficeFault> {
        let office = self.in_use.borrow().clone();
        use_office(bus, &office).await
    }

    /// Tries again to take a newer office into use: visits that did not allow it may have ended.
    pub async fn follow(&self, bus: &CommandBus) {
        let in_use = self.in_use.borrow().version;
        match self.store.office_document() {
            Ok(Some(latest)) if latest.version > in_use => self.reload(bus).await,
            Ok(_) => {}
            Err(fault) => warn!("cannot look for a newer office: {fault}"),
        }
    }

    /// Takes the office that was applied last into use. A faulty one changes nothing.
    pub async fn reload(&self, bus: &CommandBus) {
        match self.try_reload(bus).await {
            Ok(version) => info!(version, "the office's description is reloaded"),
            Err(fault) => warn!("the office stays as it was: {fault}"),
        }
    }

    async fn try_reload(&self, bus: &CommandBus) -> Result<u64, OfficeFault> {
        let fresh = Self::read(&self.store)?;
        use_office(bus, &fresh).await?;
        self.in_use.send_replace(fresh.clone());
        Ok(fresh.version)
    }
}

fn parse(found: &aufruf_store::OfficeDocument) -> Result<OfficeInUse, OfficeFault> {
    let version = found.version;
    let document = OfficeDocument::parse(&found.text)
        .map_err(|faults| OfficeFault::Faulty { version, faults })?;
    Ok(OfficeInUse {
        version,
        document: Arc::new(document),
    })
}

fn allowed(state: &State, fresh: OfficeInUse, now: Timestamp) -> Result<OfficeInUse, OfficeFault> {
    let office = Arc::new(fresh.document.to_engine(fresh.version));
    let command = Command::UseOffice { office };
    match decide(state, &command, &Actor::new(OWN_NAME), now) {
        Ok(_) => Ok(fresh),
        Err(refusal) => Err(OfficeFault::Refused(refusal)),
    }
}

async fn use_office(bus: &CommandBus, office: &OfficeInUse) -> Result<(), OfficeFault> {
    let office = Arc::new(office.document.to_engine(office.version));
    let command = Command::UseOffice { office };
    let (envelope, outcome) = Envelope::own(command, Actor::new(OWN_NAME));
    bus.send(envelope)
        .map_err(|_full| OfficeFault::Unavailable)?;
    match outcome.await {
        Ok(Outcome::Done(_)) => Ok(()),
        Ok(Outcome::Refused(refusal)) => Err(OfficeFault::Refused(refusal)),
        Ok(Outcome::Unavailable) | Err(_) => Err(OfficeFault::Unavailable),
    }
}

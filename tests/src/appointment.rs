//! A visit with an appointment through the real screens: checked in at the kiosk's keyboard, parked and
//! gone on with at the panel.
//!
//! ```text
//! number typed ─▶ in the line ─▶ printed        called ─▶ started ─▶ parked ─▶ gone on with ─▶ finished
//! ```

use anyhow::Context as _;
use aufruf_protocol::latest::{CounterKey, TicketId, TicketRow, TicketState};
use tokio::time::timeout;

use crate::desktop::Key;
use crate::office::{PATIENCE, TestOffice};
use crate::picture::Picture;
use crate::virtual_printer::PrintedTicket;
use crate::visit::{ClerkKey, clerk_presses, kiosk_offers};

/// The figure of *park* in the sheet of all else.
const PARK: &str = "2";

/// Somebody with an appointment is here.
#[derive(Debug)]
pub struct CheckedIn {
    pub ticket: TicketRow,
    pub printed: PrintedTicket,
    /// What was typed, before it was sent.
    pub typed: Picture,
    pub number: Picture,
}

/// A visitor types the number of an appointment at the kiosk's keyboard and sends it.
pub async fn visitor_checks_in(office: &mut TestOffice, number: &str) -> anyhow::Result<CheckedIn> {
    let papers = office.printer().tickets().len();
    let services = kiosk_offers(office.kiosk()).await?.picture;
    let kiosk = office.kiosk();
    kiosk.gets_text(&number.to_lowercase())?;
    let what = "the kiosk shows what is typed";
    kiosk.changes_from(&services, PATIENCE, what).await?;
    let typed = kiosk.picture_at_rest().await?;
    kiosk.gets_key(Key::Return)?;
    let ticket = office
        .observer()
        .sees_ticket(number, "is in the line", |row| {
            row.state == TicketState::Waiting && row.arrived_at.is_some()
        })
        .await?;
    let what = "the kiosk shows the number";
    kiosk.changes_from(&typed, PATIENCE, what).await?;
    let printed = timeout(PATIENCE, office.printer().ticket_after(papers))
        .await
        .context("the printer got no whole ticket")??;
    let number = office.kiosk().picture_at_rest().await?;
    Ok(CheckedIn {
        ticket,
        printed,
        typed,
        number,
    })
}

/// The person who was called has come.
pub async fn visit_is_started(office: &TestOffice, ticket: TicketId) -> anyhow::Result<()> {
    clerk_presses(office, ClerkKey::Start).await?;
    is_served(office, ticket).await
}

/// The clerk parks the visit that runs.
pub async fn visit_is_parked(office: &TestOffice, ticket: TicketId) -> anyhow::Result<()> {
    clerk_presses(office, ClerkKey::More).await?;
    office.panel().picture_at_rest().await?;
    office.panel().gets_text(PARK)?;
    office
        .observer()
        .sees("the panel's key parks the visit", |view| {
            let is_parked = view.ticket(ticket)?.state == TicketState::Parked;
            let is_free = view.counters.iter().all(|row| row.running.is_none());
            (is_parked && is_free).then_some(())
        })
        .await
}

/// The clerk finds the only parked visit in its list and goes on with it, without a call.
pub async fn visit_is_resumed(office: &TestOffice, ticket: TicketId) -> anyhow::Result<()> {
    // From those who wait over those with an appointment to the parked.
    clerk_presses(office, ClerkKey::NextList).await?;
    clerk_presses(office, ClerkKey::NextList).await?;
    clerk_presses(office, ClerkKey::NextRow).await?;
    clerk_presses(office, ClerkKey::StepMarked).await?;
    is_served(office, ticket).await
}

/// The visit is over.
pub async fn visit_is_finished(office: &TestOffice, counter: &CounterKey) -> anyhow::Result<()> {
    clerk_presses(office, ClerkKey::Finish).await?;
    office
        .observer()
        .sees("the panel's key ends the visit", |view| {
            let is_over = view.tickets.is_empty() && view.counter(counter)?.running.is_none();
            (is_over && view.finished == 1).then_some(())
        })
        .await
}

async fn is_served(office: &TestOffice, ticket: TicketId) -> anyhow::Result<()> {
    office
        .observer()
        .sees("the visit is served", |view| {
            let is_served = view.ticket(ticket)?.state == TicketState::Serving;
            is_served.then_some(())
        })
        .await
}

//! A visit through the real screens, step by step: what a person does, and who must have seen it.
//!
//! ```text
//! kiosk touched ─▶ ticket issued ─▶ printed ─▶ panel: next ─▶ display painted, heard ─▶ start ─▶ finish
//! ```

use std::time::Duration;

use anyhow::Context as _;
use aufruf_protocol::latest::{CallId, CounterKey, Seen, TicketId, TicketRow, TicketState};
use tokio::time::timeout;

use crate::desktop::Key;
use crate::moment::Moment;
use crate::office::{PATIENCE, Screen, TestOffice};
use crate::picture::{Colour, Picture};
use crate::sound::Heard;
use crate::virtual_printer::PrintedTicket;
use crate::wait::until;

/// The kiosk's services stand on light paper; its other pages are dark.
pub(crate) const PAPER: Colour = [0xf6, 0xf7, 0xf9];
/// A service that can be had stands on a white card; no other field there is as wide.
const CARD: Colour = [255, 255, 255];
/// A sign that a display has understood *next* must not wait for its chime.
const PAINTED_WITHIN: Duration = Duration::from_secs(5);

/// What a clerk's keys mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClerkKey {
    /// Opens the counter, or closes it.
    Door,
    Next,
    Again,
    Start,
    Finish,
    /// All else for the visit.
    More,
    /// Shows the next of the four lists of people.
    NextList,
    /// Marks the next row of the list.
    NextRow,
    /// What the list is for, for who is marked: goes on with a parked visit.
    StepMarked,
}

/// A visitor has a number.
#[derive(Debug)]
pub struct TicketTaken {
    pub touched: Moment,
    /// When the server told panels of the ticket.
    pub issued: Moment,
    pub ticket: TicketRow,
    pub printed: PrintedTicket,
    /// When the kiosk showed something else than its services.
    pub shown: Moment,
    pub services: Picture,
    pub number: Picture,
}

/// A visitor was called.
#[derive(Debug)]
pub struct Called {
    pub pressed: Moment,
    pub call: CallId,
    /// When the server told panels that a display has painted the call.
    pub painted: Moment,
    pub seen: Seen,
    /// When the display's picture was seen to have changed.
    pub shown: Moment,
    pub display: Picture,
    pub panel: Picture,
}

/// A visit is over.
#[derive(Debug)]
pub struct Served {
    pub started: Moment,
    pub finished: Moment,
}

impl ClerkKey {
    fn key(self) -> Key {
        match self {
            Self::Door => Key::F2,
            Self::Again => Key::F8,
            Self::Next => Key::F9,
            Self::Start => Key::F10,
            Self::Finish => Key::F11,
            Self::More => Key::F1,
            Self::NextList => Key::F3,
            Self::NextRow => Key::Down,
            Self::StepMarked => Key::F4,
        }
    }
}

/// The clerk looks until the panel takes keys again, and presses one.
pub async fn clerk_presses(office: &TestOffice, key: ClerkKey) -> anyhow::Result<Moment> {
    // While an answer is awaited every key is inert; a clerk sees that and waits too.
    office.panel().picture_at_rest().await?;
    let pressed = Moment::now();
    office.panel().gets_key(key.key())?;
    Ok(pressed)
}

/// The clerk opens the panel's counter.
pub async fn counter_opens(office: &TestOffice, counter: &CounterKey) -> anyhow::Result<()> {
    clerk_presses(office, ClerkKey::Door).await?;
    office
        .observer()
        .sees("the panel opens its counter", |view| {
            view.counter(counter)?.is_open().then_some(())
        })
        .await
}

/// A visitor touches the first service that can be had, and gets a number on screen and paper.
pub async fn ticket_is_taken(office: &mut TestOffice) -> anyhow::Result<TicketTaken> {
    let known = tickets_known(office).await?;
    let papers = office.printer().tickets().len();
    let Offered {
        picture: services,
        first_card,
    } = kiosk_offers(office.kiosk()).await?;
    let touched = Moment::now();
    office.kiosk().is_touched_at(first_card)?;
    let ticket = office
        .observer()
        .sees("the kiosk's touch brings a ticket", |view| {
            view.tickets
                .iter()
                .find(|ticket| !known.contains(&ticket.id))
                .cloned()
        })
        .await?;
    let issued = Moment::now();
    let shown = kiosk_shows_the_number(office.kiosk(), &services).await?;
    let printed = timeout(PATIENCE, office.printer().ticket_after(papers))
        .await
        .context("the printer got no whole ticket")??;
    let number = office.kiosk().picture_at_rest().await?;
    Ok(TicketTaken {
        touched,
        issued,
        ticket,
        printed,
        shown,
        services,
        number,
    })
}

/// The visitor has read the number and presses *done*, which has the focus of the keypad. Returns
/// what the next visitor sees.
pub async fn visitor_leaves(office: &TestOffice) -> anyhow::Result<Picture> {
    office.kiosk().picture_at_rest().await?;
    office.kiosk().gets_key(Key::Return)?;
    Ok(kiosk_offers(office.kiosk()).await?.picture)
}

/// What a kiosk shows that can be used.
#[derive(Debug)]
pub struct Offered {
    pub picture: Picture,
    /// The middle of the first service that can be had.
    pub first_card: (u32, u32),
}

/// Waits until the kiosk offers services.
pub async fn kiosk_offers(kiosk: &Screen) -> anyhow::Result<Offered> {
    until("the kiosk offers services", PATIENCE, async || {
        let picture = kiosk.picture_at_rest().await?;
        if picture.background() != Some(PAPER) {
            return Ok(None);
        }
        let (width, height) = (picture.width * 6 / 10, picture.height / 200);
        let card = picture.field_of(CARD, width, height);
        Ok(card.map(|first_card| Offered {
            picture,
            first_card,
        }))
    })
    .await
}

/// The clerk presses *next* or *again*; a display paints the call.
pub async fn ticket_is_called(
    office: &TestOffice,
    counter: &CounterKey,
    key: ClerkKey,
) -> anyhow::Result<Called> {
    let before = office.display().picture()?;
    let earlier = calls_of(office, counter).await?;
    let pressed = clerk_presses(office, key).await?;
    let call = office
        .observer()
        .sees("the panel's key brings a call", |view| {
            let running = view.ticket(view.counter(counter)?.running?)?;
            running.call.filter(|call| Some(*call) != earlier)
        })
        .await?;
    let (painted, seen) = office
        .observer()
        .sees_within(PAINTED_WITHIN, "a display has painted the call", |view| {
            let counter = view.counter(counter)?;
            let is_the_call = view.ticket(counter.running?)?.call == Some(call);
            let seen = counter
                .seen
                .filter(|seen| is_the_call && seen.painted > 0)?;
            Some((Moment::now(), seen))
        })
        .await?;
    // A recall may look like the call before it.
    if key == ClerkKey::Next {
        let what = "the display's picture shows the call";
        office
            .display()
            .changes_from(&before, PATIENCE, what)
            .await?;
    }
    let shown = Moment::now();
    let display = office.display().picture_at_rest().await?;
    let panel = office.panel().picture_at_rest().await?;
    Ok(Called {
        pressed,
        call,
        painted,
        seen,
        shown,
        display,
        panel,
    })
}

/// Waits for the sound that follows the first `known` ones, to its end.
pub async fn call_is_heard(office: &TestOffice, known: usize) -> anyhow::Result<Heard> {
    until("a sound is heard from the display", PATIENCE, async || {
        Ok(office.sound().heard().get(known).map(drop))
    })
    .await?;
    office
        .observer()
        .sees("a display has announced the call", |view| {
            let seen = view.counters.iter().filter_map(|counter| counter.seen);
            seen.map(|seen| seen.announced)
                .find(|announced| *announced > 0)
        })
        .await?;
    let heard = office.sound().heard();
    heard
        .into_iter()
        .nth(known)
        .context("the sound was heard a moment ago")
}

/// The visitor has come; some time later the visit is over.
pub async fn ticket_is_served(office: &TestOffice, ticket: TicketId) -> anyhow::Result<Served> {
    let before = office
        .observer()
        .sees("figures", |view| Some(view.finished))
        .await?;
    clerk_presses(office, ClerkKey::Start).await?;
    let started = office
        .observer()
        .sees("the panel's key starts the visit", |view| {
            let serving = view.ticket(ticket)?.state == TicketState::Serving;
            serving.then(Moment::now)
        })
        .await?;
    clerk_presses(office, ClerkKey::Finish).await?;
    let finished = office
        .observer()
        .sees("the panel's key ends the visit", |view| {
            let is_over = view.ticket(ticket).is_none() && view.finished == before + 1;
            is_over.then(Moment::now)
        })
        .await?;
    Ok(Served { started, finished })
}

async fn kiosk_shows_the_number(kiosk: &Screen, services: &Picture) -> anyhow::Result<Moment> {
    kiosk
        .changes_from(services, PATIENCE, "the kiosk shows the number")
        .await?;
    Ok(Moment::now())
}

async fn tickets_known(office: &TestOffice) -> anyhow::Result<Vec<TicketId>> {
    office
        .observer()
        .sees("the tickets so far", |view| {
            Some(view.tickets.iter().map(|ticket| ticket.id).collect())
        })
        .await
}

async fn calls_of(office: &TestOffice, counter: &CounterKey) -> anyhow::Result<Option<CallId>> {
    office
        .observer()
        .sees("the counter's call so far", |view| {
            let running = view.counter(counter)?.running;
            Some(running.and_then(|ticket| view.ticket(ticket)?.call))
        })
        .await
}

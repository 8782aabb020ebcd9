//! The end of a queue's overtime and of the day, as everybody hears of it.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

/// Somebody serves all the time, whatever the panels say: else no time would be left for anybody.
const UNTIL_NOON: &str = "
[queues.rules]
overtime_min = 30
ghost_counters = 2

[[queues.hours]]
days = [\"mon\", \"tue\"]
open = [\"08:00-12:00\"]";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_still_waits_when_the_overtime_is_over_leaves_the_lists() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut panel = office.watches("panel-1").await;
    let served = office.serves(1, "id-card").await;
    let waiting = office.comes_for("id-card").await;
    let other = office.comes_for("move").await;
    panel.panel(|view| view.tickets.len() == 3).await;
    office.clock.is("2026-11-23T12:30");
    office.comes_for("move").await;
    panel
        .panel(|view| view.ticket(waiting.id).is_none() && view.tickets.len() == 3)
        .await;
    assert_eq!(
        office.ticket(waiting.id).await.state,
        wire::TicketState::Expired
    );
    assert_eq!(
        office.ticket(other.id).await.state,
        wire::TicketState::Waiting
    );
    assert_eq!(
        office.ticket(served).await.state,
        wire::TicketState::Serving
    );
}

#[tokio::test(start_paused = true)]
async fn the_end_of_overtime_comes_without_anybody_pressing_a_key() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut panel = office.watches("panel-1").await;
    let waiting = office.comes_for("id-card").await;
    panel.panel(|view| view.ticket(waiting.id).is_some()).await;
    office.clock.is("2026-11-23T12:30");
    panel.panel(|view| view.ticket(waiting.id).is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_day_begins_with_its_appointments_and_without_yesterdays_people() {
    let office = TestOffice::open().await;
    let mut panel = office.watches("panel-1").await;
    let mut display = office.watches("display-1").await;
    let yesterday = office.serves(1, "id-card").await;
    let booked = office.books("T-9", "2026-11-24T10:00").await;
    display.lists(&["A001"]).await;
    panel.panel(|view| view.tickets.len() == 1).await;

    office.clock.is("2026-11-24T07:30");
    let fresh = office.comes_for("move").await;
    display.lists(&[]).await;
    panel
        .panel(|view| {
            let has = |id| view.ticket(id).is_some();
            has(booked.id) && has(fresh.id) && !has(yesterday)
        })
        .await;
    let path = format!("tickets/{yesterday}");
    assert_eq!(office.get("panel-1", &path).await.status, 404);
}

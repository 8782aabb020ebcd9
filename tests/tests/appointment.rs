//! A visit with an appointment, end to end, on real parts: booked, checked in, called, parked, finished.

use aufruf_protocol::latest::{CounterKey, TicketState};
use aufruf_tests::appointment::{
    visit_is_finished, visit_is_parked, visit_is_resumed, visit_is_started, visitor_checks_in,
};
use aufruf_tests::moment::Moment;
use aufruf_tests::office::TestOffice;
use aufruf_tests::visit::{ClerkKey, counter_opens, ticket_is_called, visitor_leaves};

const COUNTER: &str = "counter-4";
const NUMBER: &str = "T104";

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_checked_in_at_the_kiosk_called_parked_gone_on_with_and_finished()
-> anyhow::Result<()> {
    let mut office = TestOffice::opens()
        .with_printer()
        .with_kiosk()
        .with_display()
        .with_panel(COUNTER)
        .start()
        .await?;
    let counter = CounterKey::new(COUNTER);
    let service = office.document().service;
    let clerk = office.clerk(COUNTER)?;
    let booked = clerk.books(NUMBER, service, Moment::now().at).await?;
    let row = office
        .observer()
        .sees_ticket(NUMBER, "is expected", |row| row.id == booked.id)
        .await?;
    assert_eq!((row.state, row.arrived_at), (TicketState::Booked, None));

    let here = visitor_checks_in(&mut office, NUMBER).await?;
    assert_eq!(here.ticket.id, booked.id);
    assert_eq!(here.printed.number().as_deref(), Some(NUMBER));
    visitor_leaves(&office).await?;

    counter_opens(&office, &counter).await?;
    let called = ticket_is_called(&office, &counter, ClerkKey::Next).await?;
    assert_eq!((called.seen.painted, called.seen.displays), (1, 1));
    visit_is_started(&office, booked.id).await?;
    visit_is_parked(&office, booked.id).await?;
    visit_is_resumed(&office, booked.id).await?;
    visit_is_finished(&office, &counter).await?;
    office.closes().await
}

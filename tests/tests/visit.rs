//! One visit, end to end, on real parts: real processes, real windows, real sockets.

use std::time::Duration;

use aufruf_protocol::latest::{CounterKey, TicketState};
use aufruf_tests::away::{is_back, kiosk_says_away, says_away};
use aufruf_tests::office::TestOffice;
use aufruf_tests::visit::{
    ClerkKey, call_is_heard, counter_opens, kiosk_offers, ticket_is_called, ticket_is_served,
    ticket_is_taken, visitor_leaves,
};

const COUNTER: &str = "counter-4";
/// A screen says within this time that the server is away.
const SAYS_SO_WITHIN: Duration = Duration::from_secs(5);

async fn whole_house() -> anyhow::Result<TestOffice> {
    TestOffice::opens()
        .with_printer()
        .with_sound()
        .with_kiosk()
        .with_display()
        .with_panel(COUNTER)
        .start()
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_goes_from_the_kiosk_to_the_finish_and_on_after_the_server_was_killed()
-> anyhow::Result<()> {
    let mut office = whole_house().await?;
    let counter = CounterKey::new(COUNTER);
    counter_opens(&office, &counter).await?;
    first_visit(&mut office, &counter).await?;
    visitor_leaves(&office).await?;
    second_visit(&mut office, &counter).await?;
    office.closes().await
}

async fn first_visit(office: &mut TestOffice, counter: &CounterKey) -> anyhow::Result<()> {
    let taken = ticket_is_taken(office).await?;
    let number = taken.ticket.number.clone();
    let paper = taken.printed.paper.as_ref().map_err(Clone::clone)?;
    assert_eq!(
        paper.largest_line().as_deref(),
        Some(&*number),
        "{}",
        paper.told()
    );
    assert!(paper.cut, "the ticket was not cut:\n{}", paper.told());

    let called = ticket_is_called(office, counter, ClerkKey::Next).await?;
    assert_eq!((called.seen.painted, called.seen.displays), (1, 1));
    let heard = call_is_heard(office, 0).await?;
    assert!(
        heard.peak() > 0.05,
        "the call is too quiet to be heard: {}",
        heard.peak()
    );
    assert!(
        heard.length() > Duration::from_millis(200),
        "{:?} is no chime",
        heard.length()
    );
    ticket_is_served(office, taken.ticket.id).await?;
    Ok(())
}

async fn second_visit(office: &mut TestOffice, counter: &CounterKey) -> anyhow::Result<()> {
    let taken = ticket_is_taken(office).await?;
    let number = taken.ticket.number.clone();
    let called = ticket_is_called(office, counter, ClerkKey::Next).await?;
    call_is_heard(office, 1).await?;
    visitor_leaves(office).await?;
    let display = office.display().picture_at_rest().await?;
    let panel = office.panel().picture_at_rest().await?;

    office.server().is_killed().await?;
    tokio::try_join!(
        kiosk_says_away(office.kiosk(), SAYS_SO_WITHIN),
        says_away(
            office.display(),
            SAYS_SO_WITHIN,
            "the display says that the server is away"
        ),
        says_away(
            office.panel(),
            SAYS_SO_WITHIN,
            "the panel says that the server is away"
        ),
    )?;

    office.server().starts_again().await?;
    let ticket = office
        .observer()
        .sees_ticket(&number, "is still there", |row| row.id == taken.ticket.id)
        .await?;
    assert_eq!(
        (ticket.state, ticket.call),
        (TicketState::Called, Some(called.call))
    );
    tokio::try_join!(
        kiosk_offers(office.kiosk()),
        is_back(office.display(), "the display comes back by itself"),
        is_back(office.panel(), "the panel comes back by itself"),
    )?;
    office
        .display()
        .is_back_to(&display, "the display still shows the call")
        .await?;
    office
        .panel()
        .is_back_to(&panel, "the panel still shows the visit")
        .await?;

    let again = ticket_is_called(office, counter, ClerkKey::Again).await?;
    assert!(again.call > called.call, "a recall is a later call");
    ticket_is_served(office, taken.ticket.id).await?;
    Ok(())
}

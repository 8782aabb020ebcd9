//! What a kiosk offers: it opens and closes with the clock.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

const MORNINGS: &str = "
[queues.rules]
last_ticket_before_min = 30
contingent = 2

[[queues.hours]]
days = [\"mon\", \"tue\"]
open = [\"08:00-12:00\"]";

/// On a runtime whose time passes by itself when nobody has anything to do.
#[tokio::test(start_paused = true)]
async fn an_offer_closes_with_the_clock_when_nothing_happens() {
    let office = TestOffice::with_ids(MORNINGS).await;
    let mut kiosk = office.watches("kiosk-1").await;
    kiosk
        .offers("id-card", |offer| offer.state == wire::OfferState::Open)
        .await;
    office.clock.is("2026-11-23T11:31");
    kiosk
        .offers("id-card", |offer| {
            offer.state == wire::OfferState::LastTicketGone
        })
        .await;
    office.clock.is("2026-11-23T12:00");
    let closed = kiosk
        .offers("id-card", |offer| offer.state == wire::OfferState::Closed)
        .await;
    let tomorrow = "2026-11-24T08:00:00+01:00".parse().expect("an instant");
    assert_eq!(closed.opens_at, Some(tomorrow));
    kiosk
        .offers("move", |offer| offer.state == wire::OfferState::Open)
        .await;
    let refused: wire::Problem = office.takes("t1", "id-card").await.read();
    assert_eq!((refused.status, refused.code.as_str()), (409, "closed"));
    assert_eq!(refused.at, Some(tomorrow));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_days_tickets_are_used_up_the_kiosk_says_so_at_once() {
    let office = TestOffice::with_ids(MORNINGS).await;
    let mut kiosk = office.watches("kiosk-2").await;
    office.comes_for("id-card").await;
    office.comes_for("pick-up").await;
    kiosk
        .offers("pick-up", |offer| {
            offer.state == wire::OfferState::ContingentUsed
        })
        .await;
    let refused = office.takes("t3", "id-card").await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (409, "contingent_used")
    );
    office.clock.is("2026-11-23T11:45");
    assert_eq!(
        office.takes("t4", "id-card").await.code(),
        "last_ticket_gone"
    );
}

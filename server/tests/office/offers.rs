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

const MEETING: &str = "
[[closures]]
from = 2026-11-23
queues = [\"ids\"]
notice = { de = \"Personalversammlung\", en = \"Staff meeting\", tr = \"Personel toplantısı\", ar = \"اجتماع الموظفين\" }

[[holidays]]
date = 2026-11-24
name = { de = \"Feiertag\", en = \"Holiday\", tr = \"Tatil\", ar = \"عطلة\" }";

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
    assert_eq!((closed.opens_at, closed.notice), (Some(tomorrow), None));
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

#[tokio::test(start_paused = true)]
async fn a_closed_day_says_why_in_every_language_until_it_is_over() {
    let office = TestOffice::with_ids(MEETING).await;
    let mut kiosk = office.watches("kiosk-1").await;
    let is_closed = |offer: &wire::Offer| offer.state == wire::OfferState::Closed;
    let is_open =
        |offer: &wire::Offer| offer.state == wire::OfferState::Open && offer.notice.is_none();
    let meeting = wire::Texts::from([
        ("de", "Personalversammlung"),
        ("en", "Staff meeting"),
        ("tr", "Personel toplantısı"),
        ("ar", "اجتماع الموظفين"),
    ]);
    let closed = kiosk.offers("id-card", is_closed).await;
    assert_eq!(closed.notice, Some(meeting));
    kiosk.offers("move", is_open).await;

    office.clock.is("2026-11-24T09:00");
    let closed = kiosk.offers("move", is_closed).await;
    let holiday = closed.notice.expect("a holiday has a name");
    assert_eq!(holiday.in_language("en", &[]), "Holiday");
    kiosk
        .offers("id-card", |offer| offer.notice.as_ref() == Some(&holiday))
        .await;

    office.clock.is("2026-11-25T09:00");
    kiosk.offers("id-card", is_open).await;
    kiosk.offers("move", is_open).await;
}

//! No time is left today for a service: who is told, and when there is room again.

use crate::common::{DEMO, TestOffice};
use aufruf_engine::{Actor, Command, Event, EventSeq, ServiceKey};
use aufruf_protocol::latest as wire;
use aufruf_server::runtime::Envelope;

/// Somebody serves all the time, whatever the panels say, so that only the time runs short.
const UNTIL_NOON: &str = "
[queues.rules]
overtime_min = 5
ghost_counters = 2

[[queues.hours]]
days = [\"mon\", \"tue\"]
open = [\"08:00-12:00\"]";

fn is(state: wire::OfferState) -> impl Fn(&wire::Offer) -> bool {
    move |offer| offer.state == state
}

/// What was told of services that are sold out, in the order in which it happened.
fn told(office: &TestOffice) -> Vec<String> {
    let day = jiff::civil::date(2026, 11, 23);
    let records = office.app().store.records_of(day).expect("a readable day");
    let names = |services: &[ServiceKey]| {
        let names: Vec<&str> = services.iter().map(ServiceKey::as_str).collect();
        names.join(" ")
    };
    let records = records.iter().filter_map(|record| match &record.event {
        Event::SoldOut { services } => Some(format!("{} sells out {}", record.by, names(services))),
        Event::RoomAgain { services } => {
            Some(format!("{} has room for {}", record.by, names(services)))
        }
        _ => None,
    });
    records.collect()
}

fn last(office: &TestOffice) -> EventSeq {
    let state = office.app().store.rebuild();
    state.expect("a readable disk").last_seq()
}

/// A plan that was made after record `as_of` has no room for these.
async fn says_full(office: &TestOffice, services: &[&str], as_of: EventSeq) {
    let services = services.iter().map(|key| ServiceKey::new(key)).collect();
    let command = Command::SellOut { services };
    let (envelope, outcome) = Envelope::own(command, Actor::new("planning"));
    let sent = office.app().bus.send(envelope.seen_at(as_of));
    sent.expect("the office runs");
    outcome.await.expect("an answer");
}

#[tokio::test(start_paused = true)]
async fn where_no_time_is_left_the_kiosk_says_so_before_anybody_presses_and_refuses_it() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut kiosk = office.watches("kiosk-1").await;
    let open = kiosk
        .offers("id-card", |offer| offer.promise.is_some())
        .await;
    assert_eq!(open.state, wire::OfferState::Open);

    office.clock.is("2026-11-23T11:58");
    let full = kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    assert_eq!(
        (full.promise, full.opens_at, full.notice),
        (None, None, None)
    );
    kiosk.offers("pick-up", is(wire::OfferState::Open)).await;
    kiosk.offers("move", is(wire::OfferState::Open)).await;

    let refused = office.takes("t1", "id-card").await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "sold_out"));
    let in_time = office.takes("t2", "pick-up").await;
    assert_eq!(in_time.status, 201, "four minutes are left for it");
    let wish = r#"{"services":["id-card"],"language":"de"}"#;
    let by_staff = office.does("panel-1", "tickets", wish).await;
    assert_eq!(by_staff.status, 201, "staff may say yes");
}

#[tokio::test(start_paused = true)]
async fn it_is_told_once_and_there_is_room_again_only_when_capacity_was_added() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut kiosk = office.watches("kiosk-1").await;
    office.clock.is("2026-11-23T11:58");
    kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    let once = ["planning sells out child-passport id-card"];
    assert_eq!(told(&office), once);
    let now = last(&office);
    says_full(&office, &["child-passport", "id-card"], now).await;
    says_full(&office, &["id-card"], now).await;
    says_full(&office, &[], now).await;
    assert_eq!(told(&office), once);
    assert_eq!(
        last(&office),
        now,
        "nothing is written when there is no news"
    );
}

#[tokio::test(start_paused = true)]
async fn a_queue_of_which_nothing_can_be_done_any_more_is_sold_out_as_a_whole() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut kiosk = office.watches("kiosk-1").await;
    let ids = async || {
        office
            .get("panel-1", "queues/ids")
            .await
            .read::<wire::QueueDay>()
    };
    office.clock.is("2026-11-23T11:58");
    kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    assert_eq!(
        ids().await.walk_ins,
        wire::OfferState::Open,
        "one of it is left"
    );
    let mut given = 0;
    while office.takes(&format!("p{given}"), "pick-up").await.status == 201 {
        given += 1;
        assert!(given < 100, "the day ends");
    }
    kiosk.offers("pick-up", is(wire::OfferState::SoldOut)).await;
    assert_eq!(ids().await.walk_ins, wire::OfferState::SoldOut);
}

#[tokio::test(start_paused = true)]
async fn after_closing_it_is_closed_and_tells_when_it_opens() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut kiosk = office.watches("kiosk-1").await;
    office.clock.is("2026-11-23T11:58");
    kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    office.clock.is("2026-11-23T12:00");
    let closed = kiosk.offers("id-card", is(wire::OfferState::Closed)).await;
    let tomorrow = "2026-11-24T08:00:00+01:00".parse().expect("an instant");
    assert_eq!(closed.opens_at, Some(tomorrow));
}

#[tokio::test(start_paused = true)]
async fn in_a_lunch_break_nobody_is_told_to_come_back_for_what_has_no_time_left() {
    let hours = "
[[queues.hours]]
days = [\"mon\"]
open = [\"08:00-12:00\", \"13:00-15:00\"]";
    let office = TestOffice::with_ids(hours).await;
    office.clock.is("2026-11-23T12:10");
    let mut kiosk = office.watches("kiosk-1").await;
    let closed = kiosk.offers("id-card", is(wire::OfferState::Closed)).await;
    let one = "2026-11-23T13:00:00+01:00".parse().expect("an instant");
    assert_eq!(closed.opens_at, Some(one));
    says_full(&office, &["id-card"], last(&office)).await;
    kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    let other = kiosk.offers("pick-up", is(wire::OfferState::Closed)).await;
    assert_eq!(other.opens_at, Some(one));
}

#[tokio::test(start_paused = true)]
async fn it_is_still_sold_out_after_a_restart() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut kiosk = office.watches("kiosk-1").await;
    office.clock.is("2026-11-23T11:58");
    kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    let office = office.restarts().await;
    assert_eq!(office.takes("t1", "id-card").await.code(), "sold_out");
}

#[tokio::test(start_paused = true)]
async fn when_the_house_stays_open_longer_there_is_room_again_and_the_kiosk_offers_it() {
    let office = TestOffice::with_ids(UNTIL_NOON).await;
    let mut kiosk = office.watches("kiosk-1").await;
    office.clock.is("2026-11-23T11:58");
    kiosk.offers("id-card", is(wire::OfferState::SoldOut)).await;
    let longer = UNTIL_NOON.replace("overtime_min = 5", "overtime_min = 60");
    let next = "[[queues]]\nkey = \"registration\"";
    office.applies(&DEMO.replacen(next, &format!("{longer}\n\n{next}"), 1));
    office.reloads().await;
    kiosk.offers("id-card", is(wire::OfferState::Open)).await;
    assert_eq!(
        told(&office),
        [
            "planning sells out child-passport id-card",
            "planning has room for child-passport id-card"
        ]
    );
    assert_eq!(office.takes("t1", "id-card").await.status, 201);
}

#[tokio::test(start_paused = true)]
async fn a_plan_from_before_a_counter_opened_sells_nothing_out() {
    let office = TestOffice::open().await;
    let before = last(&office);
    office.counter(1, "open").await;
    says_full(&office, &["vehicle"], before).await;
    assert_eq!(told(&office), Vec::<String>::new());
    says_full(&office, &["vehicle"], last(&office)).await;
    assert_eq!(told(&office), ["planning sells out vehicle"]);
    assert_eq!(office.takes("t1", "vehicle").await.code(), "sold_out");
}

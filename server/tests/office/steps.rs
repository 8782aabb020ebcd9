//! Every step of a visit and of a counter through the API: what it does, and when it is refused.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_with_services_for_two_queues_goes_on_where_the_rest_is_done() {
    let office = TestOffice::open().await;
    let wish = r#"{"services":["id-card","conduct"],"language":"de","persons":2}"#;
    let ticket: wire::IssuedTicket = office.does("kiosk-1", "tickets", wish).await.read();
    office.calls(1).await;
    let part: wire::TicketRow = office.step(1, ticket.id, "finish").await.read();
    assert_eq!(part.state, wire::TicketState::Waiting);
    assert_eq!(part.queue.as_str(), "certificates");
    assert_eq!((part.served.len(), part.persons), (1, 2));

    office.calls(5).await;
    let how = r#"{"persons":3,"result":"without_record"}"#;
    let row: wire::TicketRow = office.step_with(5, ticket.id, "finish", how).await.read();
    assert_eq!((row.state, row.persons), (wire::TicketState::Finished, 3));
    let again = office.step(5, ticket.id, "finish").await;
    assert_eq!((again.status, again.code().as_str()), (409, "wrong_state"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parked_visit_goes_on_at_any_counter_and_its_time_is_added_up() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    office.clock.goes_on(4);
    let parked: wire::TicketRow = office.step(1, ticket, "park").await.read();
    assert_eq!(
        (parked.state, parked.served_secs),
        (wire::TicketState::Parked, 240)
    );
    assert_eq!(parked.counter.expect("where it was").as_str(), "counter-1");

    office.counter(2, "open").await;
    let here = r#"{"counter":"counter-2"}"#;
    let row: wire::TicketRow = office.step_with(2, ticket, "resume", here).await.read();
    assert_eq!(row.state, wire::TicketState::Serving);
    let twice = office.step_with(2, ticket, "resume", here).await;
    assert_eq!(twice.code(), "visit_running");
    let unstarted = office.comes_for("move").await;
    assert_eq!(
        office.step(2, unstarted.id, "park").await.code(),
        "wrong_state"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_comes_back_for_what_is_being_made() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let row: wire::TicketRow = office.step(1, ticket, "pick-up").await.read();
    assert_eq!(row.state, wire::TicketState::PickUp);
    assert_eq!(
        office.step(1, ticket, "pick-up").await.code(),
        "wrong_state"
    );
    let row: wire::TicketRow = office.step(1, ticket, "finish").await.read();
    assert_eq!(row.state, wire::TicketState::Finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_leaves_for_a_while_and_keeps_the_place() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await;
    let row: wire::TicketRow = office
        .step_with(1, ticket.id, "pause", r#"{"minutes":20}"#)
        .await
        .read();
    let pause = row.pause.expect("the visitor is away");
    assert_eq!(pause.cause, wire::PauseCause::Visitor);

    office.counter(1, "open").await;
    let reply: wire::NextReply = office.counter(1, "next").await.read();
    let nobody = reply.nobody.expect("all are away");
    assert_eq!(nobody.reason, wire::NobodyReason::AllPaused);
    assert_eq!(
        (nobody.ticket, nobody.until),
        (Some(ticket.id), Some(pause.until))
    );

    let long = office
        .step_with(1, ticket.id, "pause", r#"{"minutes":600}"#)
        .await;
    assert_eq!((long.status, long.code().as_str()), (422, "pause_invalid"));
    let back: wire::TicketRow = office.step(1, ticket.id, "return").await.read();
    assert_eq!(back.pause, None);
    assert_eq!(
        office.step(1, ticket.id, "return").await.code(),
        "wrong_state"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_turns_out_to_be_for_something_else() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await;
    let other = r#"{"services":["move"],"persons":4,"priority":1,"needs":["guide_strip"]}"#;
    let row: wire::TicketRow = office.step_with(1, ticket.id, "change", other).await.read();
    assert_eq!(row.queue.as_str(), "registration");
    assert_eq!((row.persons, row.priority), (4, 1));
    assert_eq!(row.needs, [wire::Need::GuideStrip]);
    let tea = office
        .step_with(1, ticket.id, "change", r#"{"services":["tea"]}"#)
        .await;
    assert_eq!((tea.status, tea.code().as_str()), (422, "service_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_visit_is_over() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await;
    let row: wire::TicketRow = office.step(1, ticket.id, "cancel").await.read();
    assert_eq!(row.state, wire::TicketState::Cancelled);
    assert_eq!(
        office.step(1, ticket.id, "cancel").await.code(),
        "wrong_state"
    );
    let later = office.books("T-77", "2026-11-30T10:00").await;
    assert_eq!(office.step(1, later.id, "cancel").await.status, 204);
    assert_eq!(office.step(1, later.id, "cancel").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_sent_to_a_queue_a_counter_or_a_person() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let send = async |to: &str| {
        let wish = format!(r#"{{"target":{to}}}"#);
        office.step_with(1, ticket, "transfer", &wish).await
    };
    let row: wire::TicketRow = send(r#"{"to":"queue","queue":"certificates"}"#)
        .await
        .read();
    assert_eq!((row.queue.as_str(), row.bound), ("certificates", None));
    let closed = send(r#"{"to":"counter","counter":"counter-5"}"#).await;
    assert_eq!(
        (closed.status, closed.code().as_str()),
        (409, "counter_closed")
    );
    office
        .does("panel-5", "counters/counter-5/open", r#"{"clerk":"ada"}"#)
        .await;
    let row: wire::TicketRow = send(r#"{"to":"clerk","clerk":"ada"}"#).await.read();
    let ada = wire::Target::Clerk {
        clerk: "ada".to_owned(),
    };
    assert_eq!(row.bound, Some(ada));
    for (to, status, code) in [
        (r#"{"to":"queue","queue":"tea"}"#, 404, "queue_unknown"),
        (
            r#"{"to":"counter","counter":"moon"}"#,
            404,
            "counter_unknown",
        ),
        (r#"{"to":"clerk","clerk":"bob"}"#, 409, "clerk_absent"),
        (r#"{"to":"clerk","clerk":" "}"#, 422, "clerk_invalid"),
        (r#"{"to":"moon"}"#, 422, "target_unknown"),
    ] {
        let refused = send(to).await;
        assert_eq!((refused.status, refused.code().as_str()), (status, code));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_step_is_taken_back_by_who_took_it_and_soon() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    office.step(1, ticket, "finish").await;
    let other = office.step(2, ticket, "undo").await;
    assert_eq!(
        (other.status, other.code().as_str()),
        (409, "undo_of_other")
    );
    let row: wire::TicketRow = office.step(1, ticket, "undo").await.read();
    assert_eq!(row.state, wire::TicketState::Serving);
    assert_eq!(
        office.step(1, ticket, "undo").await.code(),
        "nothing_to_undo"
    );
    office.step(1, ticket, "finish").await;
    office.clock.goes_on(2);
    let late = office.step(1, ticket, "undo").await.code();
    assert!(
        ["undo_too_late", "nothing_to_undo"].contains(&late.as_str()),
        "{late}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_missed_is_called_by_hand_or_put_back() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await;
    office.calls(1).await;
    let row: wire::TicketRow = office.step(1, ticket.id, "miss").await.read();
    assert_eq!(
        (row.state, row.calls_in_vain),
        (wire::TicketState::Missed, 1)
    );
    let here = r#"{"counter":"counter-1"}"#;
    let row: wire::TicketRow = office.step_with(1, ticket.id, "call", here).await.read();
    assert_eq!(row.state, wire::TicketState::Called);
    assert_eq!(row.why.expect("a reason").rule, wire::Rule::Chosen);
    let row: wire::TicketRow = office.step(1, ticket.id, "requeue").await.read();
    assert_eq!(row.state, wire::TicketState::Waiting);
    assert_eq!(
        office.step(1, ticket.id, "requeue").await.code(),
        "wrong_state"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_pauses_goes_on_and_says_who_serves_there() {
    let office = TestOffice::open().await;
    assert_eq!(office.counter(1, "pause").await.code(), "counter_closed");
    let open = async |n: u32, clerk: &str| {
        let path = format!("counters/counter-{n}/open");
        let body = format!(r#"{{"clerk":"{clerk}"}}"#);
        office.does(&format!("panel-{n}"), &path, &body).await
    };
    let row: wire::CounterRow = open(1, "ada").await.read();
    assert_eq!(
        (row.mode, row.clerk.as_deref()),
        (wire::CounterMode::Open, Some("ada"))
    );
    assert_eq!(open(2, "ada").await.code(), "clerk_elsewhere");
    let long = "x".repeat(100);
    assert_eq!(open(2, &long).await.code(), "clerk_invalid");

    let row: wire::CounterRow = office.counter(1, "pause").await.read();
    assert_eq!(row.mode, wire::CounterMode::Paused);
    office.comes_for("id-card").await;
    let reply: wire::NextReply = office.counter(1, "next").await.read();
    let reason = reply.nobody.map(|nobody| nobody.reason);
    assert_eq!(reason, Some(wire::NobodyReason::CounterPaused));
    let row: wire::CounterRow = office.counter(1, "open").await.read();
    assert_eq!(
        (row.mode, row.clerk.as_deref()),
        (wire::CounterMode::Open, Some("ada"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_goes_over_to_another_counter_and_takes_the_visit_along() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let go = async |to: &str| {
        let wish = format!(r#"{{"to":"{to}"}}"#);
        office
            .does("panel-1", "counters/counter-1/move", &wish)
            .await
    };
    assert_eq!(go("moon").await.code(), "counter_unknown");
    let row: wire::CounterRow = go("counter-6").await.read();
    assert_eq!(
        (row.counter.as_str(), row.running),
        ("counter-6", Some(ticket))
    );
    let row = office.ticket(ticket).await;
    assert_eq!(row.counter.expect("a counter").as_str(), "counter-6");
    assert_eq!(go("counter-5").await.code(), "counter_closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_step_is_answered_as_before_and_done_once() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let path = format!("/api/v1/tickets/{ticket}/park");
    let first = office.post("panel-1", "p", &path, "").await;
    assert_eq!(office.post("panel-1", "p", &path, "").await, first);
    let lock = r#"{"notice":"Systemausfall"}"#;
    let first = office.post("panel-1", "l", "/api/v1/locks", lock).await;
    office.does("panel-1", "locks/end", "").await;
    let again = office.post("panel-1", "l", "/api/v1/locks", lock).await;
    assert_eq!(again, first, "the answer of before");
    let locks: Vec<wire::LockRow> = office.does("panel-2", "locks/end", "").await.read();
    assert!(locks.is_empty(), "and nothing was locked again");
    assert_eq!(
        office
            .get("kiosk-1", "queues/ids")
            .await
            .read::<wire::QueueDay>()
            .walk_ins,
        wire::OfferState::Open
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_sent_to_a_counter_that_closes_may_go_to_any_and_panels_show_it() {
    let office = TestOffice::open().await;
    let mut panel = office.watches("panel-1").await;
    office.counter(5, "open").await;
    let ticket = office.serves(1, "id-card").await;
    let there = r#"{"target":{"to":"counter","counter":"counter-5"}}"#;
    office.step_with(1, ticket, "transfer", there).await;
    let bound = |view: &wire::PanelView| view.ticket(ticket).map(|row| row.bound.is_some());
    panel.panel(|view| bound(view) == Some(true)).await;
    office.counter(5, "close").await;
    panel.panel(|view| bound(view) == Some(false)).await;
}

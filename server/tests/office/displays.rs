//! What displays list: the calls that hold now, each announced once.

use crate::common::TestOffice;

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_taken_back_leaves_the_display() {
    let office = TestOffice::open().await;
    let mut display = office.watches("display-1").await;
    let ticket = office.comes_for("id-card").await;
    office.calls(1).await;
    display.lists(&["A001"]).await;
    assert_eq!(office.step(1, ticket.id, "undo").await.status, 200);
    display.lists(&[]).await;
    office.calls(1).await;
    display.lists(&["A001"]).await;
    assert_eq!(
        display.announced("A001"),
        2,
        "the second call is a call of its own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_the_counter_leaves_the_display() {
    let office = TestOffice::open().await;
    let mut display = office.watches("display-1").await;
    let send = r#"{"target":{"to":"queue","queue":"certificates"}}"#;
    for (step, body) in [
        ("requeue", ""),
        ("cancel", ""),
        ("miss", ""),
        ("transfer", send),
        ("finish", ""),
    ] {
        let ticket = office.comes_for("id-card").await;
        let called = office.calls(1).await;
        display.lists(&[called.call.number.as_str()]).await;
        let done = office.step_with(1, called.ticket.id, step, body).await;
        assert_eq!(done.status, 200, "{step} of {}", ticket.number);
        display.lists(&[]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_called_person_is_called_anew_when_the_clerk_goes_to_another_counter() {
    let office = TestOffice::open().await;
    let mut ground = office.watches("display-1").await;
    let mut upper = office.watches("display-2").await;
    office.comes_for("id-card").await;
    let called = office.calls(1).await;
    ground.lists(&["A001"]).await;
    let there = r#"{"to":"counter-5"}"#;
    let moved = office
        .does("panel-1", "counters/counter-1/move", there)
        .await;
    assert_eq!(moved.status, 200);
    upper.lists(&["A001"]).await;
    ground.lists(&[]).await;
    assert_eq!((ground.announced("A001"), upper.announced("A001")), (1, 1));
    let row = office.ticket(called.ticket.id).await;
    assert!(row.call > called.ticket.call, "a call of its own");
    assert_eq!(row.calls, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_served_person_moves_along_without_a_call() {
    let office = TestOffice::open().await;
    let mut ground = office.watches("display-1").await;
    let mut upper = office.watches("display-2").await;
    office.serves(1, "id-card").await;
    ground.lists(&["A001"]).await;
    let there = r#"{"to":"counter-5"}"#;
    office
        .does("panel-1", "counters/counter-1/move", there)
        .await;
    ground.lists(&[]).await;
    office.comes_for("conduct").await;
    office.calls(6).await;
    upper.lists(&["C001"]).await;
    assert_eq!(upper.announced("A001"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resumed_visit_is_not_announced() {
    let office = TestOffice::open().await;
    let mut display = office.watches("display-1").await;
    let ticket = office.serves(1, "id-card").await;
    display.lists(&["A001"]).await;
    office.step(1, ticket, "park").await;
    display.lists(&[]).await;
    let here = r#"{"counter":"counter-1"}"#;
    assert_eq!(
        office.step_with(1, ticket, "resume", here).await.status,
        200
    );
    office.comes_for("move").await;
    office.calls(3).await;
    display.lists(&["B001"]).await;
    assert_eq!(display.announced("A001"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_was_ended_by_mistake_is_listed_again_under_its_old_call() {
    let office = TestOffice::open().await;
    let mut display = office.watches("display-1").await;
    let mut panel = office.watches("panel-1").await;
    let ticket = office.comes_for("id-card").await;
    let call = office.calls(1).await.call.id;
    display.lists(&["A001"]).await;
    office.step(1, ticket.id, "miss").await;
    display.lists(&[]).await;
    office.step(1, ticket.id, "undo").await;
    display.lists(&["A001"]).await;
    panel
        .panel(|view| {
            view.ticket(ticket.id)
                .is_some_and(|row| row.call == Some(call))
        })
        .await;
}

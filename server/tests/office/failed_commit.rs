//! The disk is full: nobody is told of anything that is not kept, and the state is what is on disk.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;
use aufruf_store::StoreOptions;

/// Enough pages for the schema, an office and some hundred tickets.
const FEW_PAGES: u32 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn when_a_commit_fails_nobody_is_told_and_the_state_equals_the_disk() {
    let office = TestOffice::open_with(StoreOptions {
        max_pages: Some(FEW_PAGES),
    })
    .await;
    let mut acknowledged = Vec::new();
    let refused = loop {
        let n = acknowledged.len();
        let service = ["id-card", "move", "conduct"][n % 3];
        let answer = office.takes(&format!("k{n}"), service).await;
        if answer.status != 201 {
            break answer;
        }
        acknowledged.push(answer.read::<wire::IssuedTicket>());
        assert!(n < 800, "the database has to fill up");
    };
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (503, "store_unavailable")
    );
    assert!(!acknowledged.is_empty(), "some tickets fit");

    let store = office.running.app.store.clone();
    let on_disk = store.rebuild().expect("the disk can be read");
    assert_eq!(on_disk.tickets().count(), acknowledged.len());
    for ticket in acknowledged {
        let kept = on_disk
            .ticket(aufruf_engine::TicketId(ticket.id.0))
            .expect("it was acknowledged");
        assert_eq!(kept.number.label, ticket.number);
    }
}

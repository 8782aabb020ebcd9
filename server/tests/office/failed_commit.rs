//! The disk is full: nobody is told of anything that is not kept, and the state is what is on disk.

use crate::common::{Answer, TestOffice};
use aufruf_protocol::latest as wire;
use aufruf_store::StoreOptions;
use axum::http::Method;

/// Enough pages for the schema, an office and some hundred tickets.
const FEW_PAGES: u32 = 60;

/// People take tickets until one is refused.
async fn fills_up(office: &TestOffice, acknowledged: &mut Vec<wire::IssuedTicket>) -> Answer {
    loop {
        let n = acknowledged.len();
        let service = ["id-card", "move", "conduct"][n % 3];
        let answer = office.takes(&format!("k{n}"), service).await;
        if answer.status != 201 {
            return answer;
        }
        acknowledged.push(answer.read::<wire::IssuedTicket>());
        assert!(n < 800, "the database has to fill up");
    }
}

async fn is_open_again(office: &TestOffice) {
    while !office.app().bus.is_open() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_commit_fails_nobody_is_told_and_the_state_equals_the_disk() {
    let office = TestOffice::open_with(StoreOptions {
        max_pages: Some(FEW_PAGES),
    })
    .await;
    let mut acknowledged = Vec::new();
    let refused = fills_up(&office, &mut acknowledged).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (503, "store_unavailable")
    );
    assert!(!acknowledged.is_empty(), "some tickets fit");

    is_open_again(&office).await;
    for ticket in &acknowledged {
        let path = format!("/api/v1/tickets/{}", ticket.id);
        let kept = office.ask(Some("panel-1"), Method::GET, &path).await;
        assert_eq!(kept.read::<wire::TicketRow>().number, ticket.number);
    }
    // Some rows may still find room in pages that are there.
    let again = fills_up(&office, &mut acknowledged).await;
    assert_eq!(again.status, 503, "the disk is still full");
    is_open_again(&office).await;

    let on_disk = office.app().store.rebuild().expect("the disk can be read");
    assert_eq!(on_disk.tickets().count(), acknowledged.len());
    let number = |n| {
        on_disk
            .ticket(aufruf_engine::TicketId(n))
            .map(|t| t.number.label.clone())
    };
    for ticket in acknowledged {
        assert_eq!(number(ticket.id.0), Some(ticket.number));
    }
}

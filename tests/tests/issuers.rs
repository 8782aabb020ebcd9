//! Many people take tickets at once, over HTTP, against the real server process.

use std::collections::BTreeSet;

use aufruf_client::CommandKey;
use aufruf_protocol::latest::IssuedTicket;
use aufruf_tests::office::{OfficeDocument, TestOffice, Visitor};
use tokio::task::JoinSet;

const ISSUERS: usize = 32;
const TICKETS_EACH: usize = 60;

async fn load_office() -> anyhow::Result<TestOffice> {
    TestOffice::opens()
        .with_document(OfficeDocument::load())
        .quiet()
        .start()
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_issuers_at_once_repeat_no_number_and_lose_no_ticket() -> anyhow::Result<()> {
    let office = load_office().await?;
    let mut issuers = JoinSet::new();
    for _ in 0..ISSUERS {
        issuers.spawn(takes_many(office.visitor()?));
    }
    let mut issued = Vec::new();
    while let Some(tickets) = issuers.join_next().await {
        issued.extend(tickets??);
    }
    let numbers: BTreeSet<_> = issued.iter().map(|ticket| ticket.number.clone()).collect();
    assert_eq!(
        numbers.len(),
        ISSUERS * TICKETS_EACH,
        "a number was given twice"
    );

    let ids: BTreeSet<_> = issued.iter().map(|ticket| ticket.id).collect();
    let in_line: BTreeSet<_> = office
        .observer()
        .sees("every ticket stands in the line", |view| {
            let is_all = view.tickets.len() >= ids.len();
            is_all.then(|| view.tickets.iter().map(|ticket| ticket.id).collect())
        })
        .await?;
    assert_eq!(in_line, ids);
    office.closes().await
}

async fn takes_many(visitor: Visitor) -> anyhow::Result<Vec<IssuedTicket>> {
    let mut tickets = Vec::with_capacity(TICKETS_EACH);
    for _ in 0..TICKETS_EACH {
        tickets.push(visitor.takes("anything").await?);
    }
    Ok(tickets)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_brings_one_ticket_also_at_the_same_moment() -> anyhow::Result<()> {
    let office = load_office().await?;
    let visitor = office.visitor()?;
    let key = CommandKey::fresh();
    let (one, twin) = tokio::try_join!(
        visitor.takes_under(&key, "anything"),
        visitor.takes_under(&key, "anything"),
    )?;
    let later = visitor.takes_under(&key, "anything").await?;
    assert_eq!(one, twin);
    assert_eq!(one, later);

    let other = visitor.takes("anything").await?;
    assert_ne!(one.id, other.id);
    let count = office
        .observer()
        .sees("both tickets stand in the line", |view| {
            let has_other = view.ticket(other.id).is_some();
            has_other.then_some(view.tickets.len())
        })
        .await?;
    assert_eq!(count, 2);
    office.closes().await
}

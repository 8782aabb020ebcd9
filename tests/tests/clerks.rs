//! Two clerks at once, over HTTP, against the real server process.

use aufruf_protocol::latest::NobodyReason;
use aufruf_tests::office::{OfficeDocument, TestOffice};
use aufruf_tests::soak::two_clerks;

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_who_press_next_at_the_same_moment_1000_times_never_get_the_same_person()
-> anyhow::Result<()> {
    two_clerks(1_000).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_clerks_who_press_next_for_one_person_one_is_told_that_nobody_waits()
-> anyhow::Result<()> {
    let office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .start()
        .await?;
    let (first, second) = (office.clerk("counter-1")?, office.clerk("counter-2")?);
    first.opens().await?;
    second.opens().await?;
    office.visitor()?.takes("anything").await?;
    let (left, right) = tokio::try_join!(first.presses_next(), second.presses_next())?;
    let nobody = match (left.called, right.called) {
        (Some(_), None) => right.nobody,
        (None, Some(_)) => left.nobody,
        both => panic!("one of the two should have been called to: {both:?}"),
    };
    assert_eq!(
        nobody.map(|nobody| nobody.reason),
        Some(NobodyReason::NobodyWaiting)
    );
    office.closes().await
}

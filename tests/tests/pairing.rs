//! Devices that nobody knows: each shows a code, works once somebody has approved it, and believes nobody but the
//! server that it was paired with. All of it encrypted.

use aufruf_protocol::latest::{PanelView, PrintOutcome};
use aufruf_tests::office::{OfficeDocument, TestOffice};

/// Where the test itself works, with a token of its own.
const CLERK: &str = "counter-2";

#[tokio::test(flavor = "multi_thread")]
async fn devices_show_a_code_work_once_it_is_approved_and_are_known_from_then_on()
-> anyhow::Result<()> {
    let mut office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .with_display()
        .with_panel("counter-1")
        .with_printer()
        .paired_by_code()
        .start()
        .await?;
    let area = office.document().area;
    for (device, place) in [
        ("display-1", ["--area", area].as_slice()),
        ("panel-of-counter-1", &["--counter", "counter-1"]),
        ("printer-1", &[]),
    ] {
        let code = office.code_of(device, 1).await?;
        office.approves(&code, device, place).await?;
    }
    office.clerk(CLERK)?.opens().await?;
    a_visit_goes_its_way(&office).await?;

    // A start of the server, and nobody has to approve anything.
    office.server().is_killed().await?;
    office.server().starts_again().await?;
    a_visit_goes_its_way(&office).await?;

    office.revokes("display-1").await?;
    let code = office.code_of("display-1", 2).await?;
    office
        .approves(&code, "display-1", &["--area", area])
        .await?;
    a_visit_goes_its_way(&office).await?;
    office.closes().await
}

/// Somebody takes a ticket, which is printed, and is called, which the display paints.
async fn a_visit_goes_its_way(office: &TestOffice) -> anyhow::Result<()> {
    let papers = office.papers().await?;
    let ticket = office.printing_visitor()?.takes("anything").await?;
    let outcomes = papers.are_settled(&[ticket.id]).await?;
    assert_eq!(outcomes[&ticket.id], PrintOutcome::Printed);
    let clerk = office.clerk(CLERK)?;
    let visit = clerk.calls_next().await?;
    let seen = |view: &PanelView| {
        let counter = view.counter(clerk.counter())?;
        let is_it = view.ticket(counter.running?)?.call == Some(visit.call.id);
        (is_it && counter.seen?.painted > 0).then_some(())
    };
    let observer = office.new_observer()?;
    observer
        .sees("the display has painted the call", seen)
        .await?;
    clerk.finishes(visit.ticket.id).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_believes_nobody_else_at_the_servers_address() -> anyhow::Result<()> {
    let mut office = TestOffice::opens()
        .with_printer()
        .paired_by_code()
        .start()
        .await?;
    let code = office.code_of("printer-1", 1).await?;
    office.approves(&code, "printer-1", &[]).await?;
    office.agent_says("connected to the office server").await?;
    // Another authority at the same place, as somebody would have who stands there instead.
    office.server().is_killed().await?;
    std::fs::remove_dir_all(office.server().data_dir().join("tls"))?;
    office.server().starts_again().await?;
    office.agent_says("invalid peer certificate").await?;
    assert_eq!(office.agent().log().matches("approve the code").count(), 1);
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_finds_the_server_by_itself_and_follows_it_to_another_place() -> anyhow::Result<()>
{
    let mut office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .with_printer()
        .found_by_network()
        .start()
        .await?;
    let code = office.code_of("printer-1", 1).await?;
    office.approves(&code, "printer-1", &[]).await?;
    office.agent_says("connected to the office server").await?;
    office.server().moves().await?;
    let there = office.server().encrypted_url().unwrap_or_default();
    let told = format!("the office server is at {there}");
    office.agent_says(&told).await?;
    let papers = office.papers().await?;
    let ticket = office.printing_visitor()?.takes("anything").await?;
    let outcomes = papers.are_settled(&[ticket.id]).await?;
    assert_eq!(outcomes[&ticket.id], PrintOutcome::Printed);
    office.closes().await
}

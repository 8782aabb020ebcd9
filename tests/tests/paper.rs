//! Tickets and their paper, when something happens to the print agent or to the printer.

use std::collections::BTreeMap;

use aufruf_protocol::latest::{IssuedTicket, PrintOutcome, TicketId};
use aufruf_tests::office::{OfficeDocument, TestOffice};
use aufruf_tests::places::free_port;
use aufruf_tests::virtual_printer::VirtualPrinter;

const KILLS: usize = 3;
const TICKETS_BEFORE_KILL: usize = 4;
const TICKETS_WHILE_AWAY: usize = 1;

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_killed_while_it_prints_prints_no_ticket_twice_and_owns_up_to_every_one()
-> anyhow::Result<()> {
    let mut office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .with_printer()
        .start()
        .await?;
    let papers = office.papers().await?;
    let mut issued = Vec::new();
    for _ in 0..KILLS {
        takes(&office, TICKETS_BEFORE_KILL, &mut issued).await?;
        // A sheet has come out, and the agent does not know yet: the worst moment there is.
        let known = office.printer().tickets().len();
        office.printer().ticket_after(known).await?;
        office.agent().is_killed().await?;
        takes(&office, TICKETS_WHILE_AWAY, &mut issued).await?;
        office.agent().starts_again()?;
    }

    let tickets: Vec<TicketId> = issued.iter().map(|ticket| ticket.id).collect();
    let outcomes = papers.are_settled(&tickets).await?;
    let mut sheets: BTreeMap<String, usize> = BTreeMap::new();
    for sheet in office.printer().tickets() {
        *sheets
            .entry(sheet.number().unwrap_or_default())
            .or_default() += 1;
    }
    for ticket in &issued {
        let copies = sheets.remove(&ticket.number).unwrap_or(0);
        match outcomes[&ticket.id] {
            PrintOutcome::Printed => assert_eq!(copies, 1, "{} is told printed", ticket.number),
            PrintOutcome::Doubtful => assert!(copies <= 1, "{} came out twice", ticket.number),
            other => panic!("{} is {other}, with a printer that is well", ticket.number),
        }
    }
    assert!(sheets.is_empty(), "nobody took these: {sheets:?}");
    let doubtful = outcomes
        .values()
        .filter(|outcome| **outcome == PrintOutcome::Doubtful);
    assert!(
        doubtful.count() <= KILLS,
        "a kill spoils one sheet at most: {outcomes:?}"
    );
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn panels_are_told_of_a_ticket_whose_paper_may_not_have_come_out() -> anyhow::Result<()> {
    let office = TestOffice::opens()
        .with_printer_that_fails()
        .start()
        .await?;
    let ticket = office
        .printing_visitor()?
        .takes(office.document().service)
        .await?;
    let outcome = office
        .observer()
        .sees("the ticket without paper", |view| {
            let row = view.unprinted.iter().find(|row| row.ticket == ticket.id);
            row.map(|row| row.outcome)
        })
        .await?;
    assert_eq!(outcome, PrintOutcome::Doubtful);

    // Somebody who looks later is told, too, until the ticket is over.
    let later = office.new_observer()?;
    later
        .sees("the ticket without paper, later", |view| {
            let row = view.unprinted.iter().find(|row| row.ticket == ticket.id);
            row.map(drop)
        })
        .await?;
    let clerk = office.clerk("counter-1")?;
    clerk.opens().await?;
    let called = clerk.calls_next().await?;
    assert_eq!(called.ticket.id, ticket.id);
    clerk.finishes(ticket.id).await?;
    later
        .sees("nobody needs that paper any more", |view| {
            view.unprinted.is_empty().then_some(())
        })
        .await?;
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn panels_are_told_of_a_printer_that_is_off_and_its_ticket_comes_out_when_it_is_on()
-> anyhow::Result<()> {
    let port = free_port()?;
    let office = TestOffice::opens()
        .with_printer_switched_off(port)
        .start()
        .await?;
    let ticket = office
        .printing_visitor()?
        .takes(office.document().service)
        .await?;
    let fault = office
        .observer()
        .sees("the printer is off", |view| {
            let printer = view.faults.iter().find(|row| row.device == "printer-1")?;
            printer.faults.first().cloned()
        })
        .await?;
    assert!(fault.contains("cannot reach the printer"), "{fault}");

    let mut printer = VirtualPrinter::plugged_in(port, &office.folder().join("tickets")).await?;
    let sheet = printer.ticket_after(0).await?;
    assert_eq!(sheet.number(), Some(ticket.number));
    office
        .observer()
        .sees("the printer is well again", |view| {
            (view.faults.is_empty() && view.unprinted.is_empty()).then_some(())
        })
        .await?;
    office.closes().await
}

/// So many people take tickets at the kiosk with the printer.
async fn takes(
    office: &TestOffice,
    count: usize,
    issued: &mut Vec<IssuedTicket>,
) -> anyhow::Result<()> {
    let visitor = office.printing_visitor()?;
    for _ in 0..count {
        issued.push(visitor.takes(office.document().service).await?);
    }
    Ok(())
}

//! The demo without a desktop: one visit through the real screens, and an account of who saw it.

use std::path::Path;

use anyhow::{Context as _, ensure};
use aufruf_protocol::latest::CounterKey;

use super::{Account, COUNTER, fresh_folder, office};
use crate::office::TestOffice;
use crate::sound::Heard;
use crate::visit::{
    Called, ClerkKey, Served, TicketTaken, call_is_heard, counter_opens, ticket_is_called,
    ticket_is_served, ticket_is_taken,
};

/// Plays one visit and leaves pictures, the drawn ticket and the sound under `target/demo/`.
///
/// # Errors
/// Names the part that did not see the visit.
pub async fn runs_by_itself(printer_port: u16) -> anyhow::Result<()> {
    let folder = fresh_folder()?;
    println!("Starting server, print agent, printer, kiosk, display and counter panel …");
    let office = office(printer_port, folder.join("tickets"))?
        .with_sound()
        .start()
        .await?;
    println!("Playing one visit through the real screens …\n");
    let (office, account) = one_visit(office, &folder).await?;
    println!("What each part saw:\n{account}");
    office.closes().await.context("stopping the programs")?;
    println!("Pictures, ticket and sound: {}", folder.display());
    Ok(())
}

async fn one_visit(mut office: TestOffice, folder: &Path) -> anyhow::Result<(TestOffice, Account)> {
    let counter = CounterKey::new(COUNTER);
    let mut account = Account::new();
    counter_opens(&office, &counter)
        .await
        .context("the counter panel")?;
    let taken = ticket_is_taken(&mut office)
        .await
        .context("the kiosk's visit")?;
    tell_taken(&mut account, &taken)?;
    let called = ticket_is_called(&office, &counter, ClerkKey::Next)
        .await
        .context("the call on the display")?;
    tell_called(&mut account, &taken, &called);
    let heard = call_is_heard(&office, 0)
        .await
        .context("the sound of the call")?;
    account.tells("sound", told_sound(&heard), heard.began);
    let served = ticket_is_served(&office, taken.ticket.id)
        .await
        .context("serving the visitor")?;
    tell_served(&mut account, &taken, &served);
    leave(folder, &taken, &called, &heard)?;
    Ok((office, account))
}

fn tell_taken(account: &mut Account, taken: &TicketTaken) -> anyhow::Result<()> {
    let number = &taken.ticket.number;
    let paper = taken.printed.paper.as_ref().map_err(Clone::clone)?;
    ensure!(
        paper.says(number) && paper.cut,
        "the printed ticket does not bear {number}:\n{}",
        paper.told()
    );
    account.tells("kiosk", "first service touched", taken.touched);
    account.tells("server", format!("ticket {number} issued"), taken.issued);
    account.tells("kiosk", "another picture: the number", taken.shown);
    account.tells(
        "printer",
        "first byte of the ticket",
        taken.printed.first_byte,
    );
    account.tells(
        "printer",
        format!("ticket {number} cut, {} bytes", taken.printed.bytes.len()),
        taken.printed.ended,
    );
    account.tells("printer", "ticket drawn", taken.printed.drawn);
    Ok(())
}

fn tell_called(account: &mut Account, taken: &TicketTaken, called: &Called) {
    account.tells("panel", "key next pressed", called.pressed);
    account.tells(
        "display",
        format!(
            "call {} of {} painted ({} of {} displays, by the server's word)",
            called.call, taken.ticket.number, called.seen.painted, called.seen.displays
        ),
        called.painted,
    );
    account.tells("display", "another picture: the call", called.shown);
}

fn told_sound(heard: &Heard) -> String {
    format!(
        "heard for {} ms, peak {:.2}",
        heard.length().as_millis(),
        heard.peak()
    )
}

fn tell_served(account: &mut Account, taken: &TicketTaken, served: &Served) {
    account.tells(
        "panel",
        format!("visit {} started", taken.ticket.number),
        served.started,
    );
    account.tells(
        "panel",
        format!("visit {} finished", taken.ticket.number),
        served.finished,
    );
}

fn leave(folder: &Path, taken: &TicketTaken, called: &Called, heard: &Heard) -> anyhow::Result<()> {
    taken
        .services
        .write_png(&folder.join("kiosk-services.png"))?;
    taken.number.write_png(&folder.join("kiosk-number.png"))?;
    called.display.write_png(&folder.join("display.png"))?;
    called.panel.write_png(&folder.join("panel.png"))?;
    heard.write_wav(&folder.join("sound.wav"))?;
    let drawn = taken
        .printed
        .picture
        .as_ref()
        .context("the ticket was not drawn")?;
    std::fs::copy(drawn, folder.join("ticket.png")).context("keeping the drawn ticket")?;
    Ok(())
}

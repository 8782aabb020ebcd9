//! The demo on somebody's desktop: three windows to play with, until Ctrl-C.

use std::time::Duration;

use tokio::time::interval;

use super::{fresh_folder, office};
use crate::office::TestOffice;

/// How soon a closed window is noticed.
const LOOK_AFTER: Duration = Duration::from_millis(500);

const WHAT_TO_DO: &str = "\
Three windows are open: a kiosk, a display and the counter panel of Platz 4.

  panel    F2 opens the counter; F9 calls the next visitor, F8 calls again,
           F10 starts the visit, F11 finishes it
  kiosk    touch (click) a service to take a ticket
  display  shows and sounds the call

Each ticket is drawn as it is printed; its picture is named below.
Ctrl-C ends the demo.
";

/// Opens the windows, names each ticket's picture, and ends with Ctrl-C or with a window.
pub async fn plays(printer_port: u16) -> anyhow::Result<()> {
    let folder = fresh_folder()?;
    println!("Starting server, print agent, printer, kiosk, display and counter panel …");
    let mut office = office(printer_port, folder.join("tickets"))?
        .on_own_desktop()
        .start()
        .await?;
    println!("\n{WHAT_TO_DO}");
    let ended = tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.map_err(anyhow::Error::from),
        ended = tells_tickets(&mut office) => ended,
    };
    office.shuts_down().await?;
    ended
}

/// Names the picture of every new ticket, until a program ends.
async fn tells_tickets(office: &mut TestOffice) -> anyhow::Result<()> {
    let mut told = 0;
    let mut ticks = interval(LOOK_AFTER);
    loop {
        ticks.tick().await;
        office.must_run()?;
        for ticket in &office.printer().tickets()[told..] {
            told += 1;
            let number = ticket.number().unwrap_or_else(|| "a ticket".to_owned());
            match &ticket.picture {
                Some(picture) => println!("{number} was printed: {}", picture.display()),
                None => println!("{number} was printed, but cannot be drawn"),
            }
        }
    }
}

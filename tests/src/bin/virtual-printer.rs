//! A receipt printer on a TCP port that draws every ticket as a PNG.

use std::path::PathBuf;

use aufruf_tests::virtual_printer::{PrintedTicket, VirtualPrinter};
use clap::Parser;

#[derive(Debug, Parser)]
struct Arguments {
    /// Where it listens, on loopback
    #[arg(long, default_value_t = 9100)]
    port: u16,
    /// Where the drawn tickets and their bytes go
    #[arg(long, default_value = "target/tickets")]
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut printer = VirtualPrinter::plugged_in(arguments.port, &arguments.folder).await?;
    println!("Listening on {}; Ctrl-C ends.", printer.address());
    let mut known = 0;
    loop {
        let ticket = tokio::select! {
            ticket = printer.ticket_after(known) => ticket?,
            pressed = tokio::signal::ctrl_c() => return Ok(pressed?),
        };
        known += 1;
        tell(&ticket);
    }
}

fn tell(ticket: &PrintedTicket) {
    println!(
        "first byte {}, {} bytes",
        ticket.first_byte.at,
        ticket.bytes.len()
    );
    match (&ticket.paper, &ticket.picture) {
        (Ok(paper), Some(picture)) => println!("{}{}", paper.told(), picture.display()),
        (Ok(paper), None) => print!("{}", paper.told()),
        (Err(err), _) => println!("{err}"),
    }
}

//! Shows the whole house on one machine: windows to play with where there is a desktop, else one
//! visit played through the real screens.

use std::env::var_os;
use std::process::ExitCode;

use aufruf_tests::demo::{PRINTER_PORT, plays, runs_by_itself};
use clap::Parser;

#[derive(Debug, Parser)]
struct Arguments {
    /// Play the visit by itself even where there is a desktop
    #[arg(long)]
    headless: bool,
    /// Where the virtual printer listens
    #[arg(long, default_value_t = PRINTER_PORT)]
    printer_port: u16,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The screens speak X11, which a Wayland desktop offers under the same name.
    let has_desktop = var_os("DISPLAY").is_some_and(|value| !value.is_empty());
    let played = if has_desktop && !arguments.headless {
        plays(arguments.printer_port).await
    } else {
        runs_by_itself(arguments.printer_port).await
    };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("\nThe demo has failed: {err:#}");
            ExitCode::FAILURE
        }
    }
}

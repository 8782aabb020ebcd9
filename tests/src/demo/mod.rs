//! The demo: the whole house on one machine, played through by a script or by whoever sits at it.

mod account;
mod play;
mod scripted;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use anyhow::Context as _;

use crate::office::{OfficeBuilder, TestOffice};
use crate::places::{free_port, target};

pub use account::Account;
pub use play::plays;
pub use scripted::runs_by_itself;

/// Where receipt printers listen.
pub const PRINTER_PORT: u16 = 9100;

/// The clerk of the demo works here.
const COUNTER: &str = "counter-4";

/// The demo's office, on `printer_port` if nobody else has it.
fn office(printer_port: u16, tickets: PathBuf) -> anyhow::Result<OfficeBuilder> {
    let is_free = TcpListener::bind((Ipv4Addr::LOCALHOST, printer_port)).is_ok();
    let port = if is_free { printer_port } else { free_port()? };
    if !is_free {
        println!("Port {printer_port} is taken; the virtual printer listens on {port}.");
    }
    Ok(TestOffice::opens()
        .with_printer_at(port, tickets)
        .with_kiosk()
        .with_display()
        .with_panel(COUNTER))
}

/// The demo's folder, empty.
fn fresh_folder() -> anyhow::Result<PathBuf> {
    let folder = target().join("demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("emptying {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder)
}

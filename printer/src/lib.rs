//! The print agent: takes print jobs from the office server and brings each onto paper once.
//!
//! ```text
//!  server ──job──▶ agent ──▶ spool (one durable file a job) ──▶ layout ─▶ encoder ──▶ transport ──▶ paper
//!         ◀─outcome─┘         received ─▶ sending ─▶ done
//! ```
//!
//! Owns what stands between the server's word "print this" and the last byte handed to the printer:
//! the [`spool`] that remembers every job, the [`layout`] and [`encoder`] that make bytes of a
//! document, the [`transport`]s. Never decides who gets a ticket, and never repeats one silently.
//!
//! **A job is printed at most once**, also when the line to the server breaks or the agent is killed.
//! That a job was begun is on disk before its first byte goes out; a job found begun after a restart
//! is reported *doubtful* and not repeated. As long as no byte has gone out, a printer that cannot be
//! reached is tried again until the job's time is over; then the job is reported *failed*, or
//! *expired* if the printer was never the reason.
//!
//! **Config file** (`aufruf-printer --config printer.toml`); unknown keys are errors:
//!
//! ```toml
//! server = "http://192.168.1.10:8080"
//! token_file = "/etc/aufruf/printer.token"   # or token = "…"
//! spool_dir = "/var/lib/aufruf-printer"
//! paper_mm = 80                              # 80 (48 columns) or 58 (32 columns)
//! # columns = 42                             # where the printer has other columns than most
//! # code_pages = ["PC437", "PC858", "PC857"] # what the printer knows, the preferred one first
//! # double_byte = true                       # for printers that read umlauts as Chinese
//!
//! [transport]
//! type = "tcp"                               # host name or address, nearly always port 9100
//! address = "192.168.1.20:9100"
//! # type = "serial"   port = "/dev/ttyS0"   baud = 19200
//! # type = "file"     path = "/dev/usb/lp0"
//! ```
//!
//! Not done here: no text as pictures (a line in a script that no code page has is left out with a
//! warning) and no questions to the printer about paper or cover.
#![forbid(unsafe_code)]

pub mod agent;
pub mod alphabet;
pub mod config;
pub mod encoder;
pub mod layout;
pub mod spelling;
pub mod spool;
pub mod transport;

//! HTTP: extract, turn into a command, wait for the answer. No policy, no SQL, no clock.

mod address;
pub mod appointments;
mod body;
mod command;
mod command_log;
pub mod counters;
pub mod devices;
mod error;
pub mod health;
pub mod house;
pub mod office;
pub mod openapi;
pub mod ops;
mod path;
pub mod sessions;
mod stored;
pub mod ticket_steps;
pub mod tickets;

pub use address::Address;
pub use body::{ApiJson, OptionalJson};
pub use command::CommandId;
pub use error::ApiError;
pub use path::ApiPath;
pub(crate) use stored::stored;

//! HTTP: extract, turn into a command, wait for the answer. No policy, no SQL, no clock.

mod command;
mod counters;
mod error;
mod office;
pub mod openapi;
mod ops;
mod path;
mod tickets;

pub use command::CommandId;
pub use counters::{close_counter, next, open_counter};
pub use error::ApiError;
pub use office::show_office;
pub use ops::{healthz, readyz};
pub use path::ApiPath;
pub use tickets::{
    call_ticket, create_ticket, finish_ticket, miss_ticket, recall_ticket, requeue_ticket,
    show_ticket, start_ticket,
};

// The paths that the description of the API is made from.
pub use counters::{__path_close_counter, __path_next, __path_open_counter};
pub use office::__path_show_office;
pub use ops::{__path_healthz, __path_readyz};
pub use tickets::{
    __path_call_ticket, __path_create_ticket, __path_finish_ticket, __path_miss_ticket,
    __path_recall_ticket, __path_requeue_ticket, __path_show_ticket, __path_start_ticket,
};

//! What runs while the office is open: the engine task, the view task, the planning worker.

mod at_work;
mod batch;
mod bus;
mod capacity;
mod engine_task;
mod jobs;
mod office_watch;
mod own_visit;
mod planning;
mod presence;
mod seen;
mod streams;
mod told;
mod troubles;
mod view_alerts;
mod view_figures;
mod view_jobs;
mod view_outlook;
mod view_requests;
mod view_task;
mod view_visitors;

pub use bus::{CommandBus, Envelope, Full, NoteText, Outcome, Sender};
pub use engine_task::EngineTask;
pub(crate) use jobs::OpenJobs;
pub use office_watch::{OfficeFault, OfficeWatch};
pub use planning::{Planned, Planning};
pub use presence::Line;
pub(crate) use seen::SeenCalls;
pub(crate) use streams::text;
pub use streams::{StreamKey, Subscription};
pub(crate) use told::ToldWindows;
pub(crate) use troubles::Troubles;
pub use view_requests::{DeviceHealth, Request, ViewHandle};
pub use view_task::{Committed, Following, ViewTask};
pub use view_visitors::{Standing, Visit};

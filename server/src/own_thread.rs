//! Work that may never come back, such as on a mount whose other end is gone, and work that has to stand back: it has
//! a thread of its own, for which nobody waits when the server stops.

use std::io;
use std::thread::Builder;

use tokio::sync::oneshot;

/// How much less of a processor such a thread gets than those who serve people.
const STANDS_BACK: i32 = 10;

/// Begins the work. The receiver hears what came of it, or that it panicked.
///
/// # Errors
/// When no thread can be started.
pub(crate) fn on_own_thread<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<oneshot::Receiver<T>> {
    let (told, hears) = oneshot::channel();
    let thread = Builder::new().name(name.to_owned());
    thread.spawn(move || {
        // Whoever presses *next* goes first on a small box. Where the system does not allow it, both share.
        let _stands_back = rustix::process::nice(STANDS_BACK);
        let _nobody_waits_any_more = told.send(work());
    })?;
    Ok(hears)
}

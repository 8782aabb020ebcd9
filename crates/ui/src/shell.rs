//! The shell of a screen program: its threads, and the way from them to Slint's event loop.

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::Arc;

use aufruf_client::clock::Clock;
use aufruf_client::{Connection, Update, Way};
use aufruf_protocol::latest::DeviceMessage;
use slint::{EventLoopError, PlatformError};
use tokio::runtime::{Builder, Runtime};
use tracing::{debug, error};

use crate::fonts;

/// Why a screen cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    #[error("there is no screen to draw on")]
    OpenScreen {
        #[source]
        source: PlatformError,
    },
    #[error("cannot start the threads for the line to the server")]
    StartThreads {
        #[source]
        source: io::Error,
    },
    #[error("there is no event loop to deliver updates to")]
    DeliverUpdates {
        #[source]
        source: EventLoopError,
    },
}

/// Opens the screen and makes the embedded fonts known. Call it before the first component is made;
/// `program` (such as `aufruf-display`) names the windows to the window manager.
pub fn start(program: &str) -> Result<(), ShellError> {
    // The name can be set only on a screen that is open.
    slint::BackendSelector::new()
        .select()
        .and_then(|()| slint::set_xdg_app_id(program))
        .map_err(|source| ShellError::OpenScreen { source })?;
    fonts::register();
    Ok(())
}

/// Runs `update` on Slint's event loop, after what was asked for before. Does nothing when the event
/// loop has ended.
pub fn run_on_ui(update: impl FnOnce() + Send + 'static) {
    if let Err(error) = slint::invoke_from_event_loop(update) {
        debug!(%error, "the event loop has ended: an update is dropped");
    }
}

/// The line to the server, on its own threads. Everything it learns is told on Slint's event loop, in order.
pub struct Shell {
    runtime: Runtime,
    connection: Connection,
}

impl Shell {
    /// Starts connecting and calls `on_update` on Slint's event loop (the thread of this call) for each
    /// update. `software` is the program's name and version, for staff.
    pub fn open(
        way: &Way,
        software: &str,
        clock: Arc<dyn Clock>,
        mut on_update: impl FnMut(Update) + 'static,
    ) -> Result<Self, ShellError> {
        // One thread for the sockets is plenty; slow files and names have tokio's blocking threads.
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("line")
            .enable_all()
            .build()
            .map_err(|source| ShellError::StartThreads { source })?;
        let (connection, mut updates) = {
            let _inside = runtime.enter();
            Connection::open(way, software, clock)
        };
        slint::spawn_local(async move {
            while let Some(update) = updates.recv().await {
                on_update(update);
            }
        })
        .map_err(|source| ShellError::DeliverUpdates { source })?;
        Ok(Self {
            runtime,
            connection,
        })
    }

    /// Tells the server something. It goes out when there is a line.
    pub fn send(&self, message: DeviceMessage) {
        self.connection.send(message);
    }

    /// Runs `question` (such as a command of [`aufruf_client::Api`]) on the shell's threads and gives its
    /// answer to `on_answer` on Slint's event loop. Call it on that event loop.
    pub fn ask<T: Send + 'static>(
        &self,
        question: impl Future<Output = T> + Send + 'static,
        on_answer: impl FnOnce(T) + 'static,
    ) {
        let question = self.runtime.spawn(question);
        let answered = slint::spawn_local(async move {
            match question.await {
                Ok(answer) => on_answer(answer),
                Err(error) => error!(%error, "a question to the server ended without an answer"),
            }
        });
        if let Err(error) = answered {
            error!(%error, "no event loop: nobody hears the answer");
        }
    }
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shell")
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}

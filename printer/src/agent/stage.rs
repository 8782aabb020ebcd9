//! What the agent is doing with the printer at the moment, one thing at a time.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest::JobId;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};
use tokio::time::{Instant, error::Elapsed, sleep_until, timeout_at};

use crate::transport::{self, Line, Transport};

/// Looking up a name may take long; a transport that takes even longer hangs.
const OPEN_PATIENCE: Duration = Duration::from_mins(1);
/// By then every transport has given up by itself, and what is told doubtful is not under way any more.
const SEND_PATIENCE: Duration = Duration::from_secs(30);
const _: () = assert!(SEND_PATIENCE.as_secs() >= 2 * transport::SEND_PATIENCE.as_secs());

type Opened = io::Result<Box<dyn Line>>;

pub(super) enum Stage {
    Idle,
    /// The printer could not be reached; it is tried again after a while.
    Pausing {
        until: Instant,
    },
    Opening {
        line: JoinHandle<Opened>,
        until: Instant,
    },
    Sending {
        job: JobId,
        number: String,
        sent: JoinHandle<io::Result<()>>,
        until: Instant,
    },
}

/// How a stage has ended.
pub(super) enum Ended {
    Pause,
    Opening(Opened),
    Sending {
        job: JobId,
        number: String,
        sent: io::Result<()>,
    },
}

impl Stage {
    pub(super) fn pausing(wait: Duration) -> Self {
        Self::Pausing {
            until: Instant::now() + wait,
        }
    }

    pub(super) fn opening(transport: Arc<dyn Transport>) -> Self {
        Self::Opening {
            line: spawn_blocking(move || transport.open()),
            until: Instant::now() + OPEN_PATIENCE,
        }
    }

    pub(super) fn sending(
        job: JobId,
        number: String,
        mut line: Box<dyn Line>,
        bytes: Vec<u8>,
    ) -> Self {
        Self::Sending {
            job,
            number,
            sent: spawn_blocking(move || line.send(&bytes)),
            until: Instant::now() + SEND_PATIENCE,
        }
    }

    /// Waits for the end of the stage; an idle one has none. Safe to cancel.
    pub(super) async fn end(&mut self) -> Ended {
        match self {
            Self::Idle => std::future::pending().await,
            Self::Pausing { until } => {
                sleep_until(*until).await;
                Ended::Pause
            }
            Self::Opening { line, until } => {
                Ended::Opening(flatten(timeout_at(*until, line).await))
            }
            Self::Sending {
                job,
                number,
                sent,
                until,
            } => Ended::Sending {
                sent: flatten(timeout_at(*until, sent).await),
                job: job.clone(),
                number: std::mem::take(number),
            },
        }
    }
}

fn flatten<T>(outcome: Result<Result<io::Result<T>, JoinError>, Elapsed>) -> io::Result<T> {
    match outcome {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(broken)) => Err(io::Error::other(broken)),
        Err(late) => Err(io::Error::new(io::ErrorKind::TimedOut, late)),
    }
}

impl fmt::Debug for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Idle => "Idle",
            Self::Pausing { .. } => "Pausing",
            Self::Opening { .. } => "Opening",
            Self::Sending { .. } => "Sending",
        })
    }
}

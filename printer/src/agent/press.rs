//! Everything between a job and its bytes, and where they go.

use std::sync::Arc;

use aufruf_protocol::latest::PrintJob;
use tracing::warn;

use crate::encoder::{EncodeError, HighBytes, encode};
use crate::layout::{Paper, lay_out};
use crate::transport::Transport;

/// One printer as its config file describes it.
#[derive(Debug, Clone)]
pub struct Press {
    pub transport: Arc<dyn Transport>,
    pub paper: Paper,
    pub high_bytes: HighBytes,
}

impl Press {
    /// The job's bytes. What this printer cannot put on paper is told to the log, not to the visitor.
    pub(super) fn bytes_of(&self, job: &PrintJob) -> Result<Vec<u8>, EncodeError> {
        let sheet = lay_out(&job.document, &self.paper);
        let lost = (sheet.lost_lines, sheet.lost_letters, sheet.lost_codes);
        if lost != (0, 0, 0) {
            let (lines, letters, codes) = lost;
            warn!(
                job.id = %job.id, language = %job.document.language,
                "{} has no letters on this printer for {letters} letters and {lines} whole lines; \
                 {codes} codes are left out", job.number
            );
        }
        encode(&sheet, self.high_bytes)
    }
}

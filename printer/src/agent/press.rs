//! Everything between a job and its bytes, and where they go.

use std::sync::Arc;

use aufruf_client::logging::chain;
use aufruf_protocol::latest::{
    Align, Block, PairingCode, PrintDocument, PrintJob, TextSize, Weight,
};
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
    /// Prints the code of a printer that the server does not know: it has no other way to show it. Once; whoever
    /// needs it again finds it in the log.
    pub(super) fn shows(&self, code: PairingCode) {
        let sheet = lay_out(&code_paper(code), &self.paper);
        let press = self.clone();
        // A printer may hang: nobody waits for this paper.
        tokio::task::spawn_blocking(move || {
            let bytes = encode(&sheet, press.high_bytes).map_err(|fault| chain(&fault));
            let printed = bytes.and_then(|bytes| {
                let mut line = press.transport.open().map_err(|fault| chain(&fault))?;
                line.send(&bytes).map_err(|fault| chain(&fault))
            });
            if let Err(reason) = printed {
                warn!("the code {code} cannot be printed: {reason}");
            }
        });
    }

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

/// For staff, before anybody has said which languages this office speaks: in two.
fn code_paper(code: PairingCode) -> PrintDocument {
    let text = |text: &str, size, weight| Block::Text {
        text: text.to_owned(),
        size,
        weight,
        align: Align::Centre,
    };
    let words = |words: &str| text(words, TextSize::Normal, Weight::Regular);
    PrintDocument {
        language: "de".to_owned(),
        blocks: vec![
            words(
                "Dieser Drucker ist noch nicht zugelassen. Diesen Code auf der Verwaltungsseite freigeben:",
            ),
            Block::Feed { lines: 1 },
            text(&code.to_string(), TextSize::Large, Weight::Bold),
            Block::Feed { lines: 1 },
            words(
                "This printer has not been let in yet. Approve this code on the server's admin page.",
            ),
            Block::Cut,
        ],
    }
}

//! What staff has to know and no record tells: devices that are not well, tickets without paper.
//! Kept in memory only: devices say it again when they come back.

use std::collections::BTreeMap;

use aufruf_protocol::latest::{DeviceFaults, PrintOutcome, PrintRow, TicketId};

/// LIMIT: faults of one device that are kept, and characters of one.
const FAULTS: usize = 8;
const FAULT_CHARS: usize = 200;

/// Every present trouble.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    faults: BTreeMap<String, Vec<String>>,
    unprinted: BTreeMap<TicketId, PrintRow>,
}

impl Troubles {
    /// A device's faults now; true when that is news.
    pub(super) fn device_says(&mut self, device: &str, faults: &[String]) -> bool {
        let cut = |fault: &String| fault.chars().take(FAULT_CHARS).collect();
        let faults: Vec<String> = faults.iter().take(FAULTS).map(cut).collect();
        let before = if faults.is_empty() {
            self.faults.remove(device)
        } else {
            self.faults.insert(device.to_owned(), faults.clone())
        };
        before.unwrap_or_default() != faults
    }

    /// The last word on a ticket's paper.
    pub(super) fn print_ended(&mut self, row: &PrintRow) {
        match row.outcome {
            PrintOutcome::Pending | PrintOutcome::Printed => self.unprinted.remove(&row.ticket),
            PrintOutcome::Failed
            | PrintOutcome::Doubtful
            | PrintOutcome::Expired
            | PrintOutcome::Unknown => self.unprinted.insert(row.ticket, row.clone()),
        };
    }

    /// Forgets the paper of tickets that are not `open` any more.
    pub(super) fn retain(&mut self, open: impl Fn(TicketId) -> bool) {
        self.unprinted.retain(|ticket, _| open(*ticket));
    }

    /// How many faults a device has now.
    pub(super) fn faults_of(&self, device: &str) -> usize {
        self.faults.get(device).map_or(0, Vec::len)
    }

    pub(crate) fn faults(&self) -> Vec<DeviceFaults> {
        let row = |(device, faults): (&String, &Vec<String>)| {
            let (device, faults) = (device.clone(), faults.clone());
            DeviceFaults { device, faults }
        };
        self.faults.iter().map(row).collect()
    }

    pub(crate) fn unprinted(&self) -> Vec<PrintRow> {
        self.unprinted.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_news_once_and_its_end_is_news_again() {
        let mut troubles = Troubles::default();
        let paper = ["no paper".to_owned()];
        assert!(troubles.device_says("printer-1", &paper));
        assert!(!troubles.device_says("printer-1", &paper));
        assert_eq!(troubles.faults().len(), 1);
        assert!(troubles.device_says("printer-1", &[]));
        assert!(troubles.faults().is_empty());
    }
}

//! What staff has to know and no record tells: devices that are not well, tickets without paper.
//! Kept in memory only: devices say it again when they come back.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_protocol::latest::{DeviceFaults, PrintOutcome, PrintRow, TicketId};

/// LIMIT: faults of one device that are kept, and characters of one.
const FAULTS: usize = 8;
const FAULT_CHARS: usize = 200;

/// Every present trouble.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    /// In the devices' own words.
    faults: BTreeMap<String, Vec<String>>,
    /// What alerts say of devices and places beside that.
    alerts: BTreeMap<String, Vec<String>>,
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

    /// What the alerts say now, by device or place; whose words that changes.
    pub(super) fn alerts_say(&mut self, lines: BTreeMap<String, Vec<String>>) -> Vec<String> {
        let before = std::mem::replace(&mut self.alerts, lines);
        let places: BTreeSet<&String> = before.keys().chain(self.alerts.keys()).collect();
        let is_news = |at: &&&String| before.get(**at) != self.alerts.get(**at);
        places
            .iter()
            .filter(is_news)
            .map(|at| (*at).clone())
            .collect()
    }

    /// The faults that a device reports itself.
    pub(super) fn own_faults_of(&self, device: &str) -> &[String] {
        self.faults.get(device).map_or(&[], Vec::as_slice)
    }

    /// All that is wrong with a device, or at a place.
    pub(super) fn faults_of(&self, at: &str) -> Vec<String> {
        let own = self.faults.get(at).into_iter().flatten();
        let alerts = self.alerts.get(at).into_iter().flatten();
        own.chain(alerts).cloned().collect()
    }

    pub(crate) fn faults(&self) -> Vec<DeviceFaults> {
        let places: BTreeSet<&String> = self.faults.keys().chain(self.alerts.keys()).collect();
        let row = |at: &String| DeviceFaults {
            device: at.clone(),
            faults: self.faults_of(at),
        };
        places.into_iter().map(row).collect()
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

    #[test]
    fn what_alerts_say_stands_behind_what_a_device_says_itself() {
        let mut troubles = Troubles::default();
        troubles.device_says("printer-1", &["no paper".to_owned()]);
        let lines = |words: &str| [("printer-1".to_owned(), vec![words.to_owned()])].into();
        assert_eq!(troubles.alerts_say(lines("clock")), ["printer-1"]);
        assert!(troubles.alerts_say(lines("clock")).is_empty(), "no news");
        assert_eq!(troubles.faults_of("printer-1"), ["no paper", "clock"]);
        troubles.device_says("printer-1", &[]);
        assert_eq!(troubles.faults_of("printer-1"), ["clock"]);
        assert_eq!(troubles.alerts_say(BTreeMap::new()), ["printer-1"]);
        assert!(troubles.faults().is_empty());
    }
}

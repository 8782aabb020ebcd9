//! Which list is shown, and who is marked in it.

use aufruf_protocol::latest::TicketRow;

use super::{Controller, List};

impl Controller {
    /// Shows another list, in the place of any sheet.
    pub fn show(&mut self, list: List) {
        self.sheets.clear();
        if self.list != list {
            self.list = list;
            self.marked = None;
        }
    }

    /// Shows the next list, or the one before where negative; the last is followed by the first.
    pub fn turn_lists(&mut self, by: isize) {
        let at = List::ALL.iter().position(|list| *list == self.list);
        let at = at.unwrap_or_default().cast_signed() + by;
        let at = at.rem_euclid(List::ALL.len().cast_signed());
        self.show(List::ALL[at.cast_unsigned()]);
    }

    /// Marks the person in this row of the list.
    pub fn mark(&mut self, row: usize) {
        self.marked = self.listed().get(row).map(|ticket| ticket.id);
    }

    /// Moves the mark by so many rows down, or up where negative; the first step marks the first row.
    pub fn move_mark(&mut self, by: isize) {
        let listed = self.listed();
        let at = |id| listed.iter().position(|ticket| ticket.id == id);
        let last = listed.len().saturating_sub(1);
        let row = match self.marked.and_then(at) {
            Some(row) => row.saturating_add_signed(by).min(last),
            None => 0,
        };
        self.marked = listed.get(row).map(|ticket| ticket.id);
    }

    /// Whoever has left the list must not be replaced under the clerk's finger.
    pub(super) fn drop_outdated_mark(&mut self) {
        if !self.listed().iter().any(|row| Some(row.id) == self.marked) {
            self.marked = None;
        }
    }

    pub(super) fn marked_ticket(&self) -> Option<&TicketRow> {
        self.mirror.panel()?.ticket(self.marked?)
    }
}

//! The list's model. Only what differs is touched, so that a long list stays where it was scrolled to
//! and a short change is a short redraw.

use std::rc::Rc;

use slint::{Model, ModelRc, VecModel};

use super::shapes;
use crate::controller::Row;
use crate::ui::RowShown;

/// The rows on the screen, and what they were made of.
pub(super) struct Rows {
    model: Rc<VecModel<RowShown>>,
    shown: Rc<[Row]>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            model: Rc::default(),
            shown: Rc::new([]),
        }
    }
}

impl Rows {
    pub(super) fn model(&self) -> ModelRc<RowShown> {
        Rc::clone(&self.model).into()
    }

    /// Changes the rows between what stays the same at the head and at the tail of the list.
    pub(super) fn show(&mut self, rows: &Rc<[Row]>) {
        if Rc::ptr_eq(&self.shown, rows) {
            return;
        }
        let head = self
            .shown
            .iter()
            .zip(rows.iter())
            .take_while(|(was, is)| was == is)
            .count();
        let (was, is) = (&self.shown[head..], &rows[head..]);
        let tail = was
            .iter()
            .rev()
            .zip(is.iter().rev())
            .take_while(|(was, is)| was == is)
            .count();
        let (was, is) = (&was[..was.len() - tail], &is[..is.len() - tail]);
        let common = was.len().min(is.len());
        for (at, row) in is[..common].iter().enumerate() {
            self.model.set_row_data(head + at, shapes::row(row));
        }
        for _ in common..was.len() {
            self.model.remove(head + common);
        }
        for (at, row) in is.iter().enumerate().skip(common) {
            self.model.insert(head + at, shapes::row(row));
        }
        self.shown = Rc::clone(rows);
    }
}

#[cfg(test)]
mod tests {
    use aufruf_protocol::latest::TicketId;
    use uuid::Uuid;

    use super::*;
    use crate::controller::Window;

    fn rows_of(numbers: &[u32]) -> Rc<[Row]> {
        let row = |number: &u32| Row {
            id: TicketId(Uuid::from_u128((*number).into())),
            number: format!("A{number:03}"),
            services: "Reisepass".to_owned(),
            language: None,
            needs: Vec::new(),
            persons: 1,
            urgent: false,
            appointment: None,
            whereabouts: None,
            only: None,
            since: "10:14".to_owned(),
            call_about: None,
            window: Window::Holds,
            elsewhere: false,
            paper: None,
        };
        numbers.iter().map(row).collect()
    }

    #[track_caller]
    fn shows(rows: &mut Rows, numbers: &[u32]) {
        rows.show(&rows_of(numbers));
        let shown: Vec<String> = rows
            .model
            .iter()
            .map(|row| row.number.to_string())
            .collect();
        let wanted: Vec<String> = numbers
            .iter()
            .map(|number| format!("A{number:03}"))
            .collect();
        assert_eq!(shown, wanted);
    }

    #[test]
    fn the_list_on_the_screen_follows_whoever_comes_goes_or_changes_place() {
        let mut rows = Rows::default();
        for list in [
            &[1, 2, 3][..],
            &[2, 3],
            &[2, 3, 4],
            &[2, 9, 3, 4],
            &[4, 3, 2],
            &[5, 6],
            &[],
            &[1],
        ] {
            shows(&mut rows, list);
        }
    }
}

//! Maps the controller's wall to Slint's properties and models. Decides nothing.

use std::rc::Rc;

use aufruf_protocol::latest::Arrow;
use aufruf_ui::{is_right_to_left, select_language};
use slint::{ComponentHandle, Model, ModelRc, VecModel};

use crate::controller::{CurrentCall, Frame, Line, ListedCall, QueueFigures, Wait, Wall};
use crate::ui::{App, CallRow, Direction, LargeCall, LineState, QueueCell, Theme, WaitKind};

/// German, until the office says what it speaks.
const FIRST_LANGUAGE: &str = "de";

/// Keeps the models of one screen, so that what has not changed is not drawn anew.
pub struct Adapter {
    current: Rc<VecModel<LargeCall>>,
    list: Rc<VecModel<CallRow>>,
    queues: Rc<VecModel<QueueCell>>,
    language: Option<String>,
}

impl Adapter {
    /// Gives the screen its models. `server` is shown to staff as long as nobody answers there.
    pub fn connect(app: &App, server: &str) -> Self {
        let adapter = Self {
            current: Rc::default(),
            list: Rc::default(),
            queues: Rc::default(),
            language: None,
        };
        app.set_server(server.into());
        app.set_current(ModelRc::from(Rc::clone(&adapter.current)));
        app.set_list(ModelRc::from(Rc::clone(&adapter.list)));
        app.set_queues(ModelRc::from(Rc::clone(&adapter.queues)));
        speak(app, FIRST_LANGUAGE);
        adapter
    }

    /// Puts the wall on the screen, as the given frame.
    pub fn show(&mut self, app: &App, frame: Frame, wall: &Wall) {
        if wall.language.is_some() && wall.language != self.language {
            self.language.clone_from(&wall.language);
            speak(app, self.language.as_deref().unwrap_or(FIRST_LANGUAGE));
        }
        app.set_second_language(wall.second_language.as_deref().unwrap_or_default().into());
        app.set_office(wall.office.as_str().into());
        app.set_clock(wall.clock.as_str().into());
        show_line(app, &wall.line);
        self.show_current(wall.current.as_ref());
        update(&self.list, wall.list.iter().map(to_row));
        update(&self.queues, wall.queues.iter().map(to_cell));
        app.set_frame(frame.0);
    }

    /// A new call gets a new row: that is what makes it slide in, once.
    fn show_current(&self, current: Option<&CurrentCall>) {
        let shown = self.current.row_data(0);
        match (current.map(to_large), shown) {
            (None, None) => {}
            (None, Some(_)) => self.current.set_vec(Vec::new()),
            (Some(now), Some(shown)) if now.call == shown.call => {
                if now != shown {
                    self.current.set_row_data(0, now);
                }
            }
            (Some(now), _) => self.current.set_vec(vec![now]),
        }
    }
}

impl std::fmt::Debug for Adapter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Adapter")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

fn speak(app: &App, language: &str) {
    select_language(language);
    app.global::<Theme<'_>>()
        .set_right_to_left(is_right_to_left(language));
}

fn show_line(app: &App, line: &Line) {
    let (state, since) = match line {
        Line::Connecting { since } => (LineState::Connecting, since.as_str()),
        Line::Live => (LineState::Live, ""),
        Line::Stale { since } => (LineState::Stale, since.as_str()),
    };
    app.set_line(state);
    app.set_since(since.into());
}

/// Changes only the rows that differ.
fn update<T: Clone + PartialEq + 'static>(
    model: &VecModel<T>,
    rows: impl ExactSizeIterator<Item = T>,
) {
    let wanted = rows.len();
    for (place, row) in rows.enumerate() {
        match model.row_data(place) {
            Some(shown) if shown == row => {}
            Some(_) => model.set_row_data(place, row),
            None => model.push(row),
        }
    }
    while model.row_count() > wanted {
        model.remove(model.row_count() - 1);
    }
}

fn to_large(call: &CurrentCall) -> LargeCall {
    LargeCall {
        call: call.call.to_string().into(),
        number: call.number.as_str().into(),
        counter: call.counter.as_str().into(),
        direction: to_direction(call.arrow),
        way: call.way.as_str().into(),
        again: call.again,
        announcing: call.announcing,
    }
}

fn to_direction(arrow: Arrow) -> Direction {
    match arrow {
        Arrow::Left => Direction::Left,
        Arrow::Right => Direction::Right,
        Arrow::Up => Direction::Up,
        Arrow::Down => Direction::Down,
        Arrow::Ahead => Direction::Ahead,
        Arrow::Unknown => Direction::None,
    }
}

fn to_row(call: &ListedCall) -> CallRow {
    CallRow {
        number: call.number.as_str().into(),
        counter_word: call.counter_word.as_str().into(),
        counter_name: call.counter_name.as_str().into(),
        coming: call.coming,
    }
}

fn to_cell(queue: &QueueFigures) -> QueueCell {
    let (wait, low, high) = match queue.wait {
        Wait::Unknown => (WaitKind::Unknown, 0, 0),
        Wait::Soon => (WaitKind::Soon, 0, 0),
        Wait::Minutes { low, high } => (WaitKind::Minutes, low, high),
    };
    QueueCell {
        name: queue.name.as_str().into(),
        prefix: queue.prefix.as_str().into(),
        waiting: i32::try_from(queue.waiting).unwrap_or(i32::MAX),
        wait,
        low: i32::try_from(low).unwrap_or(i32::MAX),
        high: i32::try_from(high).unwrap_or(i32::MAX),
    }
}

//! Maps the controller's model to the screen, and only what has changed of it. Nothing is decided here.

mod alarms;
mod notices;
mod rows;
mod shapes;
mod sheets;

use slint::{ComponentHandle, Weak};

use crate::controller::{Header, LastStep, LineModel, LinkModel, PanelModel, Stage};
use crate::ui::{App, DoneShown, LinkState, NoticeState, Pairing, PanelState, Theme};
use rows::Rows;

pub(crate) use shapes::{to_key, to_list};

/// The window, and what it shows now.
pub(crate) struct Screen {
    app: Weak<App>,
    rows: Rows,
    shown: Option<PanelModel>,
}

impl Screen {
    /// The window in the direction in which `language` is read.
    pub(crate) fn of(app: &App, language: &str) -> Self {
        let right_to_left = aufruf_ui::is_right_to_left(language);
        app.global::<Theme<'_>>().set_right_to_left(right_to_left);
        let rows = Rows::default();
        app.global::<PanelState<'_>>().set_rows(rows.model());
        Self {
            app: app.as_weak(),
            rows,
            shown: None,
        }
    }

    /// The code of a panel that the server does not know; empty where it does.
    pub(crate) fn show_code(&self, code: &str) {
        if let Some(app) = self.app.upgrade() {
            app.global::<Pairing<'_>>().set_code(code.into());
        }
    }

    pub(crate) fn show(&mut self, model: PanelModel) {
        let Some(app) = self.app.upgrade() else {
            return;
        };
        let state = app.global::<PanelState<'_>>();
        let shown = self.shown.as_ref();
        if shown.map(|shown| &shown.header) != Some(&model.header) {
            show_header(&state, &model.header);
        }
        if shown.map(|shown| &shown.stage) != Some(&model.stage) {
            show_visit(&state, &model.stage);
        }
        show_link(&state, &model.link);
        state.set_offers(shapes::offers(&model.offered));
        state.set_awaiting(model.awaiting.is_some());
        let notices = app.global::<NoticeState<'_>>();
        notices.set_notice(notices::notice(model.notice.as_ref()));
        show_last_step(&state, model.last_step.as_ref());
        state.set_locked(model.locked.join(", ").into());
        if shown.map(|shown| &shown.alarms) != Some(&model.alarms) {
            alarms::show(&app, &model.alarms);
        }
        let sheet = shown.and_then(|shown| shown.sheet.as_ref());
        if sheet != model.sheet.as_ref() {
            sheets::show(&app, model.sheet.as_ref(), sheet);
        }
        shapes::show_faults(&state, model.faults.as_ref());
        if shown.map(|shown| &shown.line) != Some(&model.line) {
            self.show_line(&state, &model.line);
        }
        self.shown = Some(model);
    }

    fn show_line(&mut self, state: &PanelState<'_>, line: &LineModel) {
        // The mark goes first and comes last: it must never point at a row that is not there.
        state.set_marked(-1);
        self.rows.show(&line.rows);
        state.set_list(shapes::list(line.list));
        state.set_waiting(shapes::figure(line.waiting));
        state.set_booked(shapes::figure(line.booked));
        state.set_parked(shapes::figure(line.parked));
        state.set_missed(shapes::figure(line.missed));
        state.set_finished(shapes::figure(line.finished));
        state.set_step(shapes::step(line.step));
        state.set_marked(line.marked.map_or(-1, shapes::figure));
    }
}

fn show_header(state: &PanelState<'_>, header: &Header) {
    state.set_counter(header.counter.as_str().into());
    state.set_clerk(shapes::text(header.clerk.as_deref()));
    state.set_way(header.way.as_str().into());
    state.set_waiting_by_prefix(header.waiting.as_str().into());
    state.set_longest_wait_minutes(header.longest_wait_minutes.unwrap_or(-1));
    state.set_clock(header.clock.as_str().into());
}

fn show_link(state: &PanelState<'_>, link: &LinkModel) {
    let link = match link {
        LinkModel::Connecting => LinkState::Connecting,
        LinkModel::Live => LinkState::Live,
        LinkModel::Away { since } => {
            state.set_away_since(since.as_str().into());
            LinkState::Away
        }
    };
    state.set_link(link);
}

fn show_visit(state: &PanelState<'_>, now: &Stage) {
    if let Stage::Called { visit, .. } | Stage::Serving { visit } = now {
        state.set_visit(shapes::visit(visit));
    }
    if let Stage::Called { sight, .. } = now {
        shapes::show_sight(state, *sight);
    }
    state.set_stage(shapes::stage(now));
}

fn show_last_step(state: &PanelState<'_>, step: Option<&LastStep>) {
    state.set_done(step.map_or(DoneShown::Nothing, |step| shapes::done(step.done)));
    state.set_done_number(shapes::text(step.map(|step| step.number.as_str())));
}

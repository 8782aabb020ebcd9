//! The controller's words in the shapes that Slint compiled.

use aufruf_protocol::latest::Need;
use slint::{ModelRc, SharedString, VecModel};

use crate::controller::{
    Done, Faults, Key, List, Paper, Reason, Row, Sight, Stage, Step, Visit, Whereabouts, Window,
};
use crate::ui::{
    DoneShown, ListShown, NeedShown, Offers, PanelKey, PanelState, Paper as PaperShown, ReasonKind,
    RowShown, Sight as SightShown, Stage as StageShown, StepShown, VisitShown, WhereaboutsKind,
    WindowShown,
};

pub(crate) fn to_key(key: PanelKey) -> Key {
    match key {
        PanelKey::Door => Key::Door,
        PanelKey::Next => Key::Next,
        PanelKey::Again => Key::Again,
        PanelKey::DidNotCome => Key::DidNotCome,
        PanelKey::BackIntoLine => Key::BackIntoLine,
        PanelKey::Start => Key::Start,
        PanelKey::Finish => Key::Finish,
        PanelKey::CallMarked => Key::CallMarked,
        PanelKey::StepMarked => Key::StepMarked,
        PanelKey::TakeBack => Key::TakeBack,
        PanelKey::More => Key::More,
        PanelKey::MoreOfMarked => Key::MoreOfMarked,
        PanelKey::Help => Key::Help,
    }
}

pub(crate) fn to_list(list: ListShown) -> List {
    match list {
        ListShown::Waiting => List::Waiting,
        ListShown::Booked => List::Booked,
        ListShown::Parked => List::Parked,
        ListShown::Missed => List::Missed,
    }
}

pub(super) fn list(list: List) -> ListShown {
    match list {
        List::Waiting => ListShown::Waiting,
        List::Booked => ListShown::Booked,
        List::Parked => ListShown::Parked,
        List::Missed => ListShown::Missed,
    }
}

pub(super) fn stage(stage: &Stage) -> StageShown {
    match stage {
        Stage::Unknown => StageShown::Unknown,
        Stage::NotAPanel => StageShown::NotAPanel,
        Stage::Closed => StageShown::Closed,
        Stage::Paused => StageShown::Paused,
        Stage::Free => StageShown::Free,
        Stage::Called { .. } => StageShown::Called,
        Stage::Serving { .. } => StageShown::Serving,
    }
}

pub(super) fn show_sight(state: &PanelState<'_>, sight: Sight) {
    let shown = match sight {
        Sight::Pending => SightShown::Pending,
        Sight::Seen { painted, displays } => {
            state.set_painted(figure(painted));
            state.set_displays(figure(displays));
            SightShown::Seen
        }
        Sight::Unheard { painted, displays } => {
            state.set_painted(figure(painted));
            state.set_displays(figure(displays));
            SightShown::Unheard
        }
        Sight::Nowhere => SightShown::Nowhere,
        Sight::NoDisplay => SightShown::NoDisplay,
    };
    state.set_sight(shown);
}

pub(super) fn offers(offered: &[Key]) -> Offers {
    let offers = |key| offered.contains(&key);
    Offers {
        door: offers(Key::Door),
        next: offers(Key::Next),
        again: offers(Key::Again),
        did_not_come: offers(Key::DidNotCome),
        back_into_line: offers(Key::BackIntoLine),
        start: offers(Key::Start),
        finish: offers(Key::Finish),
        call_marked: offers(Key::CallMarked),
        step_marked: offers(Key::StepMarked),
    }
}

pub(super) fn visit(visit: &Visit) -> VisitShown {
    let (reason, reason_figure, reason_time) = reason(visit.reason.as_ref());
    VisitShown {
        number: visit.number.as_str().into(),
        lasts: visit.lasts.as_str().into(),
        calls: figure(visit.calls),
        services: visit.services.as_str().into(),
        language: text(visit.language.as_deref()),
        needs: needs(&visit.needs),
        persons: figure(visit.persons),
        arrived: text(visit.arrived.as_deref()),
        waited_minutes: visit.waited_minutes,
        promised: text(visit.promised.as_deref()),
        appointment: text(visit.appointment.as_deref()),
        reason,
        reason_figure,
        reason_time: reason_time.into(),
        break_follows: visit.break_follows,
        paper: paper(visit.paper),
    }
}

/// The rule, its figure and its time.
fn reason(reason: Option<&Reason>) -> (ReasonKind, i32, &str) {
    match reason {
        None => (ReasonKind::Nothing, 0, ""),
        Some(Reason::FirstInLine) => (ReasonKind::FirstInLine, 0, ""),
        Some(Reason::Overdue(minutes)) => (ReasonKind::Overdue, figure(*minutes), ""),
        Some(Reason::Priority(priority)) => (ReasonKind::Priority, figure(*priority), ""),
        Some(Reason::Appointment(at)) => (ReasonKind::Appointment, 0, at),
        Some(Reason::EarlyAppointment(at)) => (ReasonKind::EarlyAppointment, 0, at),
        Some(Reason::TurnOfOthers(after)) => (ReasonKind::TurnOfOthers, figure(*after), ""),
        Some(Reason::FitsBefore(at)) => (ReasonKind::FitsBefore, 0, at),
        Some(Reason::ShorterFirst(longer)) => (ReasonKind::ShorterFirst, figure(*longer), ""),
        Some(Reason::OwnService) => (ReasonKind::OwnService, 0, ""),
        Some(Reason::Chosen) => (ReasonKind::Chosen, 0, ""),
    }
}

pub(super) fn row(row: &Row) -> RowShown {
    let (whereabouts, place) = match &row.whereabouts {
        None => (WhereaboutsKind::Nothing, ""),
        Some(Whereabouts::AwayUntil(at)) => (WhereaboutsKind::Away, at.as_str()),
        Some(Whereabouts::ParkedAt(counter)) => (WhereaboutsKind::Parked, counter.as_str()),
        Some(Whereabouts::FetchesAt(counter)) => (WhereaboutsKind::Fetches, counter.as_str()),
    };
    RowShown {
        number: row.number.as_str().into(),
        services: row.services.as_str().into(),
        language: text(row.language.as_deref()),
        needs: needs(&row.needs),
        persons: figure(row.persons),
        urgent: row.urgent,
        appointment: text(row.appointment.as_deref()),
        since: row.since.as_str().into(),
        call_about: text(row.call_about.as_deref()),
        window: match row.window {
            Window::Holds => WindowShown::Holds,
            Window::Later => WindowShown::Later,
            Window::Over => WindowShown::Over,
        },
        whereabouts,
        r#where: place.into(),
        only: text(row.only.as_deref()),
        elsewhere: row.elsewhere,
        paper: paper(row.paper),
    }
}

pub(super) fn step(step: Option<Step>) -> StepShown {
    match step {
        None => StepShown::Nothing,
        Some(Step::CheckIn) => StepShown::CheckIn,
        Some(Step::Resume) => StepShown::Resume,
        Some(Step::LineUp) => StepShown::LineUp,
        Some(Step::Return) => StepShown::ComeBack,
    }
}

pub(super) fn done(done: Done) -> DoneShown {
    match done {
        Done::Called => DoneShown::Called,
        Done::CalledAgain => DoneShown::CalledAgain,
        Done::Started => DoneShown::Started,
        Done::Finished => DoneShown::Finished,
        Done::DidNotCome => DoneShown::DidNotCome,
        Done::PutBack => DoneShown::PutBack,
        Done::Parked => DoneShown::Parked,
        Done::PickUp => DoneShown::PickUp,
        Done::Resumed => DoneShown::Resumed,
        Done::SentOn => DoneShown::SentOn,
        Done::Paused => DoneShown::Paused,
        Done::Returned => DoneShown::Returned,
        Done::Changed => DoneShown::Changed,
        Done::Cancelled => DoneShown::Cancelled,
        Done::CheckedIn => DoneShown::CheckedIn,
    }
}

pub(super) fn show_faults(state: &PanelState<'_>, faults: Option<&Faults>) {
    state.set_faulty(faults.map_or(0, |faults| figure(faults.devices)));
    state.set_fault(text(faults.map(|faults| faults.first.as_str())));
}

fn paper(paper: Option<Paper>) -> PaperShown {
    match paper {
        None => PaperShown::Well,
        Some(Paper::NotPrinted) => PaperShown::NotPrinted,
        Some(Paper::Doubtful) => PaperShown::Doubtful,
    }
}

/// A count for the screen; one that no screen could hold is shown as the largest it can.
pub(super) fn figure(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}

fn needs(needs: &[Need]) -> ModelRc<NeedShown> {
    let shown = needs.iter().filter_map(|need| match need {
        Need::LoweredCounter => Some(NeedShown::LoweredCounter),
        Need::InductionLoop => Some(NeedShown::InductionLoop),
        Need::GuideStrip => Some(NeedShown::GuideStrip),
        Need::SignLanguage => Some(NeedShown::SignLanguage),
        Need::Unknown => None,
    });
    ModelRc::new(shown.collect::<VecModel<_>>())
}

pub(super) fn text(text: Option<&str>) -> SharedString {
    text.unwrap_or_default().into()
}

//! The controller's words in the shapes that Slint compiled.

use aufruf_protocol::latest::Need;
use slint::{ModelRc, SharedString, VecModel};

use crate::controller::{Faults, Key, List, Notice, Paper, Row, Sight, Stage, Visit};
use crate::ui::{
    ListShown, NeedShown, NoticeKind, NoticeShown, Offers, PanelKey, PanelState,
    Paper as PaperShown, RowShown, Sight as SightShown, Stage as StageShown, VisitShown,
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
        PanelKey::LineUpMarked => Key::LineUpMarked,
    }
}

pub(crate) fn to_list(list: ListShown) -> List {
    match list {
        ListShown::Waiting => List::Waiting,
        ListShown::Missed => List::Missed,
    }
}

pub(super) fn list(list: List) -> ListShown {
    match list {
        List::Waiting => ListShown::Waiting,
        List::Missed => ListShown::Missed,
    }
}

pub(super) fn stage(stage: &Stage) -> StageShown {
    match stage {
        Stage::Unknown => StageShown::Unknown,
        Stage::NotAPanel => StageShown::NotAPanel,
        Stage::Closed => StageShown::Closed,
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
        line_up_marked: offers(Key::LineUpMarked),
    }
}

pub(super) fn visit(visit: &Visit) -> VisitShown {
    VisitShown {
        number: visit.number.as_str().into(),
        lasts: visit.lasts.as_str().into(),
        calls: figure(visit.calls),
        services: visit.services.as_str().into(),
        language: text(visit.language.as_deref()),
        needs: needs(&visit.needs),
        arrived: visit.arrived.as_str().into(),
        waited_minutes: visit.waited_minutes,
        promised: text(visit.promised.as_deref()),
        paper: paper(visit.paper),
    }
}

pub(super) fn row(row: &Row) -> RowShown {
    RowShown {
        number: row.number.as_str().into(),
        services: row.services.as_str().into(),
        language: text(row.language.as_deref()),
        needs: needs(&row.needs),
        since: row.since.as_str().into(),
        promised: text(row.promised.as_deref()),
        overdue: row.overdue,
        elsewhere: row.elsewhere,
        paper: paper(row.paper),
    }
}

pub(super) fn notice(notice: Option<&Notice>) -> NoticeShown {
    let shown = |kind, subject: &str, until: Option<&str>| NoticeShown {
        kind,
        subject: subject.into(),
        until: text(until),
    };
    let plain = |kind| shown(kind, "", None);
    match notice {
        None => plain(NoticeKind::Nothing),
        Some(Notice::NobodyWaiting { until }) => {
            shown(NoticeKind::NobodyWaiting, "", until.as_deref())
        }
        Some(Notice::OtherSkills { until }) => shown(NoticeKind::OtherSkills, "", until.as_deref()),
        Some(Notice::NobodyNow { until }) => shown(NoticeKind::NobodyNow, "", until.as_deref()),
        Some(Notice::VisitRunning { number }) => shown(NoticeKind::VisitRunning, number, None),
        Some(Notice::BeingServed { number }) => shown(NoticeKind::BeingServed, number, None),
        Some(Notice::Told(words)) => shown(NoticeKind::Told, words, None),
        Some(Notice::NobodyCalled) => plain(NoticeKind::NobodyCalled),
        Some(Notice::CounterClosed) => plain(NoticeKind::CounterClosed),
        Some(Notice::CounterUnknown) => plain(NoticeKind::CounterUnknown),
        Some(Notice::TicketUnknown) => plain(NoticeKind::TicketUnknown),
        Some(Notice::WrongState) => plain(NoticeKind::WrongState),
        Some(Notice::SkillMissing) => plain(NoticeKind::SkillMissing),
        Some(Notice::DayNotOpen) => plain(NoticeKind::DayNotOpen),
        Some(Notice::StoreUnavailable) => plain(NoticeKind::StoreUnavailable),
        Some(Notice::Busy) => plain(NoticeKind::Busy),
        Some(Notice::NotAllowed) => plain(NoticeKind::NotAllowed),
        Some(Notice::NotConfirmed) => plain(NoticeKind::NotConfirmed),
        Some(Notice::Unreadable) => plain(NoticeKind::Unreadable),
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

fn text(text: Option<&str>) -> SharedString {
    text.unwrap_or_default().into()
}

//! One controller type to one `.slint` type each.

use slint::SharedString;

use crate::controller::{
    Body, Card, CardState, Day, Expected, LanguageChoice, NumberBody, Printing, Refusal,
    RefusedBody, Subject, When, Window,
};
use crate::ui;

/// More languages than this no longer fit on the key that leads to them.
const LANGUAGES_ON_KEY: usize = 3;

pub(super) fn body_kind(body: &Body) -> ui::BodyKind {
    match body {
        Body::Away => ui::BodyKind::Away,
        Body::Services(_) => ui::BodyKind::Services,
        Body::Closed(_) => ui::BodyKind::Closed,
        Body::CheckIn(_) => ui::BodyKind::CheckIn,
        Body::Languages(_) => ui::BodyKind::Languages,
        Body::Number(_) => ui::BodyKind::Number,
        Body::Refused(_) => ui::BodyKind::Refused,
    }
}

pub(super) fn is_asking(body: &Body) -> bool {
    match body {
        Body::Services(body) => body.is_asking,
        Body::CheckIn(body) => body.is_asking,
        Body::Away | Body::Closed(_) | Body::Languages(_) | Body::Number(_) | Body::Refused(_) => {
            false
        }
    }
}

pub(super) fn card(card: &Card) -> ui::CardRow {
    let mut row = ui::CardRow {
        service: card.service.as_str().into(),
        name: card.name.as_str().into(),
        hint: card.hint.as_str().into(),
        kind: card_kind(&card.state),
        ..ui::CardRow::default()
    };
    match &card.state {
        CardState::Open { expected, waiting } => {
            (row.low, row.high) = low_and_high(expected);
            row.waiting = int(*waiting);
        }
        CardState::Closed { notice, opens } => {
            row.notice = notice.as_str().into();
            row.opens = when(opens.as_ref());
        }
        CardState::Locked { notice } => row.notice = notice.as_str().into(),
        CardState::Asking
        | CardState::LastTicketGone
        | CardState::ContingentUsed
        | CardState::SoldOut => {}
    }
    row
}

fn card_kind(state: &CardState) -> ui::CardKind {
    match state {
        CardState::Asking => ui::CardKind::Asking,
        CardState::Closed { .. } => ui::CardKind::Closed,
        CardState::LastTicketGone => ui::CardKind::LastTicketGone,
        CardState::ContingentUsed => ui::CardKind::ContingentUsed,
        CardState::SoldOut => ui::CardKind::SoldOut,
        CardState::Locked { .. } => ui::CardKind::Locked,
        CardState::Open { expected, .. } => match expected {
            Expected::Within(_) => ui::CardKind::Window,
            Expected::Soon => ui::CardKind::Soon,
            Expected::Untold => ui::CardKind::Untold,
        },
    }
}

pub(super) fn language(choice: &LanguageChoice) -> ui::LanguageRow {
    ui::LanguageRow {
        tag: choice.tag.as_str().into(),
        own_name: choice.own_name.as_str().into(),
        chosen: choice.chosen,
    }
}

pub(super) fn number(body: &NumberBody) -> ui::NumberView {
    let (low, high) = low_and_high(&body.expected);
    let (is_appointment, service) = match &body.subject {
        Subject::Service(name) => (false, name.as_str()),
        Subject::Appointment { .. } => (true, ""),
    };
    ui::NumberView {
        number: body.number.as_str().into(),
        appointment: is_appointment,
        service: service.into(),
        expected: match &body.expected {
            Expected::Within(_) => ui::ExpectedKind::Window,
            Expected::Soon => ui::ExpectedKind::Soon,
            Expected::Untold => ui::ExpectedKind::Untold,
        },
        low,
        high,
        people_ahead: int(body.people_ahead),
        area: body.area.as_str().into(),
        printing: match body.printing {
            Printing::NoPrinter => ui::PrintingKind::NoPrinter,
            Printing::Running => ui::PrintingKind::Running,
            Printing::Printed => ui::PrintingKind::Printed,
            Printing::Failed => ui::PrintingKind::Failed,
            Printing::Doubtful => ui::PrintingKind::Doubtful,
        },
        stale: body.is_stale,
    }
}

pub(super) fn refused(body: &RefusedBody) -> ui::RefusedView {
    let (is_appointment, subject) = match &body.subject {
        Subject::Service(name) => (false, name),
        Subject::Appointment { typed } => (true, typed),
    };
    ui::RefusedView {
        appointment: is_appointment,
        subject: subject.as_str().into(),
        kind: refusal_kind(&body.refusal),
        when: when(body.when.as_ref()),
        notice: body.notice.as_str().into(),
        number: body.number.as_str().into(),
        may_retype: body.may_retype,
    }
}

fn refusal_kind(refusal: &Refusal) -> ui::RefusalKind {
    match refusal {
        Refusal::Closed { .. } => ui::RefusalKind::Closed,
        Refusal::LastTicketGone => ui::RefusalKind::LastTicketGone,
        Refusal::ContingentUsed => ui::RefusalKind::ContingentUsed,
        Refusal::SoldOut => ui::RefusalKind::SoldOut,
        Refusal::Locked => ui::RefusalKind::Locked,
        Refusal::NumbersExhausted => ui::RefusalKind::NumbersExhausted,
        Refusal::QueueFull => ui::RefusalKind::QueueFull,
        Refusal::ServiceUnknown => ui::RefusalKind::ServiceUnknown,
        Refusal::NoCounterForAll => ui::RefusalKind::NoCounterForAll,
        Refusal::CodeUnknown => ui::RefusalKind::CodeUnknown,
        Refusal::CodeInvalid => ui::RefusalKind::CodeInvalid,
        Refusal::AlreadyHere { .. } => ui::RefusalKind::AlreadyHere,
        Refusal::CalledNow { .. } => ui::RefusalKind::CalledNow,
        Refusal::OtherDay { .. } => ui::RefusalKind::OtherDay,
        Refusal::TooEarly { .. } => ui::RefusalKind::TooEarly,
        Refusal::AppointmentOver => ui::RefusalKind::AppointmentOver,
        Refusal::NotPossible => ui::RefusalKind::NotPossible,
        Refusal::Other => ui::RefusalKind::Other,
    }
}

/// Days of the week count from Monday, 1; months from January, 1.
pub(super) fn when(when: Option<&When>) -> ui::WhenView {
    let Some(when) = when else {
        return ui::WhenView::default();
    };
    let told = |kind| ui::WhenView {
        kind,
        time: when.time.as_str().into(),
        ..ui::WhenView::default()
    };
    match when.day {
        Day::Today => told(ui::WhenKind::Today),
        Day::Tomorrow => told(ui::WhenKind::Tomorrow),
        Day::Named(weekday) => ui::WhenView {
            weekday: weekday.to_monday_one_offset().into(),
            ..told(ui::WhenKind::Named)
        },
        Day::Dated(date) => ui::WhenView {
            day: date.day().into(),
            month: date.month().into(),
            ..told(ui::WhenKind::Dated)
        },
    }
}

/// Sign by sign, so that a voice reads `A 1 2` and not a word.
pub(super) fn spelled(code: &str) -> SharedString {
    let signs: Vec<String> = code.chars().map(String::from).collect();
    signs.join(" ").into()
}

/// The first few names, as they stand on the key to the languages.
pub(super) fn joined(names: &[String]) -> SharedString {
    let shown = names.len().min(LANGUAGES_ON_KEY);
    let more = if names.len() > shown { " …" } else { "" };
    format!("{}{more}", names[..shown].join(" · ")).into()
}

/// A figure for the screen; one too large to be true is shown as the largest there is.
pub(super) fn int(figure: impl TryInto<i32>) -> i32 {
    figure.try_into().unwrap_or(i32::MAX)
}

fn low_and_high(expected: &Expected) -> (SharedString, SharedString) {
    match expected {
        Expected::Within(Window { low, high }) => (low.as_str().into(), high.as_str().into()),
        Expected::Soon | Expected::Untold => <(SharedString, SharedString)>::default(),
    }
}

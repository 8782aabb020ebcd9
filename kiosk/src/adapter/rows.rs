//! One controller type to one `.slint` type each.

use slint::SharedString;

use crate::controller::{
    Body, Card, CardState, Expected, LanguageChoice, NumberBody, Printing, Refusal, RefusedBody,
    Window,
};
use crate::ui;

/// More languages than this no longer fit on the key that leads to them.
const LANGUAGES_ON_KEY: usize = 3;

pub(super) fn body_kind(body: &Body) -> ui::BodyKind {
    match body {
        Body::Away => ui::BodyKind::Away,
        Body::Services(_) => ui::BodyKind::Services,
        Body::Languages(_) => ui::BodyKind::Languages,
        Body::Number(_) => ui::BodyKind::Number,
        Body::Refused(_) => ui::BodyKind::Refused,
    }
}

pub(super) fn card(card: &Card) -> ui::CardRow {
    let (kind, window, waiting) = match &card.state {
        CardState::Asking => (ui::CardKind::Asking, None, 0),
        CardState::Closed => (ui::CardKind::Closed, None, 0),
        CardState::SoldOut => (ui::CardKind::SoldOut, None, 0),
        CardState::Locked => (ui::CardKind::Locked, None, 0),
        CardState::Open { expected, waiting } => {
            let (kind, window) = match expected {
                Expected::Within(window) => (ui::CardKind::Window, Some(window)),
                Expected::Soon => (ui::CardKind::Soon, None),
                Expected::Untold => (ui::CardKind::Untold, None),
            };
            (kind, window, *waiting)
        }
    };
    let (low, high) = low_and_high(window);
    ui::CardRow {
        service: card.service.as_str().into(),
        name: card.name.as_str().into(),
        hint: card.hint.as_str().into(),
        kind,
        low,
        high,
        waiting: int(waiting),
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
    let (expected, window) = match &body.expected {
        Expected::Within(window) => (ui::ExpectedKind::Window, Some(window)),
        Expected::Soon => (ui::ExpectedKind::Soon, None),
        Expected::Untold => (ui::ExpectedKind::Untold, None),
    };
    let (low, high) = low_and_high(window);
    ui::NumberView {
        number: body.number.as_str().into(),
        service: body.service.as_str().into(),
        expected,
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
    let (kind, sentence) = match &body.refusal {
        Refusal::Closed => (ui::RefusalKind::Closed, ""),
        Refusal::SoldOut => (ui::RefusalKind::SoldOut, ""),
        Refusal::Locked => (ui::RefusalKind::Locked, ""),
        Refusal::NumbersExhausted => (ui::RefusalKind::NumbersExhausted, ""),
        Refusal::QueueFull => (ui::RefusalKind::QueueFull, ""),
        Refusal::ServiceUnknown => (ui::RefusalKind::ServiceUnknown, ""),
        Refusal::NoCounterForAll => (ui::RefusalKind::NoCounterForAll, ""),
        Refusal::NotPossible => (ui::RefusalKind::NotPossible, ""),
        Refusal::Other { sentence } => (ui::RefusalKind::Other, sentence.as_str()),
    };
    ui::RefusedView {
        service: body.service.as_str().into(),
        kind,
        sentence: sentence.into(),
    }
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

fn low_and_high(window: Option<&Window>) -> (SharedString, SharedString) {
    window.map_or_else(Default::default, |window| {
        (window.low.as_str().into(), window.high.as_str().into())
    })
}

//! Clerks who need help, in the shapes that Slint compiled.

use std::rc::Rc;

use slint::{ComponentHandle, VecModel};

use crate::controller::{Alarm, Helper};
use crate::ui::{AlarmShown, AlarmState, App, HelperKind};

pub(super) fn show(app: &App, alarms: &[Alarm]) {
    let shown = alarms.iter().map(|alarm| AlarmShown {
        counter: alarm.counter.as_str().into(),
        way: alarm.way.as_str().into(),
        since: alarm.since.as_str().into(),
        own: alarm.own,
        helper: match &alarm.helper {
            None => HelperKind::Nobody,
            Some(Helper::Here) => HelperKind::Here,
            Some(Helper::Device(_)) => HelperKind::Device,
        },
        device: match &alarm.helper {
            Some(Helper::Device(device)) => device.as_str().into(),
            None | Some(Helper::Here) => "".into(),
        },
    });
    let shown = Rc::new(shown.collect::<VecModel<_>>());
    app.global::<AlarmState<'_>>().set_alarms(shown.into());
}

//! A device's role, as it is told to the device.

use aufruf_protocol::latest as wire;

use crate::devices::DeviceRole;

pub(crate) fn device_role(role: &DeviceRole) -> wire::Role {
    match role {
        DeviceRole::Kiosk { .. } => wire::Role::Kiosk,
        DeviceRole::Display { area } => wire::Role::Display {
            area: wire::AreaKey::new(area),
        },
        DeviceRole::Printer => wire::Role::Printer,
        DeviceRole::Panel { counter } => wire::Role::Panel {
            counter: wire::CounterKey::new(counter),
        },
    }
}

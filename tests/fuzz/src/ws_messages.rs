//! What is said over the push channel, read at both ends: by the server as a device's message, by a device as the
//! server's.
//!
//! An input is the id of a device in its first line, and a message in each further one.
//!
//! The law: nothing that can be said stops the office or a device; what can be read can be written, and is then
//! read as the same.

use aufruf_client::{Mirror, Update};
use aufruf_protocol::latest::{DeviceMessage, ServerMessage, TicketId};
use aufruf_server::runtime::Line;
use jiff::Timestamp;
use serde_json::from_str;

use crate::house::{self, House};

/// LIMIT: messages of one input.
const MESSAGES: usize = 64;

/// Says all of it in the office that is in use, and shows it to a device.
pub fn takes(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (device, said) = text.split_once('\n').unwrap_or(("", &text));
    let said = || said.lines().take(MESSAGES);
    device_hears(said());
    house::in_use(|house| server_hears(house, device, said()));
}

fn device_hears<'a>(said: impl Iterator<Item = &'a str>) {
    let mut mirror = Mirror::default();
    for text in said {
        let Ok(message) = from_str::<ServerMessage>(text) else {
            continue;
        };
        let written = serde_json::to_string(&message).expect("what was read can be written");
        let again: ServerMessage = from_str(&written).expect("what was written can be read");
        assert_eq!(again, message);
        mirror.take(&Update::Message(message));
    }
    let view = serde_json::to_string(&mirror.view);
    assert!(view.is_ok(), "a view can be written");
    let _office_time = mirror.server_now(Timestamp::MAX);
}

fn server_hears<'a>(house: &mut House, device: &str, said: impl Iterator<Item = &'a str>) {
    let Some(device) = house.device(device) else {
        return;
    };
    let views = house.app().views;
    let now = house.app().clock.now();
    house.runs(async {
        let mut lines = 0;
        for text in said {
            match from_str::<DeviceMessage>(text) {
                Ok(DeviceMessage::Hello(hello)) => {
                    let line = Line::of(&hello.software, now);
                    let subscription = views.connect(&device, line).await;
                    assert!(subscription.is_some(), "the office has stopped");
                    lines += 1;
                }
                Ok(message) => {
                    let written = serde_json::to_string(&message).expect("what was read");
                    let again: DeviceMessage = from_str(&written).expect("what was written");
                    assert_eq!(again, message);
                    views.report(&device, message).await;
                }
                Err(_) => {}
            }
        }
        for _ in 0..lines {
            views.disconnect(device.clone()).await;
        }
        let asked = views.ticket(TicketId(uuid::Uuid::nil())).await;
        assert!(asked.is_some(), "the office has stopped");
    });
}

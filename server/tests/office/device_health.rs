//! How devices are, as team leads and admins see it.

use aufruf_protocol::latest as wire;
use axum::http::Method;

use crate::common::{RawLine, TestOffice, on_the_network};
use crate::sessions::{SECRET, with_ada};

/// Asks as an admin until the device is so.
async fn until(
    office: &TestOffice,
    token: &str,
    id: &str,
    is_so: impl Fn(&wire::DeviceHealth) -> bool,
) -> wire::DeviceHealth {
    let looking = async {
        loop {
            let answer = office
                .ask_with(Some(token), Method::GET, "/api/v1/devices")
                .await;
            let mut devices: Vec<wire::DeviceHealth> = answer.read();
            devices.retain(|device| device.id == id);
            let device = devices.pop().expect("every device is in the list");
            if is_so(&device) {
                return device;
            }
            tokio::task::yield_now().await;
        }
    };
    let found = tokio::time::timeout(std::time::Duration::from_secs(10), looking).await;
    found.expect("it becomes so")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_listed_with_its_program_sound_paper_and_clock_and_when_it_was_heard() {
    let office = with_ada().await;
    let ada = office.signs_in("ada", SECRET).await;
    let never = until(&office, &ada, "display-1", |_| true).await;
    assert_eq!(never.presence, wire::Presence::Away);
    assert_eq!((never.last_seen, never.software), (None, None));
    let server = on_the_network(office.app()).await;
    let mut display = RawLine::of(server, "display-1", "aufruf-display 9.9").await;
    display
        .says(r#"{"type":"status","faults":["no sound card"],"sound":"none","clock_offset_ms":-1250}"#)
        .await;
    let known = until(&office, &ada, "display-1", |device| {
        !device.faults.is_empty()
    })
    .await;
    assert_eq!(known.presence, wire::Presence::Connected);
    assert_eq!(known.software.as_deref(), Some("aufruf-display 9.9"));
    assert_eq!(known.place.as_deref(), Some("ground"));
    assert_eq!(
        (known.sound, known.paper),
        (wire::Sound::None, wire::Paper::Unknown)
    );
    assert_eq!(known.clock_offset_ms, Some(-1_250));
    office.clock.goes_on(5);
    display
        .says(r#"{"type":"status","faults":[],"sound":"ok"}"#)
        .await;
    let well = until(&office, &ada, "display-1", |device| {
        device.faults.is_empty()
    })
    .await;
    assert_eq!(well.sound, wire::Sound::Ok);
    assert_eq!(well.clock_offset_ms, None, "each status stands for itself");
    let seen = well.last_seen.expect("it was heard");
    assert_eq!(seen.to_string(), "2026-11-23T08:05:00Z");
    drop(display);
    office.clock.goes_on(5);
    let gone = until(&office, &ada, "display-1", |device| {
        device.presence == wire::Presence::Away
    });
    let gone = gone.await;
    assert_eq!(gone.last_seen, Some(seen));
    assert_eq!(gone.sound, wire::Sound::Unknown, "nobody knows any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_of_another_version_is_listed_with_what_is_understood() {
    let office = with_ada().await;
    let ada = office.signs_in("ada", SECRET).await;
    let server = on_the_network(office.app()).await;
    let mut old = RawLine::of(server, "printer-1", "old").await;
    old.says(r#"{"type":"status","faults":["cover open"]}"#)
        .await;
    let device = until(&office, &ada, "printer-1", |device| {
        !device.faults.is_empty()
    })
    .await;
    assert_eq!(
        (device.paper, device.clock_offset_ms),
        (wire::Paper::Unknown, None)
    );
    let mut later = RawLine::of(server, "kiosk-1", "later").await;
    later
        .says(r#"{"type":"status","faults":[],"paper":"jammed","mood":"good","clock_offset_ms":7}"#)
        .await;
    let device = until(&office, &ada, "kiosk-1", |device| {
        device.clock_offset_ms.is_some()
    })
    .await;
    assert_eq!(device.paper, wire::Paper::Unknown);
}

//! Every route of the described API, asked by everybody: what each role gets stands in one table, and a route that is not
//! in it is a fault.

use std::collections::BTreeMap;

use aufruf_server::auth::token_sha256;
use aufruf_server::devices::{DeviceRole, NewDevice};
use aufruf_server::router::description;
use aufruf_server::users::UserRole;
use axum::http::Method;

use crate::common::{TestOffice, console};
use crate::sessions::{SECRET, add, with_ada};

/// The token of a panel of another office.
const FOREIGN: &str = "a token of another office";

/// Who asks.
const ASKERS: [&str; 11] = [
    "nobody",
    "somebody with a made-up token",
    "another office's panel",
    "another office's admin",
    "kiosk",
    "display",
    "printer",
    "panel",
    "clerk",
    "team lead",
    "admin",
];

/// Who gets past the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    /// Every device.
    Devices,
    /// Kiosks and panels.
    Takers,
    Panels,
    /// Everybody who is signed in.
    Users,
    /// Team leads and admins.
    Leads,
}

impl Door {
    /// 401: not known here; 403: known, and it is not theirs; none: past the door.
    fn refuses(self, asker: &str) -> Option<u16> {
        let is_device = ["kiosk", "display", "printer", "panel"].contains(&asker);
        let may = match self {
            Self::Open => return None,
            Self::Users | Self::Leads => {
                let is_user = ["clerk", "team lead", "admin"].contains(&asker);
                let is_clerk = self == Self::Leads && asker == "clerk";
                return (!is_user).then_some(401).or(is_clerk.then_some(403));
            }
            Self::Devices => is_device,
            Self::Takers => ["kiosk", "panel"].contains(&asker),
            Self::Panels => asker == "panel",
        };
        match (may, is_device) {
            (true, _) => None,
            (false, true) => Some(403),
            (false, false) => Some(401),
        }
    }
}

/// The whole table; the first row that fits counts. `*` is any method, and at the end of a path whatever follows.
const TABLE: [(&str, &str, Door); 21] = [
    ("GET", "/healthz", Door::Open),
    ("GET", "/readyz", Door::Open),
    ("GET", "/metrics", Door::Open),
    ("POST", "/api/v1/devices/pair", Door::Open),
    ("*", "/api/v1/devices/self*", Door::Devices),
    ("GET", "/api/v1/devices", Door::Leads),
    ("GET", "/api/v1/alerts", Door::Leads),
    ("POST", "/api/v1/sessions", Door::Open),
    ("*", "/api/v1/sessions*", Door::Users),
    ("POST", "/api/v1/tickets", Door::Takers),
    ("POST", "/api/v1/check-ins", Door::Takers),
    ("GET", "/api/v1/tickets/{id}/note", Door::Panels),
    ("GET", "/api/v1/tickets/{id}", Door::Devices),
    ("GET", "/api/v1/queues/{id}", Door::Devices),
    ("GET", "/api/v1/office", Door::Devices),
    ("POST", "/api/v1/tickets/{id}/*", Door::Panels),
    ("POST", "/api/v1/counters/{id}/*", Door::Panels),
    ("POST", "/api/v1/appointments", Door::Panels),
    ("POST", "/api/v1/emergencies*", Door::Panels),
    ("POST", "/api/v1/locks", Door::Panels),
    ("POST", "/api/v1/locks/end", Door::Panels),
];

fn door(method: &Method, path: &str) -> Option<Door> {
    let fits = |(of, pattern, _): &&(&str, &str, Door)| {
        let is_path = match pattern.strip_suffix('*') {
            Some(beginning) => path.starts_with(beginning),
            None => path == *pattern,
        };
        is_path && (*of == "*" || *of == method.as_str())
    };
    TABLE.iter().find(fits).map(|(_, _, door)| *door)
}

/// The routes of the description, with their methods.
fn routes() -> Vec<(Method, String)> {
    let described = serde_json::to_value(description()).expect("JSON");
    let paths = described["paths"].as_object().expect("paths").clone();
    let mut routes = Vec::new();
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let method = method.to_ascii_uppercase().parse().expect("a method");
            routes.push((method, path.clone()));
        }
    }
    routes
}

async fn tokens(
    office: &TestOffice,
    elsewhere: &TestOffice,
) -> BTreeMap<&'static str, Option<String>> {
    add(office, "cem", UserRole::Clerk, "482915");
    add(office, "lea", UserRole::TeamLead, SECRET);
    let mut tokens = BTreeMap::new();
    for asker in ASKERS {
        let token = match asker {
            "nobody" => None,
            "somebody with a made-up token" => Some("0".repeat(64)),
            "another office's panel" => Some(FOREIGN.to_owned()),
            "another office's admin" => Some(elsewhere.signs_in("ada", SECRET).await),
            "clerk" => Some(office.signs_in("cem", "482915").await),
            "team lead" => Some(office.signs_in("lea", SECRET).await),
            "admin" => Some(office.signs_in("ada", SECRET).await),
            device => Some(format!("{device}-1-token")),
        };
        tokens.insert(asker, token);
    }
    tokens
}

/// A panel of that office, with a token that this office does not know.
fn another_panel(elsewhere: &TestOffice) {
    let panel = NewDevice {
        id: "panel-9".to_owned(),
        role: DeviceRole::Panel {
            counter: "counter-1".to_owned(),
        },
        token_sha256: Some(token_sha256(FOREIGN)),
    };
    let row = panel.to_row("console", console().at);
    let kept = elsewhere.app().access.put_devices(&[row], &console());
    kept.expect("kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_exactly_those_in_who_stand_in_the_table() {
    let office = with_ada().await;
    let elsewhere = with_ada().await;
    another_panel(&elsewhere);
    let tokens = tokens(&office, &elsewhere).await;
    let routes = routes();
    assert!(routes.len() > 35, "{}", routes.len());
    for (method, path) in routes {
        let door = door(&method, &path);
        let door = door.unwrap_or_else(|| panic!("{method} {path} is in no row of the table"));
        for (asker, token) in &tokens {
            let id = uuid::Uuid::from_u64_pair(9, 9).to_string();
            let asked = path.replace("{id}", &id).replace("{counter}", "counter-1");
            if method == Method::DELETE {
                // A session that ends here would be missing for the rows behind.
                let refused = door.refuses(asker);
                if refused.is_none() {
                    continue;
                }
            }
            let answer = office
                .ask_with(token.as_deref(), method.clone(), &asked)
                .await;
            match door.refuses(asker) {
                Some(status) => assert_eq!(answer.status, status, "{method} {path} by {asker}"),
                None => assert!(
                    ![401, 403].contains(&answer.status) || is_about_its_counter(&answer.body),
                    "{method} {path} by {asker}: {}",
                    answer.body
                ),
            }
        }
    }
}

/// Past the door, and of another counter.
fn is_about_its_counter(body: &str) -> bool {
    body.contains("this panel does not work for counter")
}

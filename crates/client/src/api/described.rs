//! The client knows every operation of the described API: each is called once, against a server that notes what is
//! asked for.

use std::collections::BTreeSet;

use aufruf_protocol::latest::{
    BookAppointment, ChangeTicket, CheckIn, CounterKey, FinishTicket, IssueTicket, LockQueues,
    OpenCounter, QueueKey, SignIn, TicketId, TransferTicket, UnlockQueues,
};
use serde_json::{Value, from_value, json};

use super::tests::Server;
use super::{Api, TicketAction};
use crate::CommandKey;

const DESCRIPTION: &str = include_str!("../../../../server/openapi.json");
/// Asked on the way in (`crate::Way`), by monitoring, or by a person's browser.
const ELSEWHERE: [&str; 4] = [
    "POST /api/v1/devices/pair",
    "POST /api/v1/devices/self/token",
    "GET /healthz",
    "GET /metrics",
];
const TICKET: &str = "01a20855-10e1-74bc-bdee-18a1217e862f";

fn wish<T: serde::de::DeserializeOwned>(wish: Value) -> T {
    from_value(wish).expect("a wish of the API")
}

fn visit() -> TicketId {
    TicketId(TICKET.parse().expect("an id"))
}

/// Calls each of them; what they answer does not matter here.
async fn calls_all(api: Api) {
    let key = CommandKey::fresh();
    let (counter, other) = (CounterKey::new("counter-1"), CounterKey::new("counter-2"));
    let ticket = visit();
    drop(
        api.issue_ticket(
            &key,
            &wish::<IssueTicket>(json!({"services": ["a"], "language": "de"})),
        )
        .await,
    );
    drop(api.next(&key, &counter).await);
    drop(
        api.open_counter(&key, &counter, &wish::<OpenCounter>(json!({})))
            .await,
    );
    drop(api.pause_counter(&key, &counter).await);
    drop(api.close_counter(&key, &counter).await);
    drop(api.move_counter(&key, &counter, &other).await);
    drop(api.book(&key, &wish::<BookAppointment>(json!({"number": "T-1", "services": ["a"], "at": "2026-11-23T10:00:00Z", "language": "de"}))).await);
    drop(
        api.check_in(&key, &wish::<CheckIn>(json!({"code": "A1"})))
            .await,
    );
    drop(api.raise_emergency(&key, &counter).await);
    drop(api.accept_emergency(&key, &counter).await);
    drop(api.end_emergency(&key, &counter).await);
    drop(
        api.lock(
            &key,
            &wish::<LockQueues>(json!({"queues": ["a"], "notice": "full"})),
        )
        .await,
    );
    drop(
        api.unlock(&key, &wish::<UnlockQueues>(json!({"queues": ["a"]})))
            .await,
    );
    drop(api.note(ticket).await);
    drop(api.ticket(ticket).await);
    drop(api.office().await);
    drop(api.queue(&QueueKey::new("a")).await);
    drop(api.own_device().await);
    api.is_ready().await;
    calls_all_about_a_visit(&api, &key).await;
    calls_all_of_people(&api).await;
}

async fn calls_all_about_a_visit(api: &Api, key: &CommandKey) {
    let (ticket, counter) = (visit(), CounterKey::new("counter-1"));
    for action in [
        TicketAction::Recall,
        TicketAction::Start,
        TicketAction::FinishWith(wish::<FinishTicket>(json!({}))),
        TicketAction::Park,
        TicketAction::PickUp,
        TicketAction::Resume(counter.clone()),
        TicketAction::Transfer(wish::<TransferTicket>(
            json!({"target": {"to": "queue", "queue": "a"}}),
        )),
        TicketAction::Pause(10),
        TicketAction::Return,
        TicketAction::Change(wish::<ChangeTicket>(json!({}))),
        TicketAction::Cancel,
        TicketAction::Undo,
        TicketAction::Miss,
        TicketAction::Requeue,
        TicketAction::Call(counter.clone()),
    ] {
        drop(api.act(key, ticket, action).await);
    }
}

/// The last of them ends the session, and with it the noting.
async fn calls_all_of_people(api: &Api) {
    let secret = SignIn {
        user: "ada".to_owned(),
        secret: "secret".to_owned(),
    };
    drop(api.sign_in(&secret).await);
    drop(api.session().await);
    drop(api.devices().await);
    drop(api.alerts().await);
    drop(api.sign_out().await);
    drop(api.sign_out_everywhere().await);
}

/// `GET /api/v1/tickets/{id}` for what was asked as `GET /api/v1/tickets/01a2…`.
fn operation(asked: &str, described: &BTreeSet<String>) -> Option<String> {
    let fits = |template: &&String| {
        let (asked, template) = (asked.split(['/', ' ']), template.split(['/', ' ']));
        let both: Vec<_> = asked.clone().zip(template.clone()).collect();
        let all = asked.count() == template.count();
        all && both
            .iter()
            .all(|(part, template)| part == template || template.starts_with('{'))
    };
    // A path that is written out goes before one with a place to fill in.
    let found = described.iter().filter(fits);
    found
        .min_by_key(|template| template.matches('{').count())
        .cloned()
}

#[tokio::test]
async fn every_operation_of_the_description_can_be_called() {
    let description: Value = serde_json::from_str(DESCRIPTION).expect("JSON");
    let paths = description["paths"].as_object().expect("paths");
    let described: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().expect("operations").keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let (server, api) = Server::starts().await;
    let noting = async {
        let mut asked = BTreeSet::new();
        loop {
            let refusal =
                r#"{"type":"about:blank","title":"","status":409,"code":"no","detail":""}"#;
            let request = server.answers("409 Conflict", refusal).await;
            let line = request.lines().next().unwrap_or_default();
            let line = line.trim_end_matches(" HTTP/1.1").to_owned();
            let is_last = line == "DELETE /api/v1/sessions";
            asked.insert(operation(&line, &described).unwrap_or(line));
            if is_last {
                return asked;
            }
        }
    };
    let (asked, ()) = tokio::join!(noting, calls_all(api));
    let known: BTreeSet<String> = asked
        .into_iter()
        .chain(ELSEWHERE.map(str::to_owned))
        .collect();
    assert_eq!(known, described);
}

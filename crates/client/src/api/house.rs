//! Commands on counters and on the house as a whole: breaks, check-in, locks, help. And the note of a
//! visit. What changed comes over the push channel; the answers themselves are not read.

use aufruf_protocol::latest::{
    BookAppointment, BookedAppointment, CheckIn, CounterKey, IssuedTicket, LockQueues, MoveCounter,
    RaiseEmergency, TicketId, TicketNote, UnlockQueues,
};
use serde::Serialize;
use serde::de::IgnoredAny;

use super::{Api, ApiError};
use crate::CommandKey;

impl Api {
    pub async fn pause_counter(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
    ) -> Result<(), ApiError> {
        self.tell(key, &["counters", counter.as_str(), "pause"], None::<&()>)
            .await
    }

    /// The clerk goes over to another counter, with the visit that runs.
    pub async fn move_counter(
        &self,
        key: &CommandKey,
        from: &CounterKey,
        to: &CounterKey,
    ) -> Result<(), ApiError> {
        let wish = MoveCounter { to: to.clone() };
        self.tell(key, &["counters", from.as_str(), "move"], Some(&wish))
            .await
    }

    /// Makes an appointment known, or changes one whose person is not here yet.
    pub async fn book(
        &self,
        key: &CommandKey,
        wish: &BookAppointment,
    ) -> Result<BookedAppointment, ApiError> {
        self.command(key, &["appointments"], Some(wish)).await
    }

    /// The person with an appointment is here; the ticket is what a kiosk tells them.
    pub async fn check_in(
        &self,
        key: &CommandKey,
        wish: &CheckIn,
    ) -> Result<IssuedTicket, ApiError> {
        self.command(key, &["check-ins"], Some(wish)).await
    }

    /// The clerk at this counter needs help.
    pub async fn raise_emergency(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
    ) -> Result<(), ApiError> {
        let counter = counter.clone();
        self.tell(key, &["emergencies"], Some(&RaiseEmergency { counter }))
            .await
    }

    /// Somebody is on the way to the counter.
    pub async fn accept_emergency(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
    ) -> Result<(), ApiError> {
        let path = ["emergencies", counter.as_str(), "accept"];
        self.tell(key, &path, None::<&()>).await
    }

    pub async fn end_emergency(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
    ) -> Result<(), ApiError> {
        let path = ["emergencies", counter.as_str(), "end"];
        self.tell(key, &path, None::<&()>).await
    }

    pub async fn lock(&self, key: &CommandKey, wish: &LockQueues) -> Result<(), ApiError> {
        self.tell(key, &["locks"], Some(wish)).await
    }

    pub async fn unlock(&self, key: &CommandKey, wish: &UnlockQueues) -> Result<(), ApiError> {
        self.tell(key, &["locks", "end"], Some(wish)).await
    }

    /// What a colleague wrote when the visit was sent on. Personal: show it and forget it.
    pub async fn note(&self, ticket: TicketId) -> Result<TicketNote, ApiError> {
        self.question(&["tickets", &ticket.to_string(), "note"])
            .await
    }

    async fn tell<B: Serialize>(
        &self,
        key: &CommandKey,
        path: &[&str],
        body: Option<&B>,
    ) -> Result<(), ApiError> {
        self.command::<B, IgnoredAny>(key, path, body)
            .await
            .map(|_| ())
    }
}

//! Visitors and clerks who speak to the server over HTTP, without a screen.

use anyhow::Context as _;
use aufruf_client::{Api, ApiError, CommandKey, TicketAction, Token, Way};
use aufruf_protocol::latest::{
    BookAppointment, BookedAppointment, CalledVisit, CounterKey, IssueTicket, IssuedTicket,
    NextReply, OpenCounter, ServiceKey, TicketId, TicketRow,
};
use jiff::Timestamp;

/// Somebody at a kiosk.
#[derive(Debug, Clone)]
pub struct Visitor {
    api: Api,
}

/// Somebody at a counter.
#[derive(Debug, Clone)]
pub struct Clerk {
    api: Api,
    counter: CounterKey,
}

impl Visitor {
    pub(super) fn at(server: &str, token: Token) -> anyhow::Result<Self> {
        Ok(Self {
            api: Api::by(&Way::to(server, token)?)?,
        })
    }

    /// Takes a ticket; the line to the server may break in between.
    pub async fn takes(&self, service: &str) -> Result<IssuedTicket, ApiError> {
        self.takes_under(&CommandKey::fresh(), service).await
    }

    /// Takes a ticket under a key of the test's choice.
    pub async fn takes_under(
        &self,
        key: &CommandKey,
        service: &str,
    ) -> Result<IssuedTicket, ApiError> {
        let wish = IssueTicket {
            services: vec![ServiceKey::new(service)],
            language: "de".to_owned(),
            needs: Vec::new(),
            shown: None,
            persons: None,
            priority: None,
        };
        self.api.issue_ticket(key, &wish).await
    }
}

impl Clerk {
    pub(super) fn at(server: &str, token: Token, counter: &str) -> anyhow::Result<Self> {
        Ok(Self {
            api: Api::by(&Way::to(server, token)?)?,
            counter: CounterKey::new(counter),
        })
    }

    pub fn counter(&self) -> &CounterKey {
        &self.counter
    }

    /// Opens the counter.
    pub async fn opens(&self) -> Result<(), ApiError> {
        self.api
            .open_counter(&CommandKey::fresh(), &self.counter, &OpenCounter::default())
            .await
            .map(drop)
    }

    /// Makes an appointment, with the number that the visitor was given for it.
    pub async fn books(
        &self,
        number: &str,
        service: &str,
        at: Timestamp,
    ) -> Result<BookedAppointment, ApiError> {
        let wish = BookAppointment {
            id: None,
            number: number.to_owned(),
            code: None,
            at,
            services: vec![ServiceKey::new(service)],
            language: "de".to_owned(),
            needs: Vec::new(),
            persons: None,
            priority: None,
        };
        self.api.book(&CommandKey::fresh(), &wish).await
    }

    /// Presses *next*, whatever comes of it.
    pub async fn presses_next(&self) -> Result<NextReply, ApiError> {
        self.presses_next_under(&CommandKey::fresh()).await
    }

    /// Presses *next* under a key of the test's choice.
    pub async fn presses_next_under(&self, key: &CommandKey) -> Result<NextReply, ApiError> {
        self.api.next(key, &self.counter).await
    }

    /// Presses *next* and gets somebody.
    pub async fn calls_next(&self) -> anyhow::Result<CalledVisit> {
        let reply = self.presses_next().await?;
        let nobody = reply.nobody;
        reply
            .called
            .with_context(|| format!("{} called nobody: {nobody:?}", self.counter))
    }

    /// The person has come.
    pub async fn starts(&self, ticket: TicketId) -> Result<TicketRow, ApiError> {
        self.api
            .act(&CommandKey::fresh(), ticket, TicketAction::Start)
            .await
    }

    /// The visit is over.
    pub async fn finishes(&self, ticket: TicketId) -> Result<TicketRow, ApiError> {
        self.finishes_under(&CommandKey::fresh(), ticket).await
    }

    /// The visit is over, told under a key of the test's choice.
    pub async fn finishes_under(
        &self,
        key: &CommandKey,
        ticket: TicketId,
    ) -> Result<TicketRow, ApiError> {
        self.api.act(key, ticket, TicketAction::Finish).await
    }
}

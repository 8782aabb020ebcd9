//! What came back for an order, and what the clerk is told of it.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{CounterKey, Nobody, Problem, TicketNote, TicketRow, TicketState};

use super::sheet::Sheet;
use super::undo::{LastStep, step_of};
use super::{Awaited, Controller, Done, Notice, Order, Refusal};

/// What came back for the order that was sent last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Done; the push channel tells what changed.
    Done,
    /// Done, and this is where the visit stands now.
    Visit(Box<TicketRow>),
    /// *Next* called this person.
    Called(Box<TicketRow>),
    /// *Next* called nobody, and this is why.
    Nobody(Nobody),
    /// The note that came with the visit.
    Note(TicketNote),
    Refused(Problem),
    /// No answer in time, after repeating under the same key.
    Unreachable,
    /// An answer that this version cannot read.
    Unreadable,
}

impl Controller {
    /// The answer to the order that was sent last.
    pub fn answered(&mut self, answer: Answer) {
        let awaited = self.awaited.take();
        let kept = self.sheets.len();
        self.notice = match answer {
            Answer::Done => self.done(awaited, None),
            Answer::Visit(row) => self.done(awaited, Some(&row)),
            Answer::Called(row) => {
                self.remember_call(awaited, &row);
                None
            }
            Answer::Note(note) => {
                self.show_note(awaited, note);
                return;
            }
            Answer::Nobody(nobody) => Some(self.of_nobody(&nobody)),
            Answer::Refused(problem) => {
                self.forget_step_if_refused(&problem);
                let order = awaited.map(|awaited| awaited.order);
                Some(self.of_refused(order.as_ref(), &problem))
            }
            Answer::Unreachable => Some(Notice::NotConfirmed),
            Answer::Unreadable => Some(Notice::Unreadable),
        };
        let failed = self.notice.as_ref().is_some_and(Notice::is_a_refusal);
        // What was typed or chosen is not lost when the server says no.
        self.sheets.truncate(if failed { kept } else { 0 });
    }

    /// The answer to an order about help, which went beside all others.
    pub fn answered_about_help(&mut self, answer: &Answer) {
        match answer {
            Answer::Unreachable | Answer::Unreadable => self.notice = Some(Notice::HelpNotAsked),
            // Somebody else said first that it is over.
            Answer::Refused(problem) if problem.code != "no_emergency" => {
                self.notice = Some(self.of_problem(problem));
            }
            _ => {}
        }
    }

    fn done(&mut self, awaited: Option<Awaited>, row: Option<&TicketRow>) -> Option<Notice> {
        let awaited = awaited?;
        if let Order::Act(_, TicketAction::Undo) = awaited.order {
            let undone = self.last_step.take()?;
            return Some(Notice::TakenBack {
                number: undone.number,
            });
        }
        if let Order::MoveCounter { to, .. } = &awaited.order {
            return Some(self.went_over(awaited.number, to));
        }
        let (ticket, done) = step_of(&awaited.order)?;
        let number = row.map(|row| row.number.clone()).or(awaited.number)?;
        self.last_step = Some(LastStep {
            number: number.clone(),
            done,
            ticket,
            at: awaited.since,
        });
        self.of_outcome(number, done, row?)
    }

    /// This panel shows its own counter, which is closed now: it has to say where the visit is.
    fn went_over(&mut self, number: Option<String>, to: &CounterKey) -> Notice {
        if self.last_step.as_ref().map(|step| &step.number) == number.as_ref() {
            self.last_step = None;
        }
        let counter = self.name_of_counter(to);
        Notice::WentOver { number, counter }
    }

    /// Where a visit went that did not simply end.
    fn of_outcome(&self, number: String, done: Done, row: &TicketRow) -> Option<Notice> {
        match (done, row.state) {
            (Done::DidNotCome, TicketState::Waiting) => {
                let until = self.times.clock(row.pause?.until);
                Some(Notice::CalledLater { number, until })
            }
            (Done::DidNotCome, TicketState::Missed) => Some(Notice::Missed { number }),
            (Done::Finished, TicketState::Waiting) => Some(Notice::GoesOn {
                number,
                services: self.services_of(row),
            }),
            _ => None,
        }
    }

    fn remember_call(&mut self, awaited: Option<Awaited>, row: &TicketRow) {
        self.last_step = awaited.map(|awaited| LastStep {
            number: row.number.clone(),
            done: Done::Called,
            ticket: row.id,
            at: awaited.since,
        });
    }

    fn show_note(&mut self, awaited: Option<Awaited>, note: TicketNote) {
        let running = self.running().map(|ticket| ticket.id);
        if let Some(Order::ReadNote(ticket)) = awaited.map(|awaited| awaited.order)
            && running == Some(ticket)
        {
            let written = self.times.clock(note.written_at);
            let note = note.note;
            self.open(Sheet::Note {
                ticket,
                note,
                written,
            });
        }
    }

    fn of_nobody(&self, nobody: &Nobody) -> Notice {
        let until = nobody.until.map(|at| self.times.clock(at));
        let number = nobody.ticket.and_then(|id| self.number_of(id));
        Notice::of_nobody(nobody, until, number.as_deref())
    }

    /// A counter that is closed is mostly this one; for a visit that is sent on it is the other.
    fn of_refused(&self, order: Option<&Order>, problem: &Problem) -> Notice {
        let is_sent_on = matches!(order, Some(Order::Act(_, TicketAction::Transfer(_))));
        if is_sent_on && problem.code == "counter_closed" {
            return Notice::Refused(Refusal::TargetClosed);
        }
        self.of_problem(problem)
    }

    fn of_problem(&self, problem: &Problem) -> Notice {
        let running = self.running().map(|ticket| ticket.number.clone());
        let at = problem.at.map(|at| self.times.clock(at));
        Notice::of_problem(problem, running.as_deref(), at)
    }

    /// A step that cannot be taken back is not offered again.
    fn forget_step_if_refused(&mut self, problem: &Problem) {
        let codes = [
            "nothing_to_undo",
            "undo_of_other",
            "undo_too_late",
            "counter_went_on",
            "not_your_visit",
        ];
        if codes.contains(&problem.code.as_str()) {
            self.last_step = None;
        }
    }
}

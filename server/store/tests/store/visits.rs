//! The read model of a visit stands where the engine has it, whatever was done.

use aufruf_engine::{
    Bound, CheckIn, Command, ExpiredFrom, Finish, State, Target, Ticket, TicketId, TicketState,
    VisitResult,
};
use aufruf_store::{CallKind, CallRow, Store, TicketRow};

use crate::house::{Desk, Folder, Wish, assert_disk_equals, batch, commit, counter, id};

/// An open office with this many people waiting at counters 1 and 2.
struct Morning {
    folder: Folder,
    desk: Desk,
    store: Store,
}

impl Morning {
    fn with_visitors(count: u8) -> Self {
        Self::with(count, Wish::Issue(1))
    }

    /// Without a priority, for what counter 2 alone offers.
    fn with_walk_ins(count: u8) -> Self {
        Self::with(count, Wish::Issue(2))
    }

    fn with(count: u8, wish: Wish) -> Self {
        let (folder, mut desk) = (Folder::new(), Desk::new());
        let store = folder.open().store;
        let mut records = desk.opens();
        records.extend(desk.asks(Wish::Open(0)));
        records.extend(desk.asks(Wish::Open(1)));
        for _ in 0..count {
            records.extend(desk.asks(wish));
        }
        commit(&store, batch(records));
        Self {
            folder,
            desk,
            store,
        }
    }

    /// Does it, and looks whether the disk has it as the engine has.
    #[track_caller]
    fn does(&mut self, command: &Command) -> &State {
        commit(&self.store, batch(self.desk.does(command)));
        assert_disk_equals(&self.store, &self.desk.state);
        &self.desk.state
    }

    #[track_caller]
    fn calls(&mut self, ticket: TicketId) {
        let counter = counter(0);
        self.does(&Command::CallTicket { ticket, counter });
    }

    #[track_caller]
    fn row(&self, ticket: TicketId) -> TicketRow {
        let row = self.store.ticket(ticket).expect("readable");
        row.expect("the visit is known")
    }

    #[track_caller]
    fn calls_of(&self, ticket: TicketId) -> Vec<CallRow> {
        self.store.calls_of(ticket).expect("readable")
    }
}

fn state_of(row: &TicketRow) -> &'static str {
    row.ticket.state.name()
}

#[test]
fn an_appointment_is_known_before_its_person_is_here() {
    let mut morning = Morning::with_visitors(1);
    let ticket = id(50);
    let booking = morning.desk.book(50, 8);
    morning.does(&booking);
    let row = morning.row(ticket);
    assert_eq!((state_of(&row), row.ticket.arrived_at), ("booked", None));
    assert!(
        row.ticket
            .appointment
            .is_some_and(|booked| booked.code.is_some())
    );
    morning.does(&Command::CheckIn(CheckIn::Ticket(ticket)));
    let row = morning.row(ticket);
    assert_eq!(state_of(&row), "waiting");
    assert_eq!(row.ticket.arrived_at, Some(morning.desk.now));
}

#[test]
fn who_has_not_come_stands_behind_those_who_have() {
    let mut morning = Morning::with_visitors(1);
    let booking = morning.desk.book(50, 8);
    morning.does(&booking);
    commit(&morning.store, batch(morning.desk.asks(Wish::Issue(1))));
    let day = morning.desk.state.day().expect("a day").date;
    let rows = morning.store.tickets_of(day).expect("readable");
    let order: Vec<TicketId> = rows.iter().map(|row| row.ticket.id).collect();
    assert_eq!(order, [id(1), id(2), id(50)]);
}

#[test]
fn an_appointment_of_a_later_day_is_no_visit_before_that_day() {
    let mut morning = Morning::with_visitors(0);
    let booking = morning.desk.book(50, 100);
    morning.does(&booking);
    assert_eq!(morning.store.ticket(id(50)).expect("readable"), None);
    commit(
        &morning.store,
        batch(morning.desk.asks(Wish::Wait(24 * 60))),
    );
    assert_disk_equals(&morning.store, &morning.desk.state);
    assert_eq!(state_of(&morning.row(id(50))), "booked");
}

#[test]
fn an_appointment_of_a_later_day_can_be_cancelled() {
    let mut morning = Morning::with_visitors(0);
    let booking = morning.desk.book(50, 100);
    morning.does(&booking);
    morning.does(&Command::Cancel { ticket: id(50) });
    assert_eq!(morning.store.ticket(id(50)).expect("readable"), None);
}

#[test]
fn an_appointment_that_is_moved_to_another_day_is_no_visit_of_today_any_more() {
    let mut morning = Morning::with_visitors(0);
    for quarters in [8, 100] {
        let booking = morning.desk.book(50, quarters);
        morning.does(&booking);
    }
    assert_eq!(morning.store.ticket(id(50)).expect("readable"), None);
}

#[test]
fn a_visit_is_parked_and_goes_on_at_another_counter() {
    let mut morning = Morning::with_visitors(1);
    let ticket = id(1);
    morning.calls(ticket);
    morning.does(&Command::Start { ticket });
    morning.does(&Command::Park { ticket });
    let row = morning.row(ticket);
    assert_eq!(
        row.ticket.state,
        TicketState::Parked {
            counter: counter(0)
        }
    );
    assert!(row.ticket.served_ms > 0);
    let counter = counter(1);
    morning.does(&Command::Resume { ticket, counter });
    assert_eq!(state_of(&morning.row(ticket)), "serving");
    assert_eq!(
        morning.calls_of(ticket).len(),
        1,
        "nobody was called for it"
    );
}

#[test]
fn a_visit_comes_back_to_fetch_something_and_ends_with_its_result() {
    let mut morning = Morning::with_visitors(1);
    let ticket = id(1);
    morning.calls(ticket);
    morning.does(&Command::Start { ticket });
    morning.does(&Command::PromisePickUp { ticket });
    assert_eq!(state_of(&morning.row(ticket)), "pick_up");
    morning.does(&Command::Finish(Finish {
        ticket,
        done: None,
        persons: Some(3),
        result: VisitResult::WithoutRecord,
    }));
    let Ticket { state, persons, .. } = morning.row(ticket).ticket;
    let result = VisitResult::WithoutRecord;
    assert_eq!((state, persons), (TicketState::Finished { result }, 3));
}

#[test]
fn a_place_is_kept_through_a_pause_and_after_a_call_in_vain() {
    let mut morning = Morning::with_visitors(2);
    let minutes = 10;
    morning.does(&Command::PausePlace {
        ticket: id(1),
        minutes,
    });
    assert!(morning.row(id(1)).ticket.state.pause().is_some());
    morning.does(&Command::ResumePlace { ticket: id(1) });
    assert_eq!(morning.row(id(1)).ticket.state, TicketState::WAITING);
    morning.calls(id(2));
    morning.does(&Command::Miss { ticket: id(2) });
    let row = morning.row(id(2)).ticket;
    assert_eq!((row.calls_in_vain, row.state.pause().is_some()), (1, true));
}

#[test]
fn whoever_was_sent_to_a_counter_that_closes_may_go_to_any_other() {
    let mut morning = Morning::with_visitors(1);
    let to = Target::Counter(counter(1));
    morning.does(&Command::Transfer { ticket: id(1), to });
    let bound = Some(Bound::Counter(counter(1)));
    assert_eq!(morning.row(id(1)).ticket.bound, bound);
    morning.does(&Command::CloseCounter {
        counter: counter(1),
    });
    assert_eq!(morning.row(id(1)).ticket.bound, None);
}

#[test]
fn a_step_that_was_taken_back_leaves_the_visit_as_before() {
    let ticket = id(1);
    let steps = [
        Command::Cancel { ticket },
        Command::PausePlace { ticket, minutes: 5 },
        Command::Transfer {
            ticket,
            to: Target::Counter(counter(1)),
        },
        Command::CallTicket {
            ticket,
            counter: counter(0),
        },
        Command::Start { ticket },
        Command::Finish(Finish {
            ticket,
            done: None,
            persons: Some(4),
            result: VisitResult::Served,
        }),
        Command::Park { ticket },
        Command::PromisePickUp { ticket },
    ];
    let mut morning = Morning::with_visitors(1);
    for step in steps {
        let before = morning.row(ticket);
        morning.does(&step);
        assert_ne!(morning.row(ticket), before, "{step:?}");
        morning.does(&Command::Undo { ticket });
        assert_eq!(morning.row(ticket), before, "{step:?}");
        if matches!(step, Command::CallTicket { .. } | Command::Start { .. }) {
            morning.does(&step);
        }
    }
}

#[test]
fn a_call_that_was_taken_back_is_marked_and_not_deleted() {
    let mut morning = Morning::with_visitors(1);
    let ticket = id(1);
    morning.calls(ticket);
    morning.does(&Command::Undo { ticket });
    let undone = morning.desk.state.last_seq();
    morning.calls(ticket);
    let calls = morning.calls_of(ticket);
    let marks: Vec<_> = calls
        .iter()
        .map(|call| (call.nth, call.taken_back))
        .collect();
    assert_eq!(marks, [(1, Some(undone)), (1, None)]);
}

#[test]
fn whoever_is_overtaken_is_counted_until_the_call_is_taken_back() {
    let mut morning = Morning::with_walk_ins(3);
    let overtaken = |morning: &Morning| [1, 2, 3].map(|n| morning.row(id(n)).ticket.overtaken);
    let call = |n| Command::CallTicket {
        ticket: id(n),
        counter: counter(1),
    };
    assert_eq!(overtaken(&morning), [0, 0, 0]);
    morning.does(&call(3));
    assert_eq!(overtaken(&morning), [1, 1, 0]);
    morning.does(&Command::Miss { ticket: id(3) });
    morning.does(&call(2));
    assert_eq!(overtaken(&morning), [2, 1, 0]);
    morning.does(&Command::Undo { ticket: id(2) });
    assert_eq!(overtaken(&morning), [1, 1, 0]);
}

#[test]
fn who_was_overtaken_and_stands_at_a_counter_is_counted_back_too() {
    let mut morning = Morning::with_walk_ins(2);
    let (first, second) = (id(1), id(2));
    morning.does(&Command::CallTicket {
        ticket: second,
        counter: counter(1),
    });
    morning.does(&Command::Transfer {
        ticket: first,
        to: Target::Counter(counter(0)),
    });
    morning.calls(first);
    assert_eq!(morning.row(first).ticket.overtaken, 1);
    morning.does(&Command::Undo { ticket: second });
    assert_eq!(morning.row(first).ticket.overtaken, 0);
}

#[test]
fn a_recall_and_a_call_that_moves_with_its_clerk_are_calls_too() {
    let mut morning = Morning::with_visitors(1);
    let ticket = id(1);
    morning.calls(ticket);
    morning.does(&Command::Recall { ticket });
    morning.does(&Command::CloseCounter {
        counter: counter(1),
    });
    morning.does(&Command::MoveCounter {
        from: counter(0),
        to: counter(1),
    });
    let calls = morning.calls_of(ticket);
    let told: Vec<_> = calls
        .iter()
        .map(|call| {
            (
                call.nth,
                call.kind,
                call.counter.clone(),
                call.why.is_some(),
            )
        })
        .collect();
    let expected = [
        (1, CallKind::Call, counter(0), true),
        (2, CallKind::Recall, counter(0), false),
        (3, CallKind::Move, counter(1), false),
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_service_that_moves_with_its_clerk_is_no_call() {
    let mut morning = Morning::with_visitors(1);
    let ticket = id(1);
    morning.calls(ticket);
    morning.does(&Command::Start { ticket });
    morning.does(&Command::CloseCounter {
        counter: counter(1),
    });
    morning.does(&Command::MoveCounter {
        from: counter(0),
        to: counter(1),
    });
    assert_eq!(
        morning.row(ticket).ticket.state.counter(),
        Some(&counter(1))
    );
    assert_eq!(morning.calls_of(ticket).len(), 1);
}

#[test]
fn every_state_that_a_visit_can_have_is_read_as_it_was_written() {
    let mut morning = Morning::with_visitors(3);
    let booking = morning.desk.book(50, 8);
    morning.does(&booking);
    morning.does(&Command::Cancel { ticket: id(1) });
    morning.calls(id(2));
    morning.does(&Command::Start { ticket: id(2) });
    morning.does(&Command::PromisePickUp { ticket: id(2) });
    commit(
        &morning.store,
        batch(morning.desk.asks(Wish::Wait(24 * 60))),
    );
    let froms = [id(1), id(2), id(3), id(50)].map(|ticket| morning.row(ticket).ticket.state);
    let expired = |from| TicketState::Expired { from };
    let expected = [
        TicketState::Cancelled,
        expired(ExpiredFrom::PickUp),
        expired(ExpiredFrom::Open),
        expired(ExpiredFrom::Booked),
    ];
    assert_eq!(froms, expected);
    drop(morning.folder);
}

#[test]
fn an_appointment_that_was_missed_and_agreed_anew_is_a_visit_of_both_days() {
    let mut morning = Morning::with_visitors(0);
    let monday = morning.desk.state.day().expect("a day").date;
    let booking = morning.desk.book(50, 7);
    morning.does(&booking);
    morning.calls(id(50));
    commit(
        &morning.store,
        batch(morning.desk.asks(Wish::Wait(24 * 60))),
    );
    commit(&morning.store, batch(morning.desk.asks(Wish::Open(0))));
    let booking = morning.desk.book(50, 7);
    morning.does(&booking);
    morning.calls(id(50));
    let missed = morning.store.tickets_of(monday).expect("readable");
    assert_eq!(missed.len(), 1);
    assert_eq!(state_of(&missed[0]), "expired");
    let tuesday = morning.row(id(50));
    assert_ne!(tuesday.day, monday);
    let days: Vec<_> = morning
        .calls_of(id(50))
        .iter()
        .map(|call| call.day)
        .collect();
    assert_eq!(days, [monday, tuesday.day]);
}

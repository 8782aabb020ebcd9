//! What a day has taught, summed up again from its visits: nothing of a person, and each visit once.

use std::collections::BTreeMap;

use aufruf_engine::{Experience, Lasted, Office, ServiceKey, VisitResult};

use super::visit::{End, Stand, Visit};

/// How sums count: one visit is so many.
const ONE: u64 = 1_000;
/// One band of waiting, in minutes, and how many there are.
const BAND_MIN: i64 = 15;
const BANDS: i64 = 16;

/// What is checked of it: all but the windows, the calls in vain and the time of day.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Taught {
    days: u64,
    came: u64,
    stayed_away: u64,
    lasted: BTreeMap<ServiceKey, Lasted>,
    arrivals: BTreeMap<ServiceKey, u64>,
    called: Vec<u64>,
    gone: Vec<u64>,
}

impl From<&Experience> for Taught {
    fn from(told: &Experience) -> Self {
        let arrivals = told.arrivals.iter();
        Self {
            days: told.days,
            came: told.came,
            stayed_away: told.stayed_away,
            lasted: told.services.clone(),
            arrivals: arrivals
                .map(|(service, stretches)| (service.clone(), stretches.values().sum()))
                .collect(),
            called: told.waits.called.to_vec(),
            gone: told.waits.gone.to_vec(),
        }
    }
}

/// What visits teach that have all ended.
pub(super) fn of<'a>(visits: impl Iterator<Item = &'a Visit>, office: &Office) -> Taught {
    let bands = usize::try_from(BANDS).expect("few");
    let mut taught = Taught {
        days: ONE,
        called: vec![0; bands],
        gone: vec![0; bands],
        ..Taught::default()
    };
    for visit in visits {
        taught.learns_who_came(visit);
        if visit.agreed_at.is_none() {
            taught.learns_who_was_gone(visit);
        }
        taught.learns_how_long_it_took(visit, office);
    }
    taught
}

impl Taught {
    fn learns_who_came(&mut self, visit: &Visit) {
        if visit.stand == Stand::Ended(End::NoShow) {
            self.stayed_away += ONE;
        }
        if visit.agreed_at.is_some() {
            self.came += u64::from(visit.arrived_at.is_some()) * ONE;
            return;
        }
        let asked_for = visit.served.first().or(visit.services.first());
        let asked_for = asked_for.expect("everybody came for something");
        *self.arrivals.entry(asked_for.clone()).or_default() += ONE;
    }

    fn learns_who_was_gone(&mut self, visit: &Visit) {
        let (Some(came), Some(called)) = (visit.arrived_at, visit.first_called_at) else {
            return;
        };
        let waited_min = called.duration_since(came).as_mins();
        let band = (waited_min / BAND_MIN).min(BANDS - 1);
        let band = usize::try_from(band).expect("came before the call");
        self.called[band] += ONE;
        if visit.stand == Stand::Ended(End::Missed) {
            self.gone[band] += ONE;
        }
    }

    fn learns_how_long_it_took(&mut self, visit: &Visit, office: &Office) {
        let served = Stand::Ended(End::Finished(VisitResult::Served));
        if visit.stand != served || visit.served_ms == 0 {
            return;
        }
        let planned = |key: &ServiceKey| {
            let service = office.service(key);
            service.map_or(0, |service| u64::from(service.duration_min))
        };
        let all: u64 = visit.served.iter().map(planned).sum();
        for key in &visit.served {
            let lasted = self.lasted.entry(key.clone()).or_default();
            lasted.count += ONE;
            lasted.ms += visit.served_ms * planned(key) / all.max(1);
        }
    }
}

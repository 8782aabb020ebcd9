//! What the engine needs of an office file: keys, figures, hours, rules; no text for people.

use aufruf_engine as engine;

use super::OfficeDocument;
use super::calendar;
use super::things::{Closure, Counter, Queue, Series, Service};

impl OfficeDocument {
    /// What the engine needs of it.
    pub fn to_engine(&self, version: u64) -> engine::Office {
        engine::Office {
            version,
            time_zone: self.time_zone.clone(),
            queues: self.queues.iter().map(Queue::to_engine).collect(),
            series: self.series.iter().map(Series::to_engine).collect(),
            services: self.services_to_engine(),
            counters: self.counters.iter().map(Counter::to_engine).collect(),
            areas: self
                .areas
                .iter()
                .map(|area| engine::Area {
                    key: engine::AreaKey::new(&area.key),
                })
                .collect(),
            closures: self.closures_to_engine(),
            rules: self.rules.clone(),
        }
    }

    /// The planned minutes of a service.
    ///
    /// # Errors
    /// What to write, where they cannot be known.
    pub(super) fn minutes_of(&self, service: &Service) -> Result<u32, &'static str> {
        let mut queues = self.queues.iter();
        let queue = queues.find(|queue| queue.key == service.queue);
        service.minutes(queue.and_then(Queue::slot_min))
    }

    fn services_to_engine(&self) -> Vec<engine::Service> {
        let services = self.services.iter().map(|service| engine::Service {
            key: engine::ServiceKey::new(&service.key),
            queue: engine::QueueKey::new(&service.queue),
            // The engine refuses 0, and `faults` says why it is 0.
            duration_min: self.minutes_of(service).unwrap_or(0),
        });
        services.collect()
    }

    /// A holiday closes the house as a closure does; the engine does not tell them apart.
    fn closures_to_engine(&self) -> Vec<engine::Closure> {
        let holidays = self.holidays.iter().map(|holiday| engine::Closure {
            from: holiday.date.0,
            to: holiday.date.0,
            queues: [].into(),
        });
        let closures = self.closures.iter().map(Closure::to_engine);
        holidays.chain(closures).collect()
    }
}

impl Series {
    fn to_engine(&self) -> engine::Series {
        engine::Series {
            key: engine::SeriesKey::new(&self.key),
            prefix: self.prefix.clone(),
            from: self.from,
            to: self.to,
            reuse_after_min: self.reuse_after_min,
        }
    }
}

impl Queue {
    pub(super) fn to_engine(&self) -> engine::Queue {
        let hours = self.hours.as_ref();
        let appointments = self.appointments.as_ref();
        engine::Queue {
            key: engine::QueueKey::new(&self.key),
            series: engine::SeriesKey::new(&self.series),
            max_waiting: self.max_waiting,
            walk_in_hours: hours.map(|rules| calendar::hours(rules, &self.exceptions)),
            appointment_hours: appointments
                .map(|rules| calendar::appointments(rules, &self.appointment_exceptions)),
            rules: self.rules.clone(),
        }
    }
}

impl Counter {
    fn to_engine(&self) -> engine::Counter {
        let services = |keys: &std::collections::BTreeSet<String>| {
            let keys = keys.iter().map(|key| engine::ServiceKey::new(key));
            keys.collect()
        };
        let shifts = self.shifts.as_ref();
        engine::Counter {
            key: engine::CounterKey::new(&self.key),
            skills: services(&self.skills),
            helps_out: services(&self.helps_out),
            attributes: self.attributes.clone(),
            area: engine::AreaKey::new(&self.area),
            shifts: shifts.map(|rules| calendar::hours(rules, &self.shift_exceptions)),
        }
    }
}

impl Closure {
    fn to_engine(&self) -> engine::Closure {
        let queues = self.queues.iter().map(|key| engine::QueueKey::new(key));
        engine::Closure {
            from: self.from.0,
            to: self.last(),
            queues: queues.collect(),
        }
    }
}

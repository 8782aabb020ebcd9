//! A histogram of atomics: who counts is never held up by who reads. The library's own one takes a lock for
//! both. What is read while others count may be one ahead in a bucket and not yet in the sum.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::{EncodeMetric, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::{MetricType, TypedMetric};

/// How often something was how large. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub(super) struct Histogram(Arc<Buckets>);

#[derive(Debug)]
struct Buckets {
    /// Where the buckets end, ascending; one more takes what is beyond.
    bounds: &'static [f64],
    counts: Box<[AtomicU64]>,
    /// The bits of a float.
    sum: AtomicU64,
}

impl Histogram {
    pub(super) fn new(bounds: &'static [f64]) -> Self {
        debug_assert!(bounds.is_sorted(), "buckets ascend");
        Self(Arc::new(Buckets {
            bounds,
            counts: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            sum: AtomicU64::new(0.0_f64.to_bits()),
        }))
    }

    /// Counts one. Not negative: the sum has to grow.
    pub(super) fn observe(&self, size: f64) {
        let Buckets {
            bounds,
            counts,
            sum,
        } = &*self.0;
        let bucket = bounds.partition_point(|bound| *bound < size);
        counts[bucket].fetch_add(1, Ordering::Relaxed);
        let more = |bits| Some((f64::from_bits(bits) + size).to_bits());
        let _always = sum.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }

    /// Counts one that took so long, in seconds.
    pub(super) fn took(&self, time: Duration) {
        self.observe(time.as_secs_f64());
    }
}

impl TypedMetric for Histogram {
    const TYPE: MetricType = MetricType::Histogram;
}

impl EncodeMetric for Histogram {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        let counts = self.0.counts.iter();
        let bounds = self.0.bounds.iter().copied().chain([f64::INFINITY]);
        let buckets: Vec<(f64, u64)> = bounds
            .zip(counts.map(|count| count.load(Ordering::Relaxed)))
            .collect();
        let all = buckets.iter().map(|(_, count)| count).sum();
        let sum = f64::from_bits(self.0.sum.load(Ordering::Relaxed));
        encoder.encode_histogram::<NoLabelSet>(sum, all, &buckets, None)
    }

    fn metric_type(&self) -> MetricType {
        Self::TYPE
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::text::encode;
    use prometheus_client::registry::Registry;

    use super::*;

    fn text(histogram: &Histogram) -> String {
        let mut registry = Registry::default();
        registry.register("wait", "How long", histogram.clone());
        let mut text = String::new();
        encode(&mut text, &registry).expect("a text takes everything");
        text
    }

    #[test]
    fn each_size_is_in_the_first_bucket_that_reaches_it_and_buckets_add_up() {
        let histogram = Histogram::new(&[1.0, 5.0]);
        for size in [0.5, 1.0, 3.0, 7.0] {
            histogram.observe(size);
        }
        let text = text(&histogram);
        for line in [
            "wait_sum 11.5",
            "wait_count 4",
            r#"wait_bucket{le="1.0"} 2"#,
            r#"wait_bucket{le="5.0"} 3"#,
            r#"wait_bucket{le="+Inf"} 4"#,
        ] {
            assert!(text.lines().any(|known| known == line), "{line} in {text}");
        }
    }
}

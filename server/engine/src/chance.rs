//! Chance by figures: the normal distribution, lengths that spread like visits do, and a seeded
//! generator. Nothing here is random by itself: the seed comes in.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

/// How lengths of visits spread around their mean: the standard deviation of their logarithm.
/// Service times at counters and in call centres are close to log-normal (Brown, Gans, Mandelbaum et
/// al., "Statistical Analysis of a Telephone Call Center", 2005).
pub(crate) const SPREAD: f64 = 0.5;

/// A generator that is good enough to draw lengths and absences from: `SplitMix64` (Steele, Lea,
/// Flood, "Fast Splittable Pseudorandom Number Generators", 2014). Equal seeds draw alike.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly between 0 and 1, never one of them.
    pub(crate) fn even(&mut self) -> f64 {
        let upper = u32::try_from(self.bits() >> 32).unwrap_or(u32::MAX);
        (f64::from(upper) + 0.5) / 4_294_967_296.0
    }

    /// Normally distributed around 0 with a standard deviation of 1.
    pub(crate) fn normal(&mut self) -> f64 {
        quantile(self.even())
    }

    /// A wait for something that happens once in `mean` on average.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -self.even().ln() * mean
    }
}

/// A length that has this mean, as far from it as `z` standard deviations of its logarithm.
pub(crate) fn length(mean: f64, z: f64) -> f64 {
    mean * (SPREAD * z - SPREAD * SPREAD / 2.0).exp()
}

/// How far `length` lies from a mean, in standard deviations of its logarithm.
pub(crate) fn deviation(mean: f64, length: f64) -> f64 {
    ((length.max(1.0) / mean.max(1.0)).ln() + SPREAD * SPREAD / 2.0) / SPREAD
}

/// The mean of all lengths that are longer than one at `z`, for lengths with this mean.
pub(crate) fn mean_beyond(mean: f64, z: f64) -> f64 {
    mean * below(SPREAD - z) / (1.0 - below(z)).max(1e-9)
}

/// The part of a normal distribution that lies below `z`. After Abramowitz and Stegun, "Handbook of
/// Mathematical Functions", 26.2.17; exact to 7 digits.
pub(crate) fn below(z: f64) -> f64 {
    const TERMS: [f64; 5] = [
        1.330_274_429,
        -1.821_255_978,
        1.781_477_937,
        -0.356_563_782,
        0.319_381_530,
    ];
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let density = 0.398_942_280_4 * (-z * z / 2.0).exp();
    let above = density * t * polynomial(&TERMS, t);
    if z > 0.0 { 1.0 - above } else { above }
}

/// The `z` below which this part of a normal distribution lies: P. J. Acklam's rational approximation
/// (2003), exact to 9 digits. Parts outside of 0 to 1 count as the nearest that has one.
pub(crate) fn quantile(part: f64) -> f64 {
    const MIDDLE: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const UNDER_MIDDLE: [f64; 6] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    const TAIL: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const UNDER_TAIL: [f64; 5] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    const TAIL_BEGINS: f64 = 0.02425;
    let part = part.clamp(1e-300, 1.0 - 1e-15);
    let tail = |part: f64| {
        let q = (-2.0 * part.ln()).sqrt();
        polynomial(&TAIL, q) / polynomial(&UNDER_TAIL, q)
    };
    if part < TAIL_BEGINS {
        tail(part)
    } else if part > 1.0 - TAIL_BEGINS {
        -tail(1.0 - part)
    } else {
        let q = part - 0.5;
        q * polynomial(&MIDDLE, q * q) / polynomial(&UNDER_MIDDLE, q * q)
    }
}

/// By Horner's rule, the highest power first.
fn polynomial(terms: &[f64], x: f64) -> f64 {
    terms.iter().fold(0.0, |sum, term| sum * x + term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_undoes_the_part_below() {
        for z in [-3.0, -1.2816, -0.3, 0.0, 0.7, 1.2816, 2.5] {
            assert!((quantile(below(z)) - z).abs() < 1e-4, "{z}");
        }
        assert!((quantile(0.9) - 1.281_551_6).abs() < 1e-6);
    }

    #[test]
    fn drawn_lengths_have_the_mean_that_was_asked_for() {
        let mut dice = Dice::new(7);
        let drawn = (0..20_000).map(|_| length(600.0, dice.normal()));
        let mean = drawn.sum::<f64>() / 20_000.0;
        assert!((mean - 600.0).abs() < 8.0, "{mean}");
    }

    #[test]
    fn equal_seeds_draw_alike_and_others_do_not() {
        let draw = |seed| Dice::new(seed).even().to_bits();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn the_mean_of_long_visits_is_longer_than_what_they_have_lasted() {
        let lasted = 900.0;
        let beyond = mean_beyond(600.0, deviation(600.0, lasted));
        assert!((950.0..1_300.0).contains(&beyond), "{beyond}");
    }
}

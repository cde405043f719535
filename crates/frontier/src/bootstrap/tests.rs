use super::*;

/// One input, one output, constant returns: θ = (y/x) / max(y/x), without a linear program.
fn constant_returns<'a>(
    inputs: &'a DMatrix<f64>,
    outputs: &'a DMatrix<f64>,
    orientation: Orientation,
) -> impl Fn(&DMatrix<f64>, &DMatrix<f64>) -> Vec<f64> + Sync + 'a {
    move |reference_inputs, reference_outputs| {
        let best = reference_outputs.component_div(reference_inputs).max();
        let own = outputs.component_div(inputs);
        let power = if orientation == Orientation::Input { 1 } else { -1 };
        own.iter().map(|ratio| (ratio / best).powi(power)).collect()
    }
}

fn data() -> (DMatrix<f64>, DMatrix<f64>) {
    let inputs = DMatrix::from_column_slice(8, 1, &[2.0, 3.0, 5.0, 4.0, 6.0, 8.0, 2.5, 7.0]);
    let outputs = DMatrix::from_column_slice(8, 1, &[2.0, 2.4, 4.5, 2.2, 4.0, 7.0, 1.2, 3.9]);
    (inputs, outputs)
}

const OPTIONS: Options = Options {
    replicates: 400,
    seed: 5,
    bandwidth: Bandwidth::NormalReference,
    scale: Scale::Reciprocal,
    confidence: 0.95,
};

/// Here x* = x β*/δ makes the best ratio max(y/x) / min β*, so that every δ* is δ / min β*: the whole bootstrap follows
/// from the draws alone.
#[test]
fn equals_the_closed_form_of_one_ratio() {
    let (inputs, outputs) = data();
    for orientation in [Orientation::Input, Orientation::Output] {
        let score = constant_returns(&inputs, &outputs, orientation);
        let got = bootstrap(&inputs, &outputs, orientation, OPTIONS, &score).unwrap();
        let delta = distances(&score(&inputs, &outputs), 8, orientation).unwrap();
        let mut shrunk: Vec<f64> = (0..400)
            .map(|b| draw(&delta, got.bandwidth, &mut stream(5, b)).into_iter().fold(f64::INFINITY, f64::min).recip())
            .collect();
        shrunk.sort_by(f64::total_cmp);
        let mean = shrunk.iter().sum::<f64>() / 400.0;
        for (unit, delta) in got.units.iter().zip(&delta) {
            let corrected = 2.0 * delta - delta * mean;
            let (low, high) =
                (2.0 * delta - delta * quantile(&shrunk, 0.975), 2.0 * delta - delta * quantile(&shrunk, 0.025));
            let expected = match orientation {
                Orientation::Input => [corrected.recip(), high.recip(), low.recip()],
                Orientation::Output => [corrected, low, high],
            };
            let close = [unit.corrected, unit.interval.0, unit.interval.1];
            assert!(close.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{close:?} {expected:?}");
            assert!(unit.interval.0 <= unit.corrected && unit.corrected <= unit.interval.1);
        }
    }
}

#[test]
fn corrected_scores_are_harsher_and_positive() {
    let (inputs, outputs) = data();
    let score = constant_returns(&inputs, &outputs, Orientation::Input);
    for scale in [Scale::Farrell, Scale::Reciprocal] {
        let options = Options { scale, ..OPTIONS };
        let got = bootstrap(&inputs, &outputs, Orientation::Input, options, &score).unwrap();
        assert!(got.units.iter().all(|unit| unit.corrected < unit.score && unit.corrected > 0.0));
        for unit in &got.units {
            assert_eq!(unit.correction_not_worth_it, unit.bias * unit.bias <= 3.0 * unit.variance);
        }
    }
}

/// Mean and variance of the smoothed draws are those of the distances, but for what reflection moves.
#[test]
fn draws_keep_mean_and_variance() {
    let distances: Vec<f64> = (0..200)
        .map(|i| 2.0 + 0.5 * mizan_stats::normal::quantile((f64::from(i) + 0.5) / 200.0).clamp(-1.5, 3.0))
        .collect();
    let mut all = Vec::new();
    for replicate in 0..500 {
        all.extend(draw(&distances, 0.1, &mut stream(3, replicate)));
    }
    let moments = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64)
    };
    let (got, expected) = (moments(&all), moments(&distances));
    assert!((got.0 - expected.0).abs() < 0.01 && (got.1 / expected.1 - 1.0).abs() < 0.02, "{got:?} {expected:?}");
    assert!(all.iter().all(|distance| *distance >= 1.0));
}

#[test]
fn threads_change_no_digit() {
    let (inputs, outputs) = data();
    let score = constant_returns(&inputs, &outputs, Orientation::Input);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bootstrap(&inputs, &outputs, Orientation::Input, OPTIONS, &score).unwrap())
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
    let other = bootstrap(&inputs, &outputs, Orientation::Input, Options { seed: 6, ..OPTIONS }, &score).unwrap();
    assert_ne!(one.units, other.units);
}

type Score<'a> = dyn Fn(&DMatrix<f64>, &DMatrix<f64>) -> Vec<f64> + Sync + 'a;

#[test]
fn refuses_what_cannot_be_bootstrapped() {
    let (inputs, outputs) = data();
    fn check(options: Options, score: &Score<'_>, expected: BootstrapError) {
        let (inputs, outputs) = data();
        assert_eq!(bootstrap(&inputs, &outputs, Orientation::Input, options, score), Err(expected));
    }
    let score = constant_returns(&inputs, &outputs, Orientation::Input);
    check(Options { replicates: 1, ..OPTIONS }, &score, BootstrapError::Option("replicates"));
    check(Options { confidence: 1.0, ..OPTIONS }, &score, BootstrapError::Option("confidence"));
    check(OPTIONS, &|_, _| vec![1.0; 8], BootstrapError::AllEfficient);
    check(OPTIONS, &|_, _| vec![0.9, f64::NAN], BootstrapError::NoScore { unit: 1 });
    let only_first = |x: &DMatrix<f64>, _: &DMatrix<f64>| {
        if *x == inputs { vec![0.5; 8] } else { vec![f64::NAN; 8] }
    };
    let spread = |x: &DMatrix<f64>, y: &DMatrix<f64>| {
        let mut scores = only_first(x, y);
        scores[0] *= 2.0;
        scores
    };
    check(OPTIONS, &spread, BootstrapError::Replicate { unit: 0, replicate: 0 });
}

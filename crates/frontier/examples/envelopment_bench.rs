//! How long efficiency scores take: radial programs for 1,000, 5,000 and 100,000 units of three inputs and three outputs,
//! the median of several runs where they are short, and the bootstrap of 200 units.
//!
//! `RAYON_NUM_THREADS=1 cargo run --release -p mizan-frontier --example envelopment_bench [-- 100000]`

use std::time::Instant;

use mizan_frontier::bootstrap::{Bandwidth, Options, Scale, bootstrap};
use mizan_frontier::orientation::Orientation;
use mizan_frontier::radial::{Model, farrell, scores};
use mizan_frontier::technology::{Data, Returns};
use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Units below a Cobb-Douglas frontier. Each works at its own share of what is possible, and its outputs are a mix near to
/// that of the others, as among offices of one administration: some of a hundred are efficient.
fn units(count: usize, inputs: usize, outputs: usize) -> Data {
    let mut random = ChaCha8Rng::seed_from_u64(count as u64);
    let x = DMatrix::from_fn(count, inputs, |_, _| random.random_range(10.0..100.0_f64));
    let mut y = DMatrix::zeros(count, outputs);
    for row in 0..count {
        let scale: f64 = x.row(row).iter().map(|value| value.ln()).sum::<f64>() / inputs as f64;
        let share = random.random_range(0.3..1.0_f64);
        for output in 0..outputs {
            y[(row, output)] = (0.8 * scale).exp() * share * random.random_range(0.85..1.15_f64);
        }
    }
    Data { inputs: x, outputs: y }
}

fn main() {
    let largest: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100_000);
    println!("| units | seconds | µs a unit | efficient |\n|---|---|---|---|");
    for count in [1_000, 5_000, largest] {
        let data = units(count, 3, 3);
        let model = Model { with_slacks: false, ..Model::radial(Returns::Variable, Orientation::Input) };
        // A job of milliseconds is repeated: the first one pays for memory that the others find there.
        let mut times = Vec::new();
        let mut scored = Vec::new();
        for _ in 0..(50_000 / count).clamp(1, 25) {
            let started = Instant::now();
            let Ok(found) = scores(&data, &model) else { continue };
            times.push(started.elapsed().as_secs_f64());
            scored = found;
        }
        times.sort_by(f64::total_cmp);
        let Some(seconds) = times.get(times.len() / 2) else { continue };
        let efficient = scored.iter().flatten().filter(|scored| scored.score > 1.0 - 1e-9).count();
        println!("| {count} | {seconds:.3} | {:.1} | {efficient} |", 1e6 * seconds / count as f64);
    }
    let data = units(200, 3, 3);
    let options = Options {
        replicates: 2_000,
        seed: 1,
        bandwidth: Bandwidth::NormalReference,
        scale: Scale::Reciprocal,
        confidence: 0.95,
    };
    let started = Instant::now();
    let score = |inputs: &DMatrix<f64>, outputs: &DMatrix<f64>| {
        let reference = Data { inputs: inputs.clone(), outputs: outputs.clone() };
        farrell(&reference, &data, Returns::Variable, Orientation::Input)
    };
    match bootstrap(&data.inputs, &data.outputs, Orientation::Input, options, score) {
        Ok(_) => println!("\nbootstrap, 200 units, B = 2000: {:.2} s", started.elapsed().as_secs_f64()),
        Err(error) => println!("\nbootstrap: {error}"),
    }
}

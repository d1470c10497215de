//! Latency against the size of what goes in and of what comes out.

use serde_json::json;

use super::Curve;
use crate::Scale;
use crate::client::{Client, Request};
use crate::latency::jitter;
use crate::programs::PACE;
use crate::stats::Times;

/// Output of so many KB.
pub fn output(url: &str, scale: &Scale) -> Curve {
    let sizes: Vec<usize> =
        if scale.is_quick { vec![1, 16, 64, 256, 512] } else { vec![1, 4, 16, 64, 128, 256, 384, 512] };
    let request = |kb: &usize| {
        // Just below: 512 KB is the limit. In lines, as programs write.
        let code = format!("for _ in range({}):\n    print('x' * 99)", kb * 1024 / 100);
        Request::execute(&json!({ "code": code }), "\"status\":\"ok\"")
    };
    let points = medians(url, &sizes, request, scale.samples);
    Curve::new("output", "output, KB", "median, ms", points)
}

/// Code of so many KB.
pub fn code(url: &str, scale: &Scale) -> Curve {
    let sizes: Vec<usize> = if scale.is_quick { vec![1, 5, 20, 50] } else { vec![1, 2, 5, 10, 20, 30, 40, 50] };
    let request = |kb: &usize| {
        // No two alike: CPython looks each comprehension up among all that are, which is slow by itself.
        let lines = (0..).map(|number| format!("value = [n * {number} for n in (1, 2, 3)]\n"));
        let mut code = String::new();
        lines
            .take_while(|line| {
                code.push_str(line);
                code.len() < kb * 1000 - 50
            })
            .for_each(drop);
        code.push_str("print('end')\n");
        Request::execute(&json!({ "code": code }), "\"output\":\"end\"")
    };
    let points = medians(url, &sizes, request, scale.samples);
    Curve::new("code", "code, KB", "median, ms", points)
}

/// All sizes in turn, at a pace that leaves the pool full.
fn medians(url: &str, sizes: &[usize], request: impl Fn(&usize) -> Request, samples: usize) -> Vec<(f64, f64)> {
    let requests: Vec<Request> = sizes.iter().map(request).collect();
    let mut times = vec![Vec::new(); sizes.len()];
    let mut client = Client::connect(url);
    for turn in 0..samples {
        for (request, times) in requests.iter().zip(&mut times) {
            std::thread::sleep(PACE * 3 / 4 + jitter(turn, PACE));
            times.push(client.run(request));
        }
    }
    sizes.iter().zip(times).map(|(size, times)| (*size as f64, Times::of(times).median_us / 1000.0)).collect()
}

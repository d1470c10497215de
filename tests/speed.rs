//! How long a caller waits for `print('Hello World')`, beside a bare interpreter, in one run.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use tests::{Service, in_parallel};

const RUNS: usize = 300;

fn main() {
    let python = tests::interpreters().remove(0);
    let service = Service::start(&[]);
    let hello = "print('Hello World')";
    let request = json!({ "code": hello });
    let (mut served, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        std::thread::sleep(Duration::from_millis(8));
        let answer = service.execute(&request);
        assert_eq!(answer.body["output"], "Hello World", "{}", answer.body);
        served.push(answer.took);
        std::thread::sleep(Duration::from_millis(8));
        let begun = Instant::now();
        let output =
            Command::new(&python).args(["-I", "-c", hello]).stdin(Stdio::null()).output().expect("python starts");
        bare.push(begun.elapsed());
        assert_eq!(output.stdout, b"Hello World\n");
    }
    let (served, bare) = (quantiles(served), quantiles(bare));
    println!("python-executor: median {:?}, 90 % {:?}, 99 % {:?}", served[0], served[1], served[2]);
    println!("python3 -I -c:   median {:?}, 90 % {:?}, 99 % {:?}", bare[0], bare[1], bare[2]);
    println!("ratio of the medians: {:.3}", served[0].as_secs_f64() / bare[0].as_secs_f64());
    let begun = Instant::now();
    let failures = in_parallel(&[(); 1000], 4, |()| {
        let answer = service.execute(&request);
        (answer.status != 200).then(|| answer.body.to_string())
    });
    assert!(failures.is_empty(), "{failures:?}");
    println!("four connections, as fast as they can: {:.0} runs a second", 1000.0 / begun.elapsed().as_secs_f64());
}

/// Median, 90th and 99th percentile.
fn quantiles(mut times: Vec<Duration>) -> [Duration; 3] {
    times.sort();
    [50, 90, 99].map(|percent| times[(times.len() - 1) * percent / 100])
}

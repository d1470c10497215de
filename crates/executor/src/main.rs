//! Command line.
use std::time::Duration;
use executor::job::{Job, Limits};
use executor::service::{Demand, Executor, Options};
use std::io::BufRead;

fn main() {
    if std::env::args().nth(1).as_deref() == Some("launcher") {
        std::process::exit(sandbox::launcher::main());
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let level = match std::env::args().nth(2).as_deref() { Some("landlock") => Demand::Exactly(sandbox::level::Level::Landlock), Some("namespaces") => Demand::Exactly(sandbox::level::Level::Namespaces), _ => Demand::Best };
        let python = std::env::var("PYTHON").unwrap_or("/usr/bin/python3".into());
        let ex = Executor::start(Options {
            python: python.split(',').map(Into::into).collect(), isolation: level,
            ceilings: sandbox::spec::Ceilings { memory_bytes: 1 << 30, processes: 64, file_bytes: 64 << 20 },
            file_bytes: 16 << 20, preload: None, sandbox_uid: 65533, hidden: vec![],
            pool: executor::pool::Settings { target: 4, cell_max_age: Duration::from_secs(60), zygote_max_age: Duration::from_secs(600), zygote_max_forks: 10000 },
            capacity: 4, queue: 32, queue_patience: Duration::from_secs(5),
        }).await;
        let ex = match ex { Ok(ex) => ex, Err(e) => { println!("{}", executor::pool::chain(&e)); return } };
        let n: usize = std::env::args().nth(3).and_then(|x| x.parse().ok()).unwrap_or(0);
        let mk = |code: String, stdin: Option<Vec<u8>>, args: Vec<String>| Job { code, stdin, args, files: vec![], collect: vec![], runtime: 0,
            limits: Limits { timeout: Duration::from_secs(10), cpu: Duration::from_secs(20), memory_bytes: 256 << 20, output_bytes: 512 << 10, processes: 16, file_bytes: 16 << 20 } };
        if n > 0 {
            let code = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
            let pause: u64 = std::env::args().nth(4).and_then(|x| x.parse().ok()).unwrap_or(0);
            let t0 = std::time::Instant::now();
            let job = mk(code, None, vec![]);
            let mut all = vec![];
            let threads = if pause == 0 { 4 } else { 1 };
            let mut set = tokio::task::JoinSet::new();
            for _ in 0..threads { let ex = ex.clone(); let job = job.clone(); set.spawn(async move { let mut v = vec![]; for _ in 0..n / threads { let t = std::time::Instant::now(); let r = ex.run(&job).await.unwrap(); v.push(t.elapsed().as_micros()); assert!(r.ending == executor::job::Ending::Exited(0), "{r:?}"); if pause > 0 { tokio::time::sleep(Duration::from_millis(pause)).await; } } v }); }
            while let Some(v) = set.join_next().await { all.extend(v.unwrap()); }
            let el = t0.elapsed(); all.sort();
            println!("p10 {} p50 {} p90 {} p99 {} rate {:.0}/s", all[all.len()/10], all[all.len()/2], all[all.len()*9/10], all[all.len()*99/100], all.len() as f64 / el.as_secs_f64());
            return;
        }
        for line in std::io::BufReader::new(std::fs::File::open(std::env::args().nth(1).unwrap()).unwrap()).lines() {
            let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let job = mk(v["code"].as_str().unwrap().into(), Some(v["stdin"].as_str().unwrap_or("").into()), v["args"].as_array().map(|a| a.iter().map(|x| x.as_str().unwrap().into()).collect()).unwrap_or_default());
            match ex.run(&job).await {
                Ok(f) => { let norm = |b: &[u8]| String::from_utf8_lossy(b).replace("/home/learner/work", "{DIR}");
                    let code = match f.ending { executor::job::Ending::Exited(c) => c, executor::job::Ending::Signaled(s) => -s, _ => -999 };
                    let o = norm(&f.stdout); let e = norm(&f.stderr);
                    if o != v["stdout"].as_str().unwrap() || e != v["stderr"].as_str().unwrap() || i64::from(code) != v["exit_code"].as_i64().unwrap() {
                        println!("DIFF {} {:?} want {}", v["id"], f.ending, v["exit_code"]);
                        for (w, a, b) in [("out", v["stdout"].as_str().unwrap(), &o), ("err", v["stderr"].as_str().unwrap(), &e)] { if a != b { let p = a.lines().zip(b.lines()).find(|(x, y)| x != y); println!("  {w}: {:?} lens {} {}", p, a.len(), b.len()); if p.is_none() { println!("    plain tail {:?}\n    ours tail {:?}", &a[a.len().saturating_sub(150)..], &b[b.len().saturating_sub(150)..]); } } }
                    } }
                Err(e) => println!("ERR {} {e}", v["id"]),
            }
        }
    });
}

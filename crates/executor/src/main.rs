//! Command line.
use std::time::Duration;
use executor::job::{Job, Limits};
use executor::service::{Demand, Executor, Options};

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
        println!("{:?} {:#?}", ex.level(), ex.layers());
        let code = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
        let job = Job { code, stdin: None, args: vec![], files: vec![], collect: vec![], runtime: 0,
            limits: Limits { timeout: Duration::from_secs(3), cpu: Duration::from_secs(6), memory_bytes: 256 << 20, output_bytes: 512 << 10, processes: 16, file_bytes: 16 << 20 } };
        for _ in 0..30 {
            let t = std::time::Instant::now();
            let r = ex.run(&job).await;
            let e = t.elapsed();
            match r { Ok(f) => println!("{e:?} {:?} {:?} out={} err={} {:?} {:?}", f.ending, f.wall, String::from_utf8_lossy(&f.stdout[..f.stdout.len().min(300)]), String::from_utf8_lossy(&f.stderr), f.usage, f.report), Err(e) => println!("{e}") }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    });
}

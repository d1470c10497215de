//! `uml FOLDER SCRIPT`: runs a script of `sh` under User-Mode-Linux, with a folder that it may write, as tests do.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use tests::machine::uml;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, script] = &args[..] else {
        eprintln!("usage: uml FOLDER SCRIPT");
        return ExitCode::from(64);
    };
    let output = uml(script, Path::new(folder), Duration::from_secs(600));
    print!("{}", output.text);
    u8::try_from(output.status).map_or(ExitCode::FAILURE, ExitCode::from)
}

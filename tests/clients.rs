//! The clients in `clients/`, against a real service.

use std::path::Path;
use std::process::Command;

use tests::Service;

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&text));
}

/// A service with jobs, in a file that is gone with the folder.
fn service() -> (Service, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("jobs.db").display());
    (Service::start(&[("JOBS_URL", &url)]), folder)
}

fn clients() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../clients"))
}

#[test]
fn the_python_client_works() {
    let (service, _folder) = service();
    for python in tests::interpreters() {
        let mut command = Command::new(python);
        command.args(["-B", "-m", "unittest", "-q", "test_executor"]).current_dir(clients().join("python"));
        run(command.env("EXECUTOR_URL", &service.url));
    }
}

/// Its types are checked, then it is built by the page's own tools and run by node.
#[test]
fn the_typescript_client_works() {
    let (service, _folder) = service();
    let web = clients().join("../web");
    assert!(web.join("node_modules").is_dir(), "the page's packages are not there: `cargo xtask setup` brings them");
    let folder = tempfile::tempdir().expect("a folder");
    let built = folder.path().join("test.mjs");
    let client = clients().join("typescript");
    run(Command::new(web.join("node_modules/.bin/tsc")).args(["--noEmit", "-p"]).arg(&client));
    let mut esbuild = Command::new(web.join("node_modules/.bin/esbuild"));
    esbuild.arg(client.join("executor.test.ts")).args(["--bundle", "--platform=node", "--format=esm"]);
    run(esbuild.arg(format!("--outfile={}", built.display())));
    run(Command::new("node").arg("--test").arg(&built).env("EXECUTOR_URL", &service.url));
}

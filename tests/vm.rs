//! The sandbox on kernels of Debian's: run in virtual machines by `cargo xtask vm-test`.

use std::os::unix::process::CommandExt;
use std::process::Command;

use serde_json::Value;
use tests::{Service, Who, apparmor, binary, folder};

const LEVELS: [&str; 2] = ["namespaces", "landlock"];

/// What the kernel in this machine has, said by whoever chose it.
fn landlock() -> String {
    let abi = std::env::var("LANDLOCK_ABI").expect("`cargo xtask vm-test` says which one to expect");
    let more = if abi == "6" { ", TCP, signals, abstract sockets" } else { "" };
    format!("ABI {abi}: files{more}")
}

fn reason<'a>(layers: &'a Value, name: &str) -> &'a str {
    let layer = layers.as_array().into_iter().flatten().find(|layer| layer["name"] == name);
    let layer = layer.unwrap_or_else(|| panic!("no layer {name} in {layers}"));
    assert_eq!(layer["on"], true, "{layer}");
    layer["why"].as_str().expect("each layer says why")
}

#[test]
#[ignore = "run in a virtual machine by `cargo xtask vm-test`"]
fn landlock_is_the_kernels_in_doctor() {
    for user in [0, 4321] {
        let mut doctor = Command::new(binary());
        doctor.args(["doctor", "--json"]).env_clear().env("PATH", "/usr/bin:/bin").uid(user).gid(user);
        let output = doctor.output().expect("it starts");
        let report: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("user {user}: {}", String::from_utf8_lossy(&output.stderr)));
        assert_eq!(output.status.code(), Some(0), "user {user}: {report}");
        for (finding, level) in report["levels"].as_array().expect("levels").iter().zip(LEVELS) {
            assert_eq!(
                (&finding["level"], &finding["available"]),
                (&level.into(), &true.into()),
                "user {user}: {finding}"
            );
            assert_eq!(reason(&finding["layers"], "landlock"), landlock(), "user {user}");
        }
    }
}

#[test]
#[ignore = "run in a virtual machine by `cargo xtask vm-test`"]
fn landlock_is_the_kernels_in_health() {
    for who in [Who::Me, Who::OrdinaryUser] {
        for level in LEVELS {
            let service = Service::start_as(who, &[("ISOLATION", level)]);
            let health = service.get("/health").expect("an answer").body;
            assert_eq!(health["isolation"]["level"], level, "{who:?}: {health}");
            assert_eq!(reason(&health["isolation"]["layers"], "landlock"), landlock(), "{who:?}");
            assert_eq!(service.run("print('Hello World')")["output"], "Hello World", "{who:?}, {level}");
        }
    }
}

/// The letters that AppArmor bears on, files, network and the kernel, by an ordinary user at both levels.
#[test]
#[ignore = "run in a virtual machine by `cargo xtask vm-test`"]
fn apparmor_with_our_profile_leaves_the_sandbox_whole() {
    apparmor::load(&folder().parent().expect("this crate lies in the repository").join("deploy/security/apparmor"));
    let confined = || {
        let mut command = Command::new("aa-exec");
        command.args(["-p", "python-executor", "--"]).uid(4321).gid(4321);
        command
    };
    let label = confined().args(["cat", "/proc/self/attr/current"]).output().expect("AppArmor is installed");
    assert_eq!(String::from_utf8_lossy(&label.stdout).trim(), "python-executor (enforce)");
    let mut hostile = confined();
    hostile.arg(binary().with_file_name("hostile")).env("ONLY", "c,d,e");
    hostile.args(["--test-threads", "1", "--nocapture", "--exact", "in_namespaces", "with_landlock_alone"]);
    assert!(hostile.status().expect("it starts").success(), "the corpus under the profile");
}

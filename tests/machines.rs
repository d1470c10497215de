//! The machines that other tests use: that they are what they say.

use std::time::Duration;

use tests::machine::uml;

const TIMEOUT: Duration = Duration::from_secs(60);

#[test]
fn user_mode_linux_has_control_groups_a_writable_folder_and_hands_on_exit_code_and_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let script = "set -e
        cat /sys/fs/cgroup/cgroup.subtree_control
        mkdir /sys/fs/cgroup/group
        test -e /sys/fs/cgroup/group/memory.max -a -e /sys/fs/cgroup/group/pids.max -a -e /sys/fs/cgroup/group/cgroup.kill
        pwd > file
        touch /etc/mark 2>/dev/null && echo the root is writable
        touch /tmp/mark /run/mark
        echo an error >&2
        exit 7";
    let output = uml(script, folder.path(), TIMEOUT);
    assert_eq!(output.status, 7, "{}", output.text);
    assert_eq!(output.text, "cpu io memory pids\nan error\n");
    let written = std::fs::read_to_string(folder.path().join("file")).expect("the script has written it");
    assert_eq!(written.trim(), folder.path().to_str().expect("a plain path"));
    assert!(!std::path::Path::new("/run/mark").exists(), "its /run is the host's");
}

#[test]
fn user_mode_linux_loses_no_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = uml("seq 200000", folder.path(), TIMEOUT);
    let expected: String = (1..=200_000).map(|number| format!("{number}\n")).collect();
    assert!(output.text == expected, "{} of {} bytes", output.text.len(), expected.len());
    assert_eq!(output.status, 0);
}

#[test]
#[should_panic(expected = "was not done after")]
fn user_mode_linux_ends_in_time() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    uml("echo begun; sleep 100", folder.path(), Duration::from_secs(8));
}

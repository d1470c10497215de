//! The page in a real browser: `browser/page.mjs` goes through it at two widths, light and dark.

use std::process::Command;

use tests::portal::Portal;

#[test]
fn the_page_works_in_a_browser() {
    let folder = tests::folder().join("browser");
    assert!(folder.join("node_modules").is_dir(), "its packages are not there: `cargo xtask setup` brings them");
    let portal = Portal::start(&[]);
    let arguments = ["page.mjs", &portal.url, "../../target/browser"];
    let status = Command::new("node").args(arguments).current_dir(folder).status();
    assert!(status.expect("node is there").success(), "screenshots are in target/browser");
}

//! What a virtual machine is made of: qemu, and a suite of Debian as a disk, with its own kernel. All of it is Debian's
//! packages, unpacked in the build folder; nothing is installed but `mmdebstrap`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::install;

/// Debian's suites that the sandbox is tried on, and the Landlock ABI of their kernels.
pub const SUITES: [(&str, u32); 2] = [("bookworm", 2), ("trixie", 6)];

const PACKAGES: &str = "linux-image-amd64,initramfs-tools,zstd,python3,docker.io,crun,runc,iptables,apparmor,strace,\
    ca-certificates,procps,iproute2,kmod,util-linux,mount";

/// Left out of the disk: what a virtual machine never has, and what nobody reads there.
const LEFT_OUT: [&str; 9] = [
    "/usr/share/doc/*",
    "/usr/share/man/*",
    "/usr/share/locale/*",
    "*/kernel/drivers/gpu/*",
    "*/kernel/drivers/media/*",
    "*/kernel/drivers/net/wireless/*",
    "*/kernel/drivers/net/ethernet/*",
    "*/kernel/drivers/infiniband/*",
    "*/kernel/sound/*",
];

/// The initial RAM disk has what leads to the disk, and no more: it is unpacked by an emulated processor.
const INITRAMFS: &str = "MODULES=list\nCOMPRESS=zstd\nCOMPRESSLEVEL=1\n";
const INITRAMFS_MODULES: &str = "virtio_pci\nvirtio_blk\next4\n";

/// The first process: the rest of it comes with the shared folder.
const FIRST: &str = "#!/bin/sh\n\
    mkdir -p \"$SHARE\"\n\
    mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,cache=loose share \"$SHARE\"\n\
    exec \"$SHARE/tests/machines/vm-init\"\n";

/// A suite, ready to be started.
pub struct Kit {
    /// The emulator.
    pub qemu: Qemu,
    /// Kernel.
    pub kernel: PathBuf,
    /// Initial RAM disk.
    pub initrd: PathBuf,
    /// The disk, a plain image.
    pub disk: PathBuf,
}

/// qemu: the machine's own, or an unpacked one.
pub struct Qemu {
    /// The program.
    pub program: PathBuf,
    /// Where it is unpacked; `None` for the machine's own.
    pub unpacked: Option<PathBuf>,
}

impl Kit {
    /// Makes what is missing of it.
    pub fn of(root: &Path, suite: &str) -> Result<Kit, String> {
        let qemu = qemu(&root.join("target/machines/qemu"))?;
        let folder = root.join("target/machines").join(format!("vm-{suite}"));
        let kit = Kit { qemu, kernel: folder.join("kernel"), initrd: folder.join("initrd"), disk: folder.join("disk") };
        let (recipe, made_by) = (recipe(suite), folder.join("recipe"));
        if fs::read_to_string(&made_by).ok().as_deref() != Some(&recipe) {
            eprintln!("xtask: making a disk of Debian {suite} in {}", folder.display());
            kit.make(&folder, suite)?;
            fs::write(&made_by, recipe).map_err(|e| format!("{}: {e}", made_by.display()))?;
        }
        Ok(kit)
    }

    fn make(&self, folder: &Path, suite: &str) -> Result<(), String> {
        bootstrap()?;
        let (files, root) = (folder.join("files"), folder.join("root"));
        let _ = fs::remove_dir_all(&root);
        let write = |name: &str, text: &str| {
            let path = files.join(name);
            fs::create_dir_all(&files).and_then(|()| fs::write(&path, text)).map_err(|e| format!("{name}: {e}"))
        };
        write("first", FIRST)?;
        write("machine.conf", INITRAMFS)?;
        write("modules", INITRAMFS_MODULES)?;
        let mut bootstrap = Command::new("mmdebstrap");
        bootstrap.args(["--quiet", "--variant=minbase"]).arg(format!("--include={}", packages(suite)));
        bootstrap.args(LEFT_OUT.map(|path| format!("--dpkgopt=path-exclude={path}")));
        let files = files.display();
        for hook in [
            "--extract-hook=mkdir -p \"$1/etc/initramfs-tools/conf.d\"".into(),
            format!("--extract-hook=cp {files}/machine.conf \"$1/etc/initramfs-tools/conf.d/\""),
            format!("--customize-hook=cp {files}/modules \"$1/etc/initramfs-tools/modules\""),
            "--customize-hook=chroot \"$1\" update-initramfs -u".into(),
            format!("--customize-hook=install -m 755 {files}/first \"$1/first\""),
        ] {
            bootstrap.arg(hook);
        }
        run(bootstrap.arg(suite).arg(&root))?;
        for (name, target) in [("vmlinuz", &self.kernel), ("initrd.img", &self.initrd)] {
            let found = newest(&root.join("boot"), name)?;
            fs::copy(&found, target).map_err(|e| format!("{}: {e}", found.display()))?;
        }
        let _ = fs::remove_file(&self.disk);
        let mut disk = Command::new("/sbin/mke2fs");
        disk.args(["-q", "-t", "ext4", "-O", "^has_journal", "-m", "0", "-d"]).arg(&root).arg(&self.disk).arg("6G");
        run(&mut disk)?;
        fs::remove_dir_all(&root).map_err(|e| format!("{}: {e}", root.display()))
    }
}

/// The command line of Docker is a package of its own in the later suite.
fn packages(suite: &str) -> String {
    let own = if suite == "bookworm" { "" } else { ",docker-cli" };
    format!("{PACKAGES}{own}")
}

/// Everything that a disk is made from: another recipe needs another disk.
fn recipe(suite: &str) -> String {
    [&packages(suite), &LEFT_OUT.join("\n"), INITRAMFS, INITRAMFS_MODULES, FIRST].join("\n")
}

fn newest(folder: &Path, beginning: &str) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let named = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{beginning}-")))
    };
    entries.flatten().map(|e| e.path()).filter(named).max().ok_or_else(|| format!("no {beginning} in the disk's /boot"))
}

fn qemu(folder: &Path) -> Result<Qemu, String> {
    const PROGRAM: &str = "usr/bin/qemu-system-x86_64";
    let installed = Path::new("/").join(PROGRAM);
    if installed.is_file() {
        return Ok(Qemu { program: installed, unpacked: None });
    }
    let program = folder.join(PROGRAM);
    if !program.is_file() {
        eprintln!("xtask: unpacking Debian's qemu in {}", folder.display());
        let packages = folder.join("packages");
        fs::create_dir_all(packages.join("partial")).map_err(|e| format!("{}: {e}", packages.display()))?;
        let cache = format!("Dir::Cache::archives={}", packages.display());
        install::apt(&["update"], folder)?;
        install::apt(&["install", "-y", "-d", "--no-install-recommends", "-o", &cache, "qemu-system-x86"], folder)?;
        install::unpack(&packages, folder)?;
    }
    Ok(Qemu { program, unpacked: Some(folder.to_owned()) })
}

/// Sees to what makes systems from packages.
pub fn bootstrap() -> Result<(), String> {
    let files = [("mmdebstrap", "/usr/bin/mmdebstrap"), ("e2fsprogs", "/sbin/mke2fs")];
    install::packages(&files.map(|(name, file)| (name, Path::new(file))))
}

/// Runs a command that must succeed.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(format!("{}: {status}", command.get_program().display())) }
}

//! Starting a virtual machine for one command.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant, SystemTime};

use super::kit::Kit;

/// The processor is emulated, one of it: qemu 7.2 with several threads was seen to crash a kernel that patches itself.
const TCG: &str = "tcg,thread=single,tb-size=512";

/// Where a machine finds its script and leaves its exit code; gone with the run.
struct Exchange(PathBuf);

impl Drop for Exchange {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a script of `sh` as root, in the repository's folder, which is shared; what it writes goes to our standard
/// output. How long it took, from the machine's start to its end.
pub fn run(kit: &Kit, root: &Path, script: &str, limit: Duration) -> Result<Duration, String> {
    let exchange = Exchange(kit.disk.with_file_name(format!("run-{}", std::process::id())));
    let folder = &exchange.0;
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join("command"), script))
        .map_err(|e| format!("{}: {e}", folder.display()))?;
    let begun = Instant::now();
    let mut machine = command(kit, root, folder).spawn().map_err(|e| format!("qemu: {e}"))?;
    let Some(ended) = wait(&mut machine, limit) else {
        return Err(format!(
            "the machine was not done after {limit:?}; its kernel's last words:\n{}",
            kernel_log(folder)
        ));
    };
    match fs::read_to_string(folder.join("status")).unwrap_or_default().trim() {
        "0" => Ok(begun.elapsed()),
        "" => Err(format!("the machine ended without an exit code ({ended}):\n{}", kernel_log(folder))),
        status => Err(format!("exit code {status}")),
    }
}

fn command(kit: &Kit, root: &Path, exchange: &Path) -> Command {
    let mut qemu = Command::new(&kit.qemu.program);
    if let Some(unpacked) = &kit.qemu.unpacked {
        let libraries = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"].map(|path| unpacked.join(path));
        qemu.env("LD_LIBRARY_PATH", std::env::join_paths(libraries).unwrap_or_default());
        for data in ["usr/share/qemu", "usr/share/seabios", "usr/lib/ipxe/qemu"] {
            qemu.arg("-L").arg(unpacked.join(data));
        }
    }
    // The disk is put back after each run: what is written goes to a file there.
    qemu.env("TMPDIR", exchange);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    qemu.args(["-M", "q35,usb=off,vmport=off", "-cpu", "max", "-smp", "1", "-m", "4096", "-accel", TCG]);
    qemu.args(["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-monitor", "none"]);
    qemu.arg("-kernel").arg(&kit.kernel).arg("-initrd").arg(&kit.initrd).arg("-append").arg(format!(
        "console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on tsc=reliable root=/dev/vda rw init=/first \
         SHARE={} EXCHANGE={} NOW={now}",
        root.display(),
        exchange.display()
    ));
    qemu.arg("-drive").arg(format!("file={},format=raw,if=none,id=disk,snapshot=on,cache=unsafe", kit.disk.display()));
    qemu.args(["-device", "virtio-blk-pci,drive=disk", "-device", "virtio-rng-pci", "-virtfs"]);
    qemu.arg(format!("local,path={},mount_tag=share,security_model=none,multidevs=remap", root.display()));
    qemu.arg("-serial").arg(format!("file:{}", exchange.join("kernel.log").display())).args(["-serial", "stdio"]);
    qemu.stdin(Stdio::null());
    qemu
}

/// `None` if it had to be ended.
fn wait(machine: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < limit {
        if let Ok(Some(status)) = machine.try_wait() {
            return Some(status);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = machine.kill();
    let _ = machine.wait();
    None
}

fn kernel_log(exchange: &Path) -> String {
    let log = fs::read(exchange.join("kernel.log")).unwrap_or_default();
    let text = String::from_utf8_lossy(&log).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

//! How an executor's pools come to be: at a level, with cgroups if they can be had.

use sandbox::level::{Layer, Level};
use sandbox::spec::{LaunchSpec, Role};

use super::{Options, Pool, Pools, StartError};
use crate::config::CgroupArg;
use crate::pool::{self, Base, Groups, LaunchError, Means, NoGroups, Warm, chain};
use crate::runtime::Runtime;

/// An executor's parts.
pub(super) struct Started {
    pub pools: Vec<Pools>,
    pub level: Level,
    pub layers: Vec<Layer>,
}

/// Starts a level with cgroups, if they can be had, else without.
pub(super) async fn start_level(runtimes: &[Runtime], level: Level, options: &Options) -> Result<Started, StartError> {
    // Its own processes have to move to another group, once: a second try finds them there.
    let found = match options.cgroup {
        CgroupArg::Off => Err(NoGroups { why: "CGROUP=off".into(), hint: "CGROUP=best" }),
        CgroupArg::Best | CgroupArg::Required => Groups::find(owner(options), options.cpus),
    };
    let why_not = match found {
        Ok(groups) => match start_pools(runtimes, level, options, Some(groups)).await {
            Err(StartError::Level { source: LaunchError::Cell(source), .. }) if options.cgroup == CgroupArg::Best => {
                let why = format!("a process could not be started in one: {source}");
                NoGroups { why, hint: "allow clone3 in the container's seccomp profile" }
            }
            other => return other,
        },
        Err(why_not) => why_not,
    };
    if options.cgroup == CgroupArg::Required {
        return Err(StartError::Groups(why_not));
    }
    let mut started = start_pools(runtimes, level, options, None).await?;
    started.layers.push(Layer { name: CGROUP.into(), on: false, why: why_not.why, hint: Some(why_not.hint.into()) });
    Ok(started)
}

const CGROUP: &str = "cgroup";

/// Who owns what runs have on the host and in the kernel, when that is not us.
fn owner(options: &Options) -> Option<u32> {
    rustix::process::geteuid().is_root().then_some(options.sandbox_uid)
}

async fn start_pools(
    runtimes: &[Runtime],
    level: Level,
    options: &Options,
    groups: Option<Groups>,
) -> Result<Started, StartError> {
    let base = match level {
        Level::Namespaces => None,
        Level::Landlock => Some(Base::make(owner(options)).map_err(StartError::Folder)?),
    };
    let means = Means { base, groups, bounds: options.bounds };
    let mut started = Started { pools: Vec::new(), level, layers: Vec::new() };
    for runtime in runtimes {
        let spec = |role| LaunchSpec {
            level,
            interpreter: runtime.executable.clone(),
            prefixes: runtime.prefixes.clone(),
            hidden: options.hidden.clone(),
            sandbox_uid: options.sandbox_uid,
            preload: options.preload.clone(),
            ceilings: options.ceilings,
            file_bytes: options.file_bytes,
            role,
            group: means.groups.as_ref().map(Groups::zygotes),
        };
        let interpreter = runtime.executable.display().to_string();
        let for_tests = pool::Settings { target: options.tests, ..options.pool };
        let ((programs, layers), (tests, _)) = tokio::try_join!(
            Warm::start(spec(Role::Program), means.clone(), options.pool),
            Warm::start(spec(Role::Tests), means.clone(), for_tests),
        )
        .map_err(|source| StartError::Level { level, interpreter, source })?;
        let pool = |warm: Warm| Pool { baseline: warm.baseline(), warm };
        started.pools.push(Pools { programs: pool(programs), tests: pool(tests) });
        started.layers = layers;
    }
    if let Some(groups) = &means.groups {
        let bounds =
            "memory without swap, processes and processor time of each run are the kernel's to count and to end";
        let why = format!("{bounds} ({})", groups.path().display());
        started.layers.push(Layer { name: CGROUP.into(), on: true, why, hint: None });
    }
    Ok(started)
}

/// The layer that kept the better level from being had.
pub(super) fn missing(error: &LaunchError) -> Layer {
    match error {
        LaunchError::Layer(failure) => Layer {
            name: failure.layer.clone(),
            on: false,
            why: format!("{}: {}", failure.step, failure.reason),
            hint: failure.hint.clone(),
        },
        other => Layer { name: "namespaces".into(), on: false, why: chain(other), hint: None },
    }
}

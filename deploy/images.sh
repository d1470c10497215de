#!/usr/bin/env bash
# Builds and runs the images with the engine from Debian's packages, where there is no registry and no Docker: base images
# are made of Debian's packages, and everything stays in one folder.
#
#   deploy/images.sh bases              makes debian:bookworm-slim and rust:1-bookworm (a minute, once)
#   deploy/images.sh python PREFIX      makes python:3.N-slim-bookworm of a CPython that is installed there
#   deploy/images.sh build TARGET       builds a target of deploy/Dockerfile as localhost/TARGET
#   deploy/images.sh run ARGUMENTS      podman run
#   deploy/images.sh podman ARGUMENTS   any other podman command
#
# IMAGES_DIR is the folder (target/images by default). Needs root.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dir=${IMAGES_DIR:-$here/target/images}
mkdir -p "$dir"/{storage,run,tmp}
export TMPDIR=$dir/tmp BUILDAH_ISOLATION=chroot
export CONTAINERS_CONF=$dir/containers.conf CONTAINERS_STORAGE_CONF=$dir/storage.conf
export CONTAINERS_REGISTRIES_CONF=$dir/registries.conf

# An engine that may not raise its limits must not be told to, and one that cannot have cgroups must not try.
configure() {
  local files processes
  files=$(ulimit -Hn) processes=$(ulimit -Hu)
  [ "$files" = unlimited ] && files=1048576
  if [ "$processes" = unlimited ] || [ "$processes" -gt 32768 ]; then processes=32768; fi
  cat > "$CONTAINERS_CONF" <<END
[containers]
cgroups = "disabled"
default_ulimits = ["nofile=$files:$files", "nproc=$processes:$processes"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "crun"
[network]
network_backend = "cni"
END
  printf '[storage]\ndriver = "overlay"\nrunroot = "%s/run"\ngraphroot = "%s/storage"\n' "$dir" "$dir" > "$CONTAINERS_STORAGE_CONF"
  printf 'unqualified-search-registries = ["docker.io"]\nshort-name-mode = "permissive"\n' > "$CONTAINERS_REGISTRIES_CONF"
}

# Mounts of the engine's stay in a namespace of their own; it sees cgroup v2 alone, even on a machine with both versions.
# shellcheck disable=SC2016
aside=(unshare --mount --propagation private bash -c
  'if [ -d /sys/fs/cgroup/unified ]; then mount --bind /sys/fs/cgroup/unified /sys/fs/cgroup; fi; exec "$@"' bash)
apart() { "${aside[@]}" "$@"; }

bases() {
  if apart podman image exists docker.io/library/rust:1-bookworm; then return; fi
  local context=$dir/base toolchain
  mkdir -p "$context"
  mmdebstrap --quiet --variant=minbase --include=ca-certificates \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' bookworm "$context/debian.tar"
  cp /etc/ssl/certs/ca-certificates.crt "$context/"
  cp /etc/apt/sources.list "$context/sources.list" 2>/dev/null || : > "$context/sources.list"
  cat > "$context/debian" <<'END'
FROM scratch
ADD debian.tar /
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
CMD ["bash"]
END
  apart buildah bud --quiet --file "$context/debian" --tag docker.io/library/debian:bookworm-slim "$context" > /dev/null
  # This machine's own toolchain, without its documentation.
  toolchain=$(rustc --print sysroot)
  tar -C "$toolchain" --exclude=share --exclude=lib/rustlib/src -cf "$context/rust.tar" .
  cat > "$context/rust" <<'END'
FROM docker.io/library/debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
ADD rust.tar /usr/local/rust/
ENV PATH=/usr/local/cargo/bin:/usr/local/rust/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV CARGO_HOME=/usr/local/cargo
END
  apart buildah bud --quiet --network host --file "$context/rust" --tag docker.io/library/rust:1-bookworm "$context" > /dev/null
  rm -f "$context"/*.tar
}

# Stands in for the image of that name: CPython in /usr/local, and the libraries of Debian's that its modules want.
python() {
  local context=$dir/python name
  rm -rf "$context"; mkdir -p "$context"
  name=$("$1/bin/python3" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  tar -C "$1" --exclude='__pycache__' --exclude="lib/python$name/test" --exclude="lib/python$name/config-*" --exclude='*.a' \
    -cf "$context/python.tar" bin include lib
  cat > "$context/python" <<'END'
FROM docker.io/library/debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends libssl3 libsqlite3-0 libffi8 libreadline8 libbz2-1.0 liblzma5 zlib1g \
    && rm -rf /var/lib/apt/lists/*
ADD python.tar /usr/local/
RUN ldconfig
END
  apart buildah bud --quiet --network host --file "$context/python" --tag "docker.io/library/python:$name-slim-bookworm" "$context" > /dev/null
  rm -rf "$context"
}

configure
case "${1:-}" in
  bases) bases ;;
  python) bases; python "$2" ;;
  build)
    bases
    apart buildah bud --quiet --format docker --network host --pull-never --layers --file "$here/deploy/Dockerfile" --target "$2" \
      --tag "localhost/$2" "$here"
    ;;
  # In place of this script: a signal to it has to reach the container.
  run) shift; exec "${aside[@]}" podman run --rm --cgroups=disabled --network host "$@" ;;
  podman) shift; apart podman "$@" ;;
  *) sed -n '5,9s/^# *//p' "$0" >&2; exit 64 ;;
esac

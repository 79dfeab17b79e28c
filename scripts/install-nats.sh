#!/usr/bin/env bash
# Installs nats-server 2.10 or newer on Debian: from 2.10 on the server can sync every write before it acknowledges it, and
# Debian 12 has 2.9. The newer suite is added beside those the machine names, from the same archive, and pinned so that nothing
# but nats-server ever comes from it. Run it again and nothing happens; source it to call install_nats yourself.

nats_suite=forky
nats_version_min=2.10
nats_etc=/etc

install_nats() {
  local as_root=()
  nats_is_new_enough && return 0
  ((EUID == 0)) || as_root=(sudo -n -E)
  if add_nats_suite "${as_root[@]}"; then
    "${as_root[@]}" apt-get update -q -o Dir::Etc::sourcelist=sources.list.d/nats-server.sources \
      -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 || echo "the suite $nats_suite cannot be read" >&2
  fi
  # Without the newer suite the machine's own older server is better than none.
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -q -y --no-install-recommends \
    -o DPkg::Lock::Timeout=120 nats-server || return 1
  nats_is_new_enough || echo "nats-server is older than $nats_version_min: it acknowledges before it syncs" >&2
}

nats_is_new_enough() {
  local version
  version=$(PATH=$PATH:/usr/sbin nats-server --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
  [[ -n $version ]] && [[ $(printf '%s\n' "$nats_version_min" "$version" | sort -V | head -n 1) == "$nats_version_min" ]]
}

add_nats_suite() {
  local uri
  uri=$(debian_archive)
  [[ -n $uri ]] || { echo "no Debian archive among the apt sources of this machine" >&2 && return 1; }
  # Debian 12's systemd does not know the package's `u!`, which would leave it half configured; a file of this name goes before it.
  "$@" mkdir -p "$nats_etc/sysusers.d" &&
    echo 'u nats - "NATS.io server" /nonexistent /usr/sbin/nologin' |
    "$@" tee "$nats_etc/sysusers.d/nats-server.conf" >/dev/null || return 1
  # The pins come first: the suite is never there without them.
  printf '%s\n' 'Package: *' "Pin: release n=$nats_suite" 'Pin-Priority: -1' '' \
    'Package: nats-server' "Pin: release n=$nats_suite" 'Pin-Priority: 990' |
    "$@" tee "$nats_etc/apt/preferences.d/nats-server" >/dev/null &&
    printf '%s\n' 'Types: deb' "URIs: $uri" "Suites: $nats_suite" 'Components: main' \
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' |
    "$@" tee "$nats_etc/apt/sources.list.d/nats-server.sources" >/dev/null
}

# Where the machine takes its own release's main packages from.
debian_archive() {
  local release
  release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v release="$release" '$1 == release && $2 == "main" { print $3; exit }'
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -uo pipefail
  install_nats
fi

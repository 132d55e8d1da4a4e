#!/usr/bin/env bash
# Installs our Debian package, made of what is built, in a Debian that has little else:
#   package_test.sh BUILD
# Ends with 77 where such a Debian cannot be made, for want of a tool, of rights or of a network (1 if
# CI is set). mmdebstrap keeps what it mounts to itself, and removes what it made.
set -euo pipefail
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")

cannot() {
  echo "$*" >&2
  [[ -n ${CI:-} ]] && exit 1
  exit 77
}
for part in mmdebstrap dpkg-shlibdeps file; do
  command -v "$part" >/dev/null || cannot "$part is not installed (Debian: apt-get install mmdebstrap dpkg-dev file)"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work" >"$work/said" 2>&1 || {
  cat "$work/said" >&2
  exit 1
}
mv "$work"/*.deb "$work/xauth.deb"

# This system's own release, from where this system has it.
# shellcheck disable=SC1091
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
# shellcheck disable=SC2016  # apt fills them in
apt-get indextargets --no-release-info --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  grep -E " $suite(-updates|-security)? main$" | sort -u >"$work/sources" || cannot 'apt knows no packages of this release'
apt-config dump Acquire >"$work/apt.conf"

begun='== in a Debian of its own'
# shellcheck disable=SC2016  # mmdebstrap expands it
mmdebstrap --mode=unshare --variant=minbase --include=man-db,bash-completion,zsh,fish --aptopt="$work/apt.conf" \
  --customize-hook="upload '$work/xauth.deb' /xauth.deb" \
  --customize-hook="upload '$here/package_in_debian.sh' /package_in_debian.sh" \
  --customize-hook="echo '$begun'" \
  --customize-hook='chroot "$1" bash /package_in_debian.sh /xauth.deb' \
  --format=null "$suite" - "$work/sources" >"$work/said" 2>&1 && {
  sed -n "/^$begun/,\$p" "$work/said"
  exit 0
}
tail -n 60 "$work/said" >&2
grep -qx "$begun" "$work/said" || cannot 'no Debian could be made'
exit 1

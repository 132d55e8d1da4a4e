#!/usr/bin/env bash
# Packs what is built twice, elsewhere and later, which gives the same bytes; and has lintian read the
# Debian package: package_equal_test.sh BUILD
# Ends with 77 where a tool is missing (1 if CI is set).
set -euo pipefail
build=$(realpath "$1")
for part in dpkg-shlibdeps file lintian; do
  command -v "$part" >/dev/null && continue
  echo "$part is not installed (Debian: apt-get install dpkg-dev file lintian)" >&2
  [[ -n ${CI:-} ]] && exit 1
  exit 77
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
# pack DIRECTORY TIMEZONE
pack() {
  SOURCE_DATE_EPOCH=1700000000 TZ=$2 cpack --config "$build/CPackConfig.cmake" -B "$work/$1" >"$work/said" 2>&1 && return
  cat "$work/said" >&2
  exit 1
}
pack first UTC
pack an/other Asia/Tokyo

for file in "$work"/first/*.deb "$work"/first/*.tar.gz; do
  cmp "$file" "$work/an/other/${file##*/}"
done
lintian --allow-root --fail-on error,warning "$work"/first/*.deb
for name in ca-certificates libcurl4; do
  grep -q "\b$name\b" <(dpkg-deb --field "$work"/first/*.deb Depends) || {
    echo "FAILED: the package does not depend on $name" >&2
    exit 1
  }
done
echo 'equal, and as Debian wants it'

#!/usr/bin/env bash
# What is installed runs from wherever it is moved to, and ./dev uninstall takes it away again and
# nothing else: install_test.sh PROJECT BUILD
set -uo pipefail
project=$(realpath "$1") build=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset "${!XAUTH_@}"
export HOME=$work
. "$(dirname "$(realpath "$0")")/parts.sh"

place="$work/moved here"
logs_in() {
  local token
  token=$("$place/bin/xauth" demo --approve) || return
  [[ -n $token && $("$place/bin/xauth" token demo) == "$token" ]]
}
others_alone() { [[ $(cd "$place" && find . | sort | xargs) == '. ./bin ./bin/other' ]]; }

must 'it installs' cmake --install "$build" --prefix "$work/the first place"
mv "$work/the first place" "$place"
touch "$place/bin/other"

must 'it logs in, and prints the token again' logs_in
must 'a link to it does too' ln -s "$place/bin/xauth" "$work/link"
must 'and finds the lean program' "$work/link" --version
must 'and that the full one' "$work/link" demo --approve
must "docker's helper lies beside it" "$place/bin/docker-credential-xauth" list
for file in share/man/man1/xauth.1 share/man/man5/xauth-config.5 share/man/man7/xauth-scripting.7 \
  share/bash-completion/completions/xauth share/zsh/site-functions/_xauth \
  share/fish/vendor_completions.d/xauth.fish share/doc/xauth/LICENSE share/doc/xauth/copyright; do
  must "$file is there" test -s "$place/$file"
done

must 'it is uninstalled' "$project/dev" uninstall "$place"
must 'all that is left is what was not ours' others_alone
not_twice() { ! "$project/dev" uninstall "$place"; }
must 'there is nothing to uninstall any more' not_twice

# Told from where one stands, over another version that had a file more.
cd "$work" || exit 1
must 'it installs to a place beside us' cmake --install "$build" --prefix beside
touch beside/bin/former
echo bin/former >>beside/share/doc/xauth/installed
must 'it installs again' cmake --install "$build" --prefix ./beside
must 'it is uninstalled from there' "$project/dev" uninstall beside
must 'and nothing is left' rmdir beside

((failures == 0)) || exit 1
echo 'installed, moved, gone'

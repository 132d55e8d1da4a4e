#!/bin/bash
# The part of package_test.sh that runs in a Debian of its own: package_in_debian.sh PACKAGE
# Installs our package and X11's in both orders, and removes them likewise. Changes the system it is in.
set -u
package=$1
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
said=$(mktemp)

failures=0
step() { printf '== %s\n' "$*"; }
must() {
  "${@:2}" >"$said" 2>&1 && return
  printf 'FAILED: %s\n' "$1"
  cat "$said"
  failures=$((failures + 1))
}
apt() { apt-get -qq --yes --no-install-recommends "$@" </dev/null; }
refused() { ! "$@"; }
prints() { grep -q -- "$1" <("${@:2}" 2>&1); }

useradd --create-home ada
as_ada() { runuser --user ada -- env --chdir=/home/ada HOME=/home/ada PATH=/usr/bin:/bin "$@"; }

logs_in() {
  local token
  token=$(as_ada xauth demo --approve) || return
  [[ -n $token && $(as_ada xauth token demo) == "$token" ]]
}
manual_is() { [[ $(man -w "$1") == "/usr/share/man/man1/$2.gz" ]]; }
runs_without_proc() {
  unshare --mount --propagation unchanged sh -c 'mount --make-private /proc && umount /proc && xauth --version'
}
bash_completes() {
  # shellcheck disable=SC2016  # the inner shell expands it
  prints _xauth bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader xauth; complete -p xauth'
}
zsh_completes() {
  # shellcheck disable=SC2016
  prints '^_xauth /usr/share/zsh/vendor-completions/' zsh -fc 'autoload -U compinit && compinit -D
    autoload +X _xauth && print $_comps[xauth] $functions_source[_xauth]'
}
fish_completes() { prints '^login' as_ada fish -c 'complete -C "xauth logi"'; }

ours_works() {
  must 'ours logs in, and prints the token again' logs_in
  must "ours has the manual's names" manual_is xauth xauth.1
  must 'and its commands pages of their own' manual_is xauth-login xauth-login.1
  must "docker's helper has a page" prints 'credential helper' man -P cat docker-credential-xauth
  must 'bash finds the completion' bash_completes
  must 'zsh finds the completion' zsh_completes
  must 'fish finds the completion' fish_completes
}

adds_and_lists() {
  local cookie=00112233445566778899aabbccddeeff
  as_ada xauth -f cookies add :0 . $cookie && as_ada xauth -f cookies list | grep -q $cookie
}
x11_works() {
  must "a call of X11's is answered by X11's" adds_and_lists
  must "X11's manual is there" prints MIT-MAGIC-COOKIE man -P cat "$1"
  must "X11's package is whole" test -z "$(dpkg --verify xauth)"
}
diverted() { grep -q . <(dpkg-divert --list '*xauth*'); }
x11_is_alone() {
  must "/usr/bin/xauth is X11's again" prints '^usage:' xauth --nothing
  must 'nothing is diverted' refused diverted
  must "no second name is left" refused test -e /usr/bin/xauth.x11
  x11_works xauth
}
# Of either name, but for PAM's module and what the shells' own packages say of X11's.
nothing_is_left() {
  find /usr /etc -path '*xauth*' ! -name 'pam_xauth*' ! -path '/usr/share/zsh/functions/*' ! -path '/usr/share/fish/completions/*' |
    refused grep .
}
without_x11() { as_ada xauth list; [[ $? -eq 127 ]]; }

must "the lists of packages are there" apt update

step 'ours alone'
must 'it installs' apt install "$package"
ours_works
must "a call of X11's says that it is not there" without_x11
must 'it runs where /proc is not mounted' runs_without_proc

step "then X11's"
must "X11's installs" apt install xauth
ours_works
x11_works xauth.x11

step 'each once more, as an upgrade does'
must 'ours' apt install --reinstall "$package"
must "X11's" apt install --reinstall xauth
x11_works xauth.x11

step "X11's goes"
must 'it is removed' apt remove xauth
ours_works
must "a call of X11's says that it is not there" without_x11

step "X11's comes, ours goes"
must "X11's installs" apt install xauth
must 'ours is removed' apt remove xauth-oauth
x11_is_alone

step "ours after X11's"
must 'it installs' apt install "$package"
ours_works
x11_works xauth.x11

step 'both go'
must 'ours is purged' apt purge xauth-oauth
x11_is_alone
must "X11's is purged" apt purge xauth
must 'nothing is left' nothing_is_left

((failures == 0)) || exit 1
step 'ours and its namesake get on'

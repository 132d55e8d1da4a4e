# shellcheck shell=bash disable=SC2154
# What the tests of save_driver prepare and expect. To be sourced after each_syscall.sh.

yes old | head -n 1000 >"$WORK/old"
yes new | head -n 2000 >"$WORK/new"
DIRECTORY=$SANDBOX/xauth

there_is_an_old_one() {
  mkdir -m 0700 "$DIRECTORY" && install -m 0600 "$WORK/old" "$DIRECTORY/f"
}

there_is_nothing() {
  true
}

is_old() {
  cmp -s "$DIRECTORY/f" "$WORK/old" || [[ $PREPARE == there_is_nothing && ! -e $DIRECTORY/f ]]
}

is_new() {
  cmp -s "$DIRECTORY/f" "$WORK/new"
}

# Every file is 0600, every directory 0700.
is_private() {
  [[ -z $(find "$SANDBOX" \( -type f ! -perm 0600 \) -o \( -type d ! -perm 0700 \)) ]]
}

temporaries() {
  find "$SANDBOX" -name '.f.*' ! -name .f.lock
}

# No file but f, its lock and its temporary ones.
is_tidy() {
  [[ -z $(find "$SANDBOX" -type f ! -name f ! -name .f.lock \
    ! -regex '.*/\.f\.[a-z2-7][a-z2-7]*') ]]
}

# The next run saves, whatever this one left.
next_one_saves() {
  "$DRIVER" "$DIRECTORY" 2>>"$LOG" && is_new && is_private
}

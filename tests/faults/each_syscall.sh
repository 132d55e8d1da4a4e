# shellcheck shell=bash
# Stops a command, or fails it, at each of its system calls in turn. To be sourced.
#
#   need_strace
#       Ends the script where strace cannot be used: with 77 (skipped), in CI with 1.
#   each_syscall INJECTION PREPARE CHECK COMMAND...
#       Runs COMMAND once for each call to one of $SYSCALLS that it makes after it has first touched
#       $SANDBOX, with INJECTION (`signal=KILL`, `error=EIO`, as strace's inject= takes it) at that
#       call, or, with a `+` behind it, at that call and all later ones of its name. Before each run
#       $SANDBOX is emptied and PREPARE is called; after it, CHECK STATUS (128 + the signal when one
#       ended it), whose failure is reported. For CHECK, COMMAND's standard output is in $OUTPUT, its
#       standard error in $LOG, and the calls of the injected name in $TRACE. PREPARE and CHECK are
#       functions of the script that sources this.
#   with_short_writes PREPARE CHECK COMMAND...
#       Runs COMMAND once, and each write to a file or a pipe takes half of what it is given. Needs
#       $ODD_CALLS, the library of odd_calls.cpp; without it nothing is done.
#   reached SYSCALL...
#       Fails when none of these calls was ever hit, so that no test passes by testing nothing.
#   finish
#       Ends the script: 1 when anything failed. Where $XAUTH_TALLY names a file, it is told what
#       was done.
#
# In $SYSCALLS stand the names, or `every`: each that COMMAND's first process makes. A name that
# this machine's kernel does not have is left out.

ALL_SYSCALLS="openat mkdir mkdirat fchmod fallocate write pwrite64 ftruncate fsync rename renameat
renameat2 close unlink unlinkat flock"
SYSCALLS=$ALL_SYSCALLS

WORK=$(mktemp -d)
SANDBOX=$WORK/sandbox
OUTPUT=$WORK/output
LOG=$WORK/log
TRACE=$WORK/trace
FAILURES=0
KILLED=0
FAULTED=0
declare -A HITS=()
trap 'rm -rf "$WORK"' EXIT

# LeakSanitizer cannot work under a tracer.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"

need_strace() {
  if strace -o /dev/null true 2>/dev/null; then return; fi
  echo "strace is missing, or may not trace here" >&2
  if [[ -n ${CI:-} ]]; then exit 1; fi
  exit 77
}

# fail MESSAGE
fail() {
  echo "FAILED: $1" >&2
  FAILURES=$((FAILURES + 1))
}

# traced STRACE-OPTION... -- COMMAND...: prepares, runs, and leaves the exit status in STATUS.
traced() {
  local options=()
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  rm -rf "$SANDBOX"
  mkdir -m 0700 "$SANDBOX"
  "$PREPARE" || fail "$PREPARE"
  # In a shell of its own, whose report of a killed job is thrown away.
  STATUS=0
  bash -c '"$@"; exit $?' - strace -f -q -o "$TRACE" "${options[@]}" -- \
    bash -c 'output=$1; log=$2; shift 2; exec "$@" >"$output" 2>"$log"' - "$OUTPUT" "$LOG" "$@" \
    2>/dev/null || STATUS=$?
}

# calls_before SYSCALL: how many of them the command's first process makes before it names $SANDBOX.
calls_before() {
  awk -v name="$1(" -v sandbox="$SANDBOX" '
    NR == 1 { first = $1 }
    $1 != first || $2 ~ /^execve\(/ { next } # which names all arguments
    index($0, sandbox) { exit }
    index($2, name) == 1 { count++ }
    END { print count + 0 }' "$WORK/plain"
}

# was_injected INJECTION: whether the last run came to the call.
was_injected() {
  if [[ $1 == signal=KILL ]]; then
    ((STATUS == 137))
  else
    grep -q -e '(INJECTED)' -e '^[0-9]* *--- SIG' "$TRACE"
  fi
}

# each_call_of SYSCALL INJECTION COMMAND...
each_call_of() {
  local syscall=$1 injection=${2%+} later="" n faster=()
  if [[ $2 == *+ ]]; then later=+; fi
  if [[ $2 == error=* ]]; then faster=(--seccomp-bpf); fi # which is blind to signal=
  shift 2
  n=$(calls_before "$syscall")
  while n=$((n + 1)); do
    traced "${faster[@]}" -e trace="$syscall" -e inject="$syscall:$injection:when=$n$later" -- "$@"
    was_injected "$injection" || break
    if [[ $injection == signal=* ]]; then KILLED=$((KILLED + 1)); else FAULTED=$((FAULTED + 1)); fi
    HITS[$syscall]=$((${HITS[$syscall]:-0} + 1))
    "$CHECK" "$STATUS" || fail "$injection at $syscall number $n$later: $* ended with $STATUS: $(<"$LOG")"
  done
}

# wanted_calls: $SYSCALLS, or the names of all calls of the first process since it named $SANDBOX.
wanted_calls() {
  if [[ $SYSCALLS != every ]]; then
    echo "$SYSCALLS"
  else
    awk -v sandbox="$SANDBOX" '
      NR == 1 { first = $1 }
      $2 ~ /^execve\(/ { next }
      index($0, sandbox) { touched = 1 }
      touched && $1 == first && match($2, /^[a-z0-9_]+\(/) { print substr($2, 1, RLENGTH - 1) }
    ' "$WORK/plain" | sort -u
  fi
}

each_syscall() {
  local injection=$1 syscall
  PREPARE=$2
  CHECK=$3
  shift 3
  traced -- "$@"
  mv "$TRACE" "$WORK/plain"
  grep -qF "$SANDBOX" "$WORK/plain" || fail "$* never touches $SANDBOX"
  for syscall in $(wanted_calls); do
    # A command that succeeds may have nothing to unlink.
    grep -q " $syscall(" "$WORK/plain" || [[ $syscall == unlinkat ]] || continue
    each_call_of "$syscall" "$injection" "$@"
  done
}

with_short_writes() {
  PREPARE=$1
  CHECK=$2
  shift 2
  [[ -n ${ODD_CALLS:-} ]] || return 0
  traced -E "LD_PRELOAD=$ODD_CALLS" -E XAUTH_ODD_CALLS=short_writes -e trace=write,pwrite64 -- "$@"
  FAULTED=$((FAULTED + 1))
  "$CHECK" "$STATUS" || fail "short writes: $* ended with $STATUS: $(<"$LOG")"
}

reached() {
  local syscall
  for syscall in "$@"; do
    if ((${HITS[$syscall]:-0} > 0)); then return; fi
  done
  fail "none of these was ever reached: $*"
}

finish() {
  echo "killed at $KILLED calls, failed at $FAULTED, $FAILURES failures"
  if ((FAILURES > 0 || KILLED + FAULTED == 0)); then exit 1; fi
  if [[ -n ${XAUTH_TALLY:-} ]]; then
    printf 'system calls at which a command was killed\t%d\nfaults injected into system calls\t%d\n' "$KILLED" "$FAULTED" >>"$XAUTH_TALLY"
  fi
  exit 0
}

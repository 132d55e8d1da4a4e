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
#   reached SYSCALL...
#       Fails when none of these calls was ever hit, so that no test passes by testing nothing.
#   finish
#       Ends the script: 1 when anything failed.
#
# A name that this machine's kernel does not have is left out.

ALL_SYSCALLS="openat mkdir mkdirat fchmod fallocate write pwrite64 ftruncate fsync rename renameat
renameat2 close unlink unlinkat flock"
SYSCALLS=$ALL_SYSCALLS

WORK=$(mktemp -d)
SANDBOX=$WORK/sandbox
OUTPUT=$WORK/output
LOG=$WORK/log
TRACE=$WORK/trace
FAILURES=0
RUNS=0
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
    $1 != first { next }
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
  local syscall=$1 injection=${2%+} later="" n
  if [[ $2 == *+ ]]; then later=+; fi
  shift 2
  n=$(calls_before "$syscall")
  while n=$((n + 1)); do
    traced -e trace="$syscall" -e inject="$syscall:$injection:when=$n$later" -- "$@"
    was_injected "$injection" || break
    RUNS=$((RUNS + 1))
    HITS[$syscall]=$((${HITS[$syscall]:-0} + 1))
    "$CHECK" "$STATUS" || fail "$injection at $syscall number $n$later: $* ended with $STATUS: $(<"$LOG")"
  done
}

each_syscall() {
  local injection=$1 syscall
  PREPARE=$2
  CHECK=$3
  shift 3
  traced -e trace="?${ALL_SYSCALLS//[[:space:]]/,?}" -- "$@"
  mv "$TRACE" "$WORK/plain"
  grep -qF "$SANDBOX" "$WORK/plain" || fail "$* never touches $SANDBOX"
  for syscall in $SYSCALLS; do
    # A command that succeeds may have nothing to unlink.
    grep -q " $syscall(" "$WORK/plain" || [[ $syscall == unlinkat ]] || continue
    each_call_of "$syscall" "$injection" "$@"
  done
}

reached() {
  local syscall
  for syscall in "$@"; do
    if ((${HITS[$syscall]:-0} > 0)); then return; fi
  done
  fail "none of these was ever reached: $*"
}

finish() {
  echo "$RUNS runs, $FAILURES failures"
  if ((FAILURES > 0 || RUNS == 0)); then exit 1; fi
  exit 0
}

# shellcheck shell=bash
# A thousand processes and one expired profile. To be sourced.

bench_contention() {
  title 'Contention'
  local count=${PROCESSES:-1000} lock i end log waiting
  profile bench 1
  "$front" --quiet refresh bench # makes the lock's file
  profile bench 1
  ask hold >/dev/null
  for ((i = 0; i < count; i++)); do "$front" token bench >"$place/printed.$i" 2>&1 & waiting[i]=$!; done
  # The provider answers when all the others wait for the lock.
  lock=":$(stat --format=%i "$tokens/.bench.lock") "
  until (($(grep -c -e "-> FLOCK.*$lock" /proc/locks) == count - 1)); do sleep 0.05; done
  ask release >/dev/null
  wait "${waiting[@]}"
  end=$EPOCHREALTIME
  log=$(ask log)
  printf '%s processes on an expired token: %s request; the last has it %s s after the answer; %s different outputs.\n' \
    "$count" "$(jq length <<<"$log")" "$(jq ".[0].answered | $end - . | . * 100 | round / 100" <<<"$log")" \
    "$(sort -u "$place"/printed.* | wc -l)"
}

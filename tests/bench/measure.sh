# shellcheck shell=bash
# Commands measured side by side. To be sourced; `place` is a directory for files.

rows=() # pairs: what is told, the command
row() { rows+=("$1" "$2"); }

title() { printf '\n### %s\n\n' "$*"; }

# measure RUNS: times the rows in one call of hyperfine, the first of them being the measure.
measure() {
  local arguments=() i
  for ((i = 0; i < ${#rows[@]}; i += 2)); do arguments+=(--command-name "${rows[i]}" "${rows[i + 1]}"); done
  hyperfine --shell=none --warmup 10 --runs "$1" --style none --export-csv "$place/times.csv" \
    "${arguments[@]}" >/dev/null 2>"$place/said" || {
    cat "$place/said" >&2
    return 1
  }
  # command,mean,stddev,median,user,system,min,max
  awk -F, 'NR == 2 { first = $4; printf "| command | ms (median of %s) | times `%s` |\n| --- | ---: | ---: |\n", runs, $1 }
    NR > 1 { printf "| `%s` | %.2f | %.2f |\n", $1, $4 * 1000, $4 / first }' runs="$1" "$place/times.csv"
  rows=()
}

# median_of ROW: in milliseconds, in what was measured last; the first row is 1.
median_of() { awk -F, -v row="$1" 'NR == row + 1 { printf "%.2f", $4 * 1000 }' "$place/times.csv"; }

# instructions COMMAND…: how many it takes, by callgrind.
instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

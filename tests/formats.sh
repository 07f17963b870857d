#!/usr/bin/env bash
# Converts every file of a folder of samples, a sub-folder at a time, and prints a table: files, articles, what was refused
# and why, and the fields that were kept. Bad sources are part of the samples; what fails is a crash or a wrong call.
#
#     tests/formats.sh [FOLDER]          BACKFILE names the program, otherwise that of the last release build
set -euo pipefail
cd "$(dirname "$0")/.."

backfile=${BACKFILE:-$PWD/target/release/backfile}
samples=${1:-../shared/data/formats}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for folder in "$samples"/*/; do
    name=$(basename "$folder")
    began=$SECONDS
    status=0
    timeout 120 "$backfile" convert --quiet --into "$scratch/articles/$name" --report "$scratch/$name.json" "$folder" \
        > "$scratch/$name.log" 2>&1 || status=$?
    # 1 says that some sources are bad; all else is a fault of the program or of the call.
    if [ "$status" -gt 1 ]; then
        tail -n 5 "$scratch/$name.log"
        printf '%s: convert ended with %d\n' "$name" "$status"
        exit 1
    fi
    python3 - "$scratch/$name.json" "$name" $((SECONDS - began)) <<'TABLE'
import collections, json, re, sys

report, name, seconds = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
counts = report["counts"]
print(f"\n{name}: {counts['sources']} files, {counts['articles']} articles, {counts['bad']} bad, {seconds} s")
for format, of in sorted(report["formats"].items()):
    fields = ", ".join(f"{field} {count}" for field, count in sorted(of["fields"].items(), key=lambda item: -item[1]))
    print(f"  {format:<12} {of['articles']:>6}  {fields}")
reasons = collections.Counter()
for source in report["sources"]:
    for bad in source["bad"]:
        said = bad["message"] if isinstance(bad, dict) else str(bad)
        # Names and numbers of the one file hide that many have the same fault.
        reasons[re.sub(r"`[^`]*`|\"[^\"]*\"|\S*[0-9:/]\S*", "…", said)[:110]] += 1
for reason, count in reasons.most_common(12):
    print(f"  bad {count:>15}  {reason}")
TABLE
done

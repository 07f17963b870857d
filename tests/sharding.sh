#!/usr/bin/env bash
# Runs the scripts of docs/content/pages/sharding.md as each engine would, on the sample archive, and holds what they make against one
# run over everything. Slurm itself is run by tests/slurm.sh.
#
#     bash tests/sharding.sh [target/release/backfile]
set -euo pipefail
cd "$(dirname "$0")/.."
backfile=$(realpath "${1:-target/release/backfile}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
. tests/sharding/sample.sh

mkdir "$scratch/bin"
ln -s "$backfile" "$scratch/bin/backfile"
export PATH="$scratch/bin:$PATH"

sample "$scratch/whole"
(cd "$scratch/whole" && backfile build --quiet)

# Variables of the engine NAME for part $1 of 3, from 0, by which the part is packed apart from the others.
engine() {
    case $1 in
        kubernetes) echo "JOB_COMPLETION_INDEX=$2 JOB_COMPLETIONS=3" ;;
        gitlab) echo "CI_NODE_INDEX=$(($2 + 1)) CI_NODE_TOTAL=3" ;;
        github) echo "STRATEGY_JOB_INDEX=$2 STRATEGY_JOB_TOTAL=3" ;;
        buildkite) echo "BUILDKITE_PARALLEL_JOB=$2 BUILDKITE_PARALLEL_JOB_COUNT=3" ;;
    esac
}

for name in kubernetes gitlab github buildkite; do
    site=$scratch/$name
    sample "$site"
    block '`part.sh` converts' > "$site/part.sh"
    block '`whole.sh` puts' > "$site/whole.sh"
    for index in 0 1 2; do
        cp -r "$site" "$site-$index"
        # Variables are words.
        # shellcheck disable=SC2046
        (cd "$site-$index" && env $(engine "$name" "$index") sh part.sh "$index" > /dev/null)
        cp "$site-$index/part-$index.tar.gz" "$site"
    done
    (cd "$site" && sh whole.sh > /dev/null)
    diff -r "$scratch/whole/content" "$site/content"
    diff -r "$scratch/whole/public" "$site/public"
    echo "$name: three parts put together are the whole"
done

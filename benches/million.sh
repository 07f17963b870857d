#!/usr/bin/env bash
# Makes archives of 100,000 and of 1,000,000 articles below DIR, where they are used again, and prints what each takes:
#     bash benches/million.sh DIR [RUNS]
# Needs about 3 GB and 25 GB of disk, and as much memory as the larger site has bytes (8 GB) for the plain writer.
set -euo pipefail
dir=$(realpath -m "${1:?the folder for the archives}") runs=${2:-3}
cd "$(dirname "$0")/.."
mkdir -p "$dir"

bench() {
    cargo bench --quiet --bench site -- --dir "$@"
}

bench "$dir/100000" --articles 100000 --runs "$runs" --exact
bench "$dir/1000000" --articles 1000000 --runs 1 --only cold

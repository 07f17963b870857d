# What tests/sharding.sh and tests/slurm.sh share.

# Makes a copy of the sample archive with some captures of one story besides, which lie in several parts.
sample() {
    mkdir -p "$1"
    git archive HEAD site.toml content | tar -x -C "$1"
    local pages=$1/content/_sources/pages at
    for at in 1 2 3 4 5 6; do
        mkdir "$pages/capture-$at"
        sed "s/<p>/<p>Copy $at. /" "$pages/engine-steams.html" > "$pages/capture-$at/engine.html"
    done
}

# Prints the first block of docs/content/pages/sharding.md below the line that names it.
block() {
    awk -v name="$1" 'index($0, name) { found = 1 } found && /^```/ { if (open) exit; open = 1; next } open' docs/content/pages/sharding.md
}

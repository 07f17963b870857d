#!/usr/bin/env bash
# Runs the job files of docs/content/pages/sharding.md under a real Slurm of one node, on the sample archive, and holds what its array
# makes against one run over everything.
#
#     bash tests/slurm.sh [target/release/backfile]
#
# Where Slurm is missing it is installed from Debian's packages, if that is allowed (root, apt); where that is not
# possible, the test is skipped, which it says aloud. Its daemons have folders, keys and ports of their own, touch no Slurm
# that may be set up on the machine, and end with the script.
set -euo pipefail
cd "$(dirname "$0")/.."
backfile=$(realpath "${1:-target/release/backfile}")
parts=4

skip() {
    echo "SKIPPED: tests/slurm.sh: $*" >&2
    exit 0
}

have() { command -v slurmctld > /dev/null && command -v slurmd > /dev/null && command -v munged > /dev/null; }

install() {
    [ "$(id -u)" = 0 ] || skip "Slurm is not installed, and only root may install it"
    command -v apt-get > /dev/null || skip "Slurm is not installed, and there is no apt-get to install it"
    # Installing must not start the daemons of the packages.
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' > $policy
        chmod +x $policy
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    export DEBIAN_FRONTEND=noninteractive
    local log
    if ! log=$({ timeout 120 apt-get update && timeout 400 apt-get install -y --no-install-recommends slurm-wlm munge; } 2>&1); then
        printf '%s\n' "$log" | tail -n 5 >&2
        skip "Slurm could not be installed"
    fi
    trap - EXIT
    rm -f $policy
}

have || install
[ "$(id -u)" = 0 ] || skip "a Slurm of its own needs root"

scratch=$(mktemp -d)
chmod 755 "$scratch"
daemons=()
array=
finish() {
    [ -z "$array" ] || timeout 5 scancel "$array" 2> /dev/null || true
    for pid in "${daemons[@]}"; do kill "$pid" 2> /dev/null || true; done
    for pid in "${daemons[@]}"; do wait "$pid" 2> /dev/null || true; done
    rm -rf "$scratch"
}
trap finish EXIT

# Starts a daemon that stays in the foreground, so that its id is known.
daemon() {
    local name=$1
    shift
    "$@" > "$scratch/$name.out" 2>&1 &
    daemons+=($!)
}

fail() {
    echo "tests/slurm.sh: $*" >&2
    tail -n 20 "$scratch"/*.out "$scratch"/*.log "$scratch"/site/*.log >&2 2> /dev/null || true
    exit 1
}

# Tries for some seconds until a command succeeds.
within() {
    local seconds=$1 end=$((SECONDS + $1))
    shift
    until "$@" > /dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "not within $seconds s: $*"
        sleep 0.5
    done
}

mkdir -m 700 "$scratch/munge" "$scratch/state" "$scratch/spool"
dd if=/dev/urandom of="$scratch/munge/key" bs=128 count=1 status=none
chmod 600 "$scratch/munge/key"
mkdir "$scratch/socket"
daemon munged munged --foreground --force --key-file "$scratch/munge/key" --socket "$scratch/socket/munge" \
    --pid-file "$scratch/munge/pid" --seed-file "$scratch/munge/seed" --log-file "$scratch/munge/log"

host=$(hostname -s)
port=$((20000 + $$ % 10000 * 2))
cat > "$scratch/slurm.conf" <<CONF
ClusterName=saltmere
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$scratch/socket/munge
CredType=cred/munge
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MailProg=/bin/true
ReturnToService=2
SchedulerParameters=sched_interval=1,defer
# The node counts as having cores for two tasks at once, however many there are.
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
CONF
# No task is held in a control group; how to say so is another in older versions, which use this one only where asked to.
version=$(slurmctld -V | cut -d ' ' -f 2)
plugin=disabled
[ "$(printf '%s\n' 23.02 "$version" | sort -V | head -n 1)" = 23.02 ] || plugin=cgroup/v1
echo "CgroupPlugin=$plugin" > "$scratch/cgroup.conf"
export SLURM_CONF=$scratch/slurm.conf
within 10 test -S "$scratch/socket/munge"
daemon slurmctld slurmctld -D
daemon slurmd slurmd -D -N "$host"
idle() { [ "$(sinfo --noheader --format %T)" = idle ]; }
within 60 idle

. tests/sharding/sample.sh
sample "$scratch/whole"
sample "$scratch/site"
(cd "$scratch/whole" && "$backfile" build --quiet)

mkdir "$scratch/bin"
ln -s "$backfile" "$scratch/bin/backfile"
export PATH="$scratch/bin:$PATH"
block '`convert.sbatch`:' > "$scratch/site/convert.sbatch"
block '`build.sbatch`:' > "$scratch/site/build.sbatch"
cd "$scratch/site"
array=$(sbatch --parsable --array="1-$parts" convert.sbatch)
build=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes build.sbatch)
done_with() { ! squeue --noheader --jobs "$1" 2> /dev/null | grep -q .; }
within 120 done_with "$build"
state=$(scontrol show job "$build" | grep -o 'JobState=[A-Z_]*')
[ "$state" = JobState=COMPLETED ] || fail "the job ended as $state"

ran=$(grep -l '^converted' convert-*.log | wc -l)
[ "$ran" = "$parts" ] || fail "$ran of $parts tasks converted"
grep -hE '^(converted|built)' convert-*.log build.log
diff -r "$scratch/whole/content" content
diff -r "$scratch/whole/public" public
echo "Slurm $version: an array of $parts tasks made what one run makes"

//! Disks that are full or may not be written, and a site that is being built already.

use super::faults;
use super::site::{Clean, Site, clean, messages};
use std::fs;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

impl Site {
    /// Runs a script in the site's folder with `$backfile` for the program and mounts of its own, which go when it ends.
    /// `None`, and a word about it, where the system gives no such mounts.
    fn with_mounts(&self, script: &str) -> Option<Output> {
        let mounts = |script: &str| {
            Command::new("unshare")
                .args(["-rm", "sh", "-euc", script])
                .current_dir(self.0.path())
                .env("backfile", env!("CARGO_BIN_EXE_backfile"))
                .output()
        };
        let probe = mounts("mkdir probe; mount -t tmpfs tmpfs probe");
        if !probe.is_ok_and(|output| output.status.success()) {
            eprintln!("SKIPPED: a test of full and read-only disks needs mounts of its own (`unshare -rm` and tmpfs)");
            return None;
        }
        let output = mounts(script).unwrap();
        assert!(output.status.success(), "{script}:\n{}", messages(&output));
        Some(output)
    }

    /// What the build that had to fail said.
    fn said(&self) -> String {
        fs::read_to_string(self.path("said")).unwrap()
    }
}

#[test]
fn a_file_that_may_not_grow_leaves_the_old_site() {
    let (old, new) = (clean(0).pages, clean(1).pages);
    let site = Site::of(0);
    site.build();
    site.write(1);
    // No file may grow beyond so many blocks of 512 bytes: what a full disk is to a program that writes.
    for blocks in [0, 1, 4, 8, 16] {
        let backfile = env!("CARGO_BIN_EXE_backfile");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {backfile} build --quiet --now 2005-01-01");
        let output = Command::new("sh").args(["-c", &script]).current_dir(site.0.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {}", messages(&output));
        assert!(messages(&output).contains("cannot write"), "{}", messages(&output));
        assert!(site.pages() == old, "{blocks} blocks");
    }
    site.build();
    assert!(site.pages() == new);
}

/// Builds the second edition over the first on a disk with `free` kilobytes left, then with room enough; copies what is
/// there after each to `full` and `completed`.
const ON_A_FULL_DISK: &str = "
    mkdir disk full completed
    mount -t tmpfs -o size=8m tmpfs disk
    cp -a site.toml content public .backfile disk
    cp -a public full/old
    cd disk
    left=$(df --output=avail -k . | tail -n 1)
    [ $left -le FREE ] || head -c $(((left - FREE) * 1024)) /dev/zero > ballast
    code=0
    $backfile build --quiet --now 2005-01-01 2> ../said || code=$?
    echo $code > ../code
    cp -a public ../full/new
    rm -f ballast
    $backfile build --quiet --now 2005-01-01
    cp -a public ../completed
";

#[test]
fn a_full_disk_leaves_the_old_site_or_one_that_the_next_build_completes() {
    let editions = [clean(0), clean(1)];
    let mut failed = 0;
    for fault in 0..faults() {
        // A build of this size needs about a megabyte.
        let free = fault * 1500 / faults();
        let Some((code, said)) = on_a_full_disk(&editions, free) else { return };
        if code == "2" {
            failed += 1;
            assert!(said.contains("No space left on device") && said.contains("hint: free some space"), "{said}");
        } else {
            assert_eq!(code, "0", "{free} kB free: {said}");
        }
    }
    assert!(failed > 0, "no disk was full");
}

/// How a build on a disk with so many kilobytes left ended, and what it said.
fn on_a_full_disk(editions: &[Clean; 2], free: u64) -> Option<(String, String)> {
    let site = Site::of(0);
    site.build();
    site.write(1);
    site.with_mounts(&ON_A_FULL_DISK.replace("FREE", &free.to_string()))?;
    let code = fs::read_to_string(site.path("code")).unwrap().trim().to_owned();
    let whole = |path: &str| {
        let pages = super::site::files(&site.path(path));
        let of = |clean: &Clean| clean.pages == pages;
        editions.iter().position(of)
    };
    if code == "2" {
        let there = super::site::files(&site.path("full/new"));
        for (path, bytes) in &there {
            let known = editions.iter().any(|clean| clean.pages.get(path) == Some(bytes));
            assert!(known || bytes.is_empty(), "{free} kB free: {} is of no edition", path.display());
        }
    } else {
        assert_eq!(whole("full/new"), Some(1), "{free} kB free");
    }
    assert_eq!(whole("completed/public"), Some(1), "{free} kB free: the next build completes it");
    Some((code, site.said()))
}

#[test]
fn a_disk_that_may_not_be_written_is_named() {
    for folder in ["public", ".backfile", "."] {
        let site = Site::of(0);
        site.build();
        let old = site.pages();
        site.write(1);
        let script = format!(
            "exec 3> said 4> code
            mount --bind {folder} {folder}; mount -o remount,ro,bind {folder}; cd $PWD; code=0
            $backfile build --quiet --now 2005-01-01 2>&3 || code=$?
            echo $code >&4"
        );
        if site.with_mounts(&script).is_none() {
            return;
        }
        let said = site.said();
        assert_eq!(fs::read_to_string(site.path("code")).unwrap(), "2\n", "{folder}: {said}");
        assert!(said.starts_with("error: cannot ") && said.contains("Read-only file system"), "{folder}: {said}");
        assert!(said.contains("hint: check who owns the folder"), "{folder}: {said}");
        assert!(site.pages() == old, "{folder}");
        site.build();
        assert!(site.pages() == clean(1).pages, "{folder}");
    }
}

#[test]
fn of_two_builds_at_once_one_stops() {
    let editions = [clean(0), clean(1)];
    let site = Site::of(0);
    let mut stopped = 0;
    for round in 0..faults() {
        let edition = round as usize % 2;
        site.write(edition as u32);
        let first = site.command().spawn().unwrap();
        thread::sleep(Duration::from_micros(round * 700 % 9000));
        let second = site.command().output().unwrap();
        for output in [first.wait_with_output().unwrap(), second] {
            if !output.status.success() {
                stopped += 1;
                assert_eq!(output.status.code(), Some(2), "{}", messages(&output));
                assert!(messages(&output).contains("another run of backfile is at work on this site"));
                assert!(messages(&output).contains("hint: wait for it to end"));
            }
        }
        assert!(site.pages() == editions[edition].pages, "round {round}");
    }
    assert!(stopped > 0, "no two builds met");
}

#[test]
fn a_template_with_a_mistake_leaves_the_old_site() {
    let site = Site::of(0);
    site.build();
    let old = site.pages();
    site.write(1);
    fs::create_dir(site.path("slots")).unwrap();
    for slot in ["{{ page.nothing }}", "{% if page.title %}", "{% include \"nowhere.html\" %}"] {
        fs::write(site.path("slots/footer.html"), slot).unwrap();
        let output = site.command().output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", messages(&output));
        assert!(messages(&output).starts_with("slots/footer.html:1:"), "{}", messages(&output));
        assert!(site.pages() == old, "{slot}");
    }
}

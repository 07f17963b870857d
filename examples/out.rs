use backfile::disk::{cache::Cache, output::Output};
use rayon::prelude::*;
use std::time::Instant;
fn main() {
    let dir = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let salt = std::env::args().nth(3).unwrap_or_default();
    let body = vec![b'x'; 9000];
    let paths: Vec<String> = (0..n)
        .map(|i| {
            format!(
                "town/{}/{:02}/{:02}/council-votes-to-dredge-the-harbour-{i}/index.html",
                1990 + i % 20,
                i % 12,
                i % 28
            )
        })
        .collect();
    let t = Instant::now();
    let cache = Cache::open(&dir.join(".backfile")).unwrap();
    let output = Output::open(&cache, &dir.join("public"), false).unwrap();
    println!("open {:?}", t.elapsed());
    let t = Instant::now();
    paths.par_iter().for_each(|p| {
        let mut b = body.clone();
        b.extend_from_slice(p.as_bytes());
        b.extend_from_slice(salt.as_bytes());
        output.put(p, &b).unwrap()
    });
    println!("put {:?}", t.elapsed());
    let t = Instant::now();
    let c = output.finish().unwrap();
    println!("finish {:?} added {} changed {} unchanged {}", t.elapsed(), c.added.len(), c.changed.len(), c.unchanged);
    drop(cache);
    if std::env::args().nth(4).is_some() {
        let plain = dir.join("plain");
        let t = Instant::now();
        paths.par_iter().for_each(|p| {
            let mut b = body.clone();
            b.extend_from_slice(p.as_bytes());
            let to = plain.join(p);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::write(to, &b).unwrap()
        });
        println!("plain {:?}", t.elapsed());
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}

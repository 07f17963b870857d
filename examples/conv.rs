use backfile::config::SourceSettings;
use backfile::run::convert::{ConvertOptions, convert};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let s = SourceSettings { path: a[1].clone(), ..Default::default() };
    let o = ConvertOptions { into: a[2].clone().into(), report: a.get(3).map(Into::into), ..Default::default() };
    let t = std::time::Instant::now();
    let r = convert(None, &[s], &o, None, &backfile::progress::Silent);
    match r {
        Ok(r) => {
            for d in r.diagnostics.iter().chain(&r.edited).take(20) {
                println!("{d}");
            }
            println!("{:?}", r.counts);
        }
        Err(e) => println!("ERR {e}"),
    }
    println!("{:?}", t.elapsed());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}

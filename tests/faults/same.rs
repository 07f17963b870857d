//! What a site must not depend on.

use super::site::{Site, clean};
use std::fs;

#[test]
fn neither_threads_nor_zone_nor_locale_nor_the_order_of_files_matter() {
    let expected = clean(1).pages;
    let machines =
        [("1", "UTC", "C"), ("2", "Asia/Kathmandu", "tr_TR.UTF-8"), ("7", "America/St_Johns", "ar_EG.UTF-8")];
    for (jobs, zone, locale) in machines {
        let site = Site::of(1);
        // Folders list their files in the order in which they were made, on some disks.
        let mut articles: Vec<_> =
            fs::read_dir(site.path("content/town")).unwrap().map(|entry| entry.unwrap().path()).collect();
        articles.sort_by_key(|path| {
            path.as_os_str().as_encoded_bytes().iter().map(|byte| u32::from(*byte) * 7919 % 101).sum::<u32>()
        });
        for article in articles {
            let text = fs::read(&article).unwrap();
            fs::remove_file(&article).unwrap();
            fs::write(&article, text).unwrap();
        }
        let mut command = site.command();
        command.args(["--jobs", jobs]).env("TZ", zone).env("LC_ALL", locale).env("LANG", locale);
        assert!(command.status().unwrap().success());
        assert!(site.pages() == expected, "--jobs {jobs}, {zone}, {locale}");
    }
}

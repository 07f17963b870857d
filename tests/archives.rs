//! Archives that mean no good: what unpacks to far more than its size, archives in archives without end, names that lead
//! out, sizes that lie. Each is made here, as most are too large to keep.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use backfile::config::limits::Limits;
use backfile::convert::{self, Source};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const STORY: &str = "Mud prices fall\n\nThe price of mud fell again on Friday, the harbour board said.\n\n\
                     It had risen since the dredging began in the spring.\n";

/// The headlines of the articles in an archive, and what is said of all else.
fn convert(path: &str, bytes: &[u8], limits: Limits) -> (Vec<String>, String) {
    let source = Source { path, bytes, limits, ..Source::default() };
    let (mut titles, mut said) = (Vec::new(), String::new());
    convert::convert(&source, None, &mut |made| match made {
        Ok(made) => titles.push(made.article.front.title),
        Err(diagnostic) => said.push_str(&diagnostic.to_string()),
    });
    (titles, said)
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8], times: usize) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..times {
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap()
}

/// The header of a tar member that says it has `size` bytes, in octal digits.
fn tar_header(name: &str, size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    header.as_bytes().to_vec()
}

#[test]
fn a_gzip_bomb_is_refused() {
    let mut story = STORY.as_bytes().to_vec();
    story.resize(1 << 20, b'\n');
    let bomb = gzipped(&story, 80);
    assert!(bomb.len() < 1 << 20);
    let (titles, said) = convert("bomb.txt.gz", &bomb, Limits { megabytes: 200, ratio: 100, ..Limits::default() });
    assert!(titles.is_empty());
    assert!(said.contains("unpacks to more than 100 times its size"), "{said}");
    let (_, said) = convert("bomb.txt.gz", &bomb, Limits { megabytes: 1, ..Limits::default() });
    assert!(said.contains("is larger than 1 MiB"), "{said}");
}

#[test]
fn a_zstandard_bomb_costs_nothing_of_what_stood_before_it() {
    let record = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://saltmere.example/mud.txt\r\n\
                  Content-Type: text/plain\r\nContent-Length: ";
    let mut archive =
        zstd::encode_all(format!("{record}{}\r\n\r\n{STORY}\r\n\r\n", STORY.len()).as_bytes(), 1).unwrap();
    let mut bomb = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    let blank = vec![b'\n'; 1 << 20];
    for _ in 0..80 {
        bomb.write_all(&blank).unwrap();
    }
    archive.extend(bomb.finish().unwrap());
    let (titles, said) = convert("crawl.warc.zst", &archive, Limits::default());
    assert_eq!(titles, ["Mud prices fall"]);
    assert!(said.contains("unpacks to more than 200 times its size"), "{said}");
}

#[test]
fn a_zip_bomb_is_refused_and_what_stood_before_it_is_kept() {
    let blank = vec![b'\n'; 50 << 20];
    let members: Vec<(&str, &[u8])> = vec![("mud.txt", STORY.as_bytes()), ("a.txt", &blank), ("b.txt", &blank)];
    let (titles, said) = convert("bomb.zip", &zipped(&members), Limits::default());
    assert_eq!(titles, ["Mud prices fall"]);
    assert!(said.contains("unpacks to more than 200 times its size"), "{said}");
}

#[test]
fn archives_in_archives_have_an_end() {
    let mut archive = zipped(&[("mud.txt", STORY.as_bytes())]);
    for depth in 1..=6 {
        let (titles, said) = convert("a.zip", &archive, Limits::default());
        if depth <= 4 {
            assert_eq!((titles.len(), said.as_str()), (1, ""), "{depth} deep");
        } else {
            assert!(titles.is_empty() && said.contains("lies more than 4 archives deep"), "{depth} deep: {said}");
        }
        archive = zipped(&[("inner.zip", &archive)]);
    }
}

#[test]
fn no_name_leads_out() {
    let names = ["../../mud.txt", "/etc/mud.txt", "a/../../mud.txt", "C:\\mud.txt", "..\\mud.txt"];
    for name in names {
        let (titles, said) = convert("a.zip", &zipped(&[(name, STORY.as_bytes())]), Limits::default());
        assert!(titles.is_empty() && said.contains("leads out of the archive"), "{name}: {said}");
        let mut archive = tar_header(name, STORY.len() as u64);
        archive.extend_from_slice(STORY.as_bytes());
        archive.resize(archive.len().next_multiple_of(512) + 1024, 0);
        let (titles, said) = convert("a.tar", &archive, Limits::default());
        assert!(titles.is_empty() && said.contains("leads out of the archive"), "{name}: {said}");
    }
}

#[test]
fn sizes_that_lie_cost_their_member_alone() {
    // Of a zip archive: less than there is, then far more.
    for size in [1_u32, 1 << 31] {
        let mut archive = zipped(&[("mud.txt", STORY.as_bytes()), ("ferry.txt", STORY.as_bytes())]);
        let list = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        archive[list + 24..list + 28].copy_from_slice(&size.to_le_bytes());
        archive[22..26].copy_from_slice(&size.to_le_bytes());
        let (titles, _) = convert("a.zip", &archive, Limits::default());
        assert!(titles.contains(&"Mud prices fall".to_owned()), "{size}");
    }
    // Of a tar archive: more than a document may have, and more than there is.
    for (size, message, count) in [(8 << 30, "is larger than 64 MiB", 0), (1 << 20, "unexpected EOF", 1)] {
        let mut archive = tar_header("mud.txt", size);
        archive.extend_from_slice(STORY.as_bytes());
        let (titles, said) = convert("a.tar", &archive, Limits::default());
        assert!(titles.len() == count && said.contains(message), "{size}: {said}");
    }
    // Of a WARC record: so much that no memory could hold it.
    let record = format!("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: {}\r\n\r\n{STORY}", u64::MAX);
    let (titles, said) = convert("a.warc", record.as_bytes(), Limits::default());
    assert!(titles.is_empty() && said.contains("is larger than 64 MiB"), "{said}");
}

#[test]
fn a_damaged_file_in_an_archive_has_an_end() {
    let record = |number: usize| {
        let text = format!("{STORY}The board met for the {number}th time, and {} came.\n\n", number * 7919 % 101);
        let head =
            "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nWARC-Target-URI: http://saltmere.example";
        format!("{head}/{number}.txt\r\nContent-Length: {}\r\n\r\n{text}\r\n\r\n", text.len())
    };
    let crawl: String = (0..300).map(record).collect();
    let whole = zipped(&[("archive/crawl.warc", crawl.as_bytes()), ("datapackage.json", b"{}")]);
    for at in [300, whole.len() / 3, whole.len() / 2] {
        let mut damaged = whole.clone();
        damaged[at..at + 40].fill(0xff);
        let (_, said) = convert("crawl.wacz", &damaged, Limits::default());
        assert!(said.contains("is damaged") && said.len() < 1_000_000, "{at}: {said}");
    }
}

//! A site in a folder of its own, and what a test does to it.

use backfile::config::SourceSettings;
use backfile::diagnostic::Error;
use backfile::progress::Silent;
use backfile::run::convert::{ConvertOptions, ConvertReport, convert};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A site's folder with `sources/` and `content/` in it.
pub(crate) struct Site(pub(crate) tempfile::TempDir);

impl Site {
    pub(crate) fn new(sources: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        for (path, text) in sources {
            site.write(&format!("sources/{path}"), text);
        }
        site
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn settings(&self, path: &str, section: Option<&str>) -> SourceSettings {
        let path = self.path(path).to_str().unwrap().to_owned();
        SourceSettings { path, section: section.map(str::to_owned), ..SourceSettings::default() }
    }

    pub(crate) fn options(&self) -> ConvertOptions<'_> {
        ConvertOptions { into: self.path("content"), ..ConvertOptions::default() }
    }

    pub(crate) fn try_convert(&self, section: &str, options: &ConvertOptions<'_>) -> Result<ConvertReport, Error> {
        convert(Some(self.0.path()), &[self.settings("sources", Some(section))], options, &Silent)
    }

    pub(crate) fn convert(&self) -> ConvertReport {
        self.try_convert("town", &self.options()).unwrap()
    }

    pub(crate) fn articles(&self) -> BTreeMap<String, String> {
        files(&self.path("content"))
    }

    /// The path of the only article whose name holds `slug`.
    pub(crate) fn article(&self, slug: &str) -> String {
        let paths: Vec<String> = self.articles().into_keys().filter(|path| path.contains(slug)).collect();
        assert_eq!(paths.len(), 1, "one article about {slug} in {paths:?}");
        format!("content/{}", paths[0])
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(self.path(path), text.replace(from, to)).unwrap();
    }
}

fn files(dir: &Path) -> BTreeMap<String, String> {
    let entries =
        walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    entries
        .map(|entry| (entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned(), text(entry.path())))
        .collect()
}

pub(crate) fn times(dir: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    entries.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
}

pub(crate) fn said(report: &ConvertReport) -> String {
    report.diagnostics.iter().chain(&report.edited).map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

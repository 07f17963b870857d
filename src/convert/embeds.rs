//! What pages show from elsewhere by a shortcode or a tag that names the service: a link says what it is.

/// A service: the names of its shortcodes, what it shows, and its address for an identifier at `*`; empty where there is
/// none.
type Service = (&'static [&'static str], &'static str, &'static str);

const SERVICES: &[Service] = &[
    (&["youtube", "yt"], "Video on YouTube", "https://www.youtube.com/watch?v=*"),
    (&["vimeo"], "Video on Vimeo", "https://vimeo.com/*"),
    (&["dailymotion"], "Video on Dailymotion", "https://www.dailymotion.com/video/*"),
    (&["ted"], "Video on TED", "https://www.ted.com/talks/*"),
    (&["tiktok"], "Video on TikTok", ""),
    (&["soundcloud"], "Sound on SoundCloud", ""),
    (&["bandcamp"], "Sound on Bandcamp", ""),
    (&["spotify"], "Sound on Spotify", ""),
    (&["twitter", "tweet"], "Post on Twitter", "https://twitter.com/i/status/*"),
    (&["x"], "Post on X", "https://x.com/i/status/*"),
    (&["instagram"], "Post on Instagram", "https://www.instagram.com/p/*/"),
    (&["facebook"], "Post on Facebook", ""),
    (&["gist"], "Code on GitHub", "https://gist.github.com/*"),
    (&["codepen"], "Code on CodePen", ""),
    (&["flickr"], "Pictures on Flickr", ""),
    (&["scribd"], "Document on Scribd", "https://www.scribd.com/document/*"),
    (&["slideshare"], "Slides on SlideShare", ""),
    (&["speakerdeck"], "Slides on Speaker Deck", "https://speakerdeck.com/player/*"),
    (&["googlemaps"], "Map on Google Maps", ""),
];

/// What a shortcode of that name shows, and where that is; `stated` is the address or the identifier that it states.
/// `None` where it names no service, or nothing that leads there.
pub(super) fn embed(name: &str, stated: &str) -> Option<(&'static str, String)> {
    let name = name.to_ascii_lowercase();
    let (_, what, pattern) = SERVICES.iter().find(|(names, ..)| names.contains(&name.as_str()))?;
    let stated = stated.trim().trim_matches(['"', '\'']);
    if stated.starts_with("https://") || stated.starts_with("http://") {
        return Some((what, stated.to_owned()));
    }
    let is_id = !stated.is_empty() && stated.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte));
    (is_id && !pattern.is_empty()).then(|| (*what, pattern.replacen('*', stated, 1)))
}

/// A text of the settings with what `value` says in the places of `{names}` and `{0}`.
pub(super) fn filled(template: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let Some(end) = tail.find('}') else {
            rest = tail;
            break;
        };
        out.push_str(&value(&tail[1..end]));
        rest = &tail[end + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{embed, filled};

    #[test]
    fn services_are_told_by_names() {
        let address = |name: &str, stated: &str| embed(name, stated).map(|(_, address)| address);
        assert_eq!(address("YouTube", "a-b_1").as_deref(), Some("https://www.youtube.com/watch?v=a-b_1"));
        assert_eq!(address("gist", "ines/1234").as_deref(), Some("https://gist.github.com/ines/1234"));
        assert_eq!(address("facebook", "https://www.facebook.com/1").as_deref(), Some("https://www.facebook.com/1"));
        assert_eq!(
            (address("facebook", "1"), address("vimeo", "javascript:x"), address("box", "1")),
            (None, None, None)
        );
    }

    #[test]
    fn settings_are_filled_in() {
        let value = |name: &str| format!("<{name}>");
        assert_eq!(filled("a {0} {url} {", &value), "a <0> <url> {");
    }
}

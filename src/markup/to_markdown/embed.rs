//! What pages embed from elsewhere: written as a link, if the page says what it is or it is of a well-known site.

use super::{Attribute, NodeId, Tag, Tree, Writer, is_followed};
use crate::markup::address::{percent_decoded, resolve, scheme, split_origin};
use crate::markup::escape;

/// Classes of posts that their own site's script draws, and what they are.
const POSTS: [(&str, &str); 6] = [
    ("instagram-media", "Post on Instagram"),
    ("tiktok-embed", "Video on TikTok"),
    ("fb-post", "Post on Facebook"),
    ("fb-video", "Video on Facebook"),
    ("bluesky-embed", "Post on Bluesky"),
    ("reddit-embed-bq", "Post on Reddit"),
];

impl Writer<'_> {
    /// Writes a film, sound or framed page as a link in a paragraph of its own.
    pub(super) fn embed(&mut self, id: NodeId) {
        let tree = self.part.tree;
        let title = [Attribute::Title, Attribute::AriaLabel]
            .iter()
            .map(|name| tree.attribute_or_empty(id, *name))
            .find(|title| !title.is_empty())
            .unwrap_or_default();
        let source = tree.descendants(id).find(|node| tree.tag(*node) == Tag::Source);
        let places = [Some(id), source].into_iter().flatten();
        let mut addresses = places
            .flat_map(|node| [Attribute::Src, Attribute::DataSrc].map(|name| tree.attribute_or_empty(node, name)));
        let Some(stated) = addresses.find(|address| !address.is_empty()) else { return };
        let address = resolve(self.part.base, stated);
        let known = on_site(&address);
        let kind = match tree.tag(id) {
            Tag::Video => "Video",
            Tag::Audio => "Audio",
            _ => "",
        };
        let title = if title.is_empty() { known.as_ref().map_or(kind, |(name, _)| name) } else { title };
        let is_web = scheme(&address).is_some_and(|name| name.starts_with("http"))
            || (!kind.is_empty() && scheme(&address).is_none());
        if title.is_empty() || is_no_content(title) || !is_web {
            return;
        }
        self.beside.link(stated, &address);
        self.link_alone(title, known.as_ref().map_or(&*address, |(_, page)| page));
    }

    /// Writes a post that the script of its own site would draw as a link, and tells whether it was one.
    pub(super) fn post(&mut self, id: NodeId) -> bool {
        let tree = self.part.tree;
        let Some(name) = post(tree, id) else { return false };
        let inner = tree.descendants(id).take(200).find(|node| tree.tag(*node) == Tag::A);
        let address = match tree.attribute_or_empty(id, Attribute::DataHref) {
            "" => inner.map_or("", |link| tree.attribute_or_empty(link, Attribute::Href)),
            address => address,
        };
        let address = resolve(self.part.base, address);
        if is_followed(&address) {
            self.link_alone(name, address.split('?').next().unwrap_or(&address));
        }
        true
    }

    fn link_alone(&mut self, title: &str, address: &str) {
        self.end_paragraph();
        let mut link = String::from("[");
        escape::label(&title.split_whitespace().collect::<Vec<_>>().join(" "), &mut link);
        link.push_str("](");
        escape::destination(address, &mut link);
        link.push(')');
        self.settle_crosshead(true);
        self.blocks.write(&link);
    }
}

/// What an element shows, if it is a post that its own site's script draws.
fn post(tree: &Tree, id: NodeId) -> Option<&'static str> {
    if !matches!(tree.tag(id), Tag::Blockquote | Tag::Div) {
        return None;
    }
    let mut classes = tree.attribute(id, Attribute::Class)?.split_ascii_whitespace();
    classes.find_map(|class| POSTS.iter().find(|(known, _)| *known == class)).map(|(_, name)| *name)
}

/// Whether an element is a post of some other site, with its own author and date.
pub fn is_post(tree: &Tree, id: NodeId) -> bool {
    post(tree, id).is_some()
        || (tree.tag(id) == Tag::Blockquote && tree.attribute_or_empty(id, Attribute::Class).contains("twitter-"))
}

/// What a framed page of a well-known site is, and the address at which it is found there.
fn on_site(address: &str) -> Option<(&'static str, String)> {
    let (origin, path) = split_origin(address);
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let after = |start| path.strip_prefix(start).map(|rest: &str| rest.split('/').next().unwrap_or_default());
    let parameter = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        percent_decoded(value).filter(|page| scheme(page).is_some_and(|scheme| scheme.starts_with("http")))
    };
    let named =
        |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    match host {
        "youtube.com" | "youtube-nocookie.com" => {
            let id = after("/embed/").or_else(|| after("/v/")).filter(named)?;
            Some(("Video on YouTube", format!("https://www.youtube.com/watch?v={id}")))
        }
        "player.vimeo.com" => {
            Some(("Video on Vimeo", format!("https://vimeo.com/{}", after("/video/").filter(named)?)))
        }
        "dailymotion.com" => Some((
            "Video on Dailymotion",
            format!("https://www.dailymotion.com/video/{}", after("/embed/video/").filter(named)?),
        )),
        "facebook.com" if path.starts_with("/plugins/video") => Some(("Video on Facebook", parameter("href")?)),
        "facebook.com" if path.starts_with("/plugins/post") => Some(("Post on Facebook", parameter("href")?)),
        "instagram.com" => {
            let id = after("/p/").or_else(|| after("/reel/")).filter(named)?;
            Some(("Post on Instagram", format!("https://www.instagram.com/p/{id}/")))
        }
        "w.soundcloud.com" => Some(("Sound on SoundCloud", parameter("url")?)),
        _ => None,
    }
}

/// Titles of frames that hold advertisements and the like.
fn is_no_content(title: &str) -> bool {
    const WORDS: [&str; 12] = [
        "advert",
        "anzeige",
        "captcha",
        "consent",
        "cookie",
        "newsletter",
        "privacy",
        "publi",
        "sign up",
        "subscribe",
        "login",
        "ad ",
    ];
    let title = title.to_lowercase();
    WORDS.iter().any(|word| title.contains(word)) || title == "ad"
}

#[cfg(test)]
mod tests {
    use super::on_site;

    #[test]
    fn frames_of_known_sites_lead_to_their_pages() {
        let page = |address| on_site(address).map(|(_, page)| page);
        let watch = "https://www.youtube.com/watch?v=ab_C-1";
        assert_eq!(page("https://www.youtube.com/embed/ab_C-1?rel=0").as_deref(), Some(watch));
        assert_eq!(page("http://youtube.com/v/ab_C-1").as_deref(), Some(watch));
        assert_eq!(page("https://player.vimeo.com/video/7?h=1").as_deref(), Some("https://vimeo.com/7"));
        let video = "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fg%2F9&x=1";
        assert_eq!(page(video).as_deref(), Some("https://www.facebook.com/g/9"));
        for other in
            ["https://www.facebook.com/plugins/video.php?href=javascript%3A1", "https://www.youtube.com/embed/", "x"]
        {
            assert_eq!(page(other), None);
        }
    }
}

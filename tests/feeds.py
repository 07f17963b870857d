#!/usr/bin/env python3
"""Reads the feeds of a built site with feedparser, of PyPI, and compares each entry with its article: identity, address,
headline, date, byline, tags.

    tests/feeds.py SITE          the folder with content/ and public/"""

import calendar, datetime, html, json, pathlib, sys
import feedparser, yaml

site = pathlib.Path(sys.argv[1])
articles = {}
for path in sorted((site / "content").rglob("*.md")):
    if path.relative_to(site / "content").parts[0] not in ("pages", "_sources", "media"):
        front = yaml.load(path.read_text().split("\n---\n")[0].removeprefix("---\n"), Loader=yaml.BaseLoader)
        articles.setdefault(front["title"], front)


def seconds(date):
    """A date as it stands in front matter; what is not known of it is its beginning."""
    date = date.replace(" ", "T") + "-01-01"[len(date) - 4:] if len(date) < 10 else date
    moment = datetime.datetime.fromisoformat(date.replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).timestamp())


def entries(path):
    """Entries as (id, link, title, seconds, authors, tags)."""
    if path.suffix == ".json":
        feed = json.loads(path.read_text())
        assert feed["version"] == "https://jsonfeed.org/version/1.1", feed["version"]
        for item in feed["items"]:
            date = item.get("date_published")
            yield (item["id"], item["url"], item["title"], date and seconds(date),
                   [author["name"] for author in item["authors"]], item["tags"])
        return
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, f"{path}: {feed.bozo_exception}"
    for entry in feed.entries:
        date = entry.get("published_parsed")
        authors = [author["name"] for author in entry.get("authors", []) if author.get("name")]
        yield (entry.id, entry.link, html.unescape(entry.title), date and calendar.timegm(date), authors,
               [tag["term"] for tag in entry.get("tags", [])])


bad, count = [], 0
for path in sorted((site / "public").rglob("*")):
    if path.name not in ("atom.xml", "rss.xml", "feed.json"):
        continue
    for identity, link, title, date, authors, tags in entries(path):
        count += 1
        article = articles.get(title)
        where = f"{path.relative_to(site)}: {title!r}"
        if article is None:
            bad.append(f"{where}: no article has that headline")
            continue
        wanted = (
            link,
            seconds(article["date"]) if "date" in article else None,
            article.get("authors", []),
            article.get("tags", []),
        )
        if (identity, date, authors, tags) != wanted:
            bad.append(f"{where}: got {(identity, date, authors, tags)}, wanted {wanted}")
        page = site / "public" / link.split("/", 3)[3]
        if not (page / "index.html").is_file() and not page.is_file():
            bad.append(f"{where}: there is no page at {link}")
print(f"{count} entries of feeds are their articles")
sys.exit("\n".join(bad[:20]) or (0 if count else "no feed has an entry"))

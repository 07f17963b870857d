#!/usr/bin/env python3
"""Writes the inputs of cases that are archives. Run it in this folder after changing it, and read the difference of what
the cases then give. It needs warcio, brotli and zstandard, of PyPI."""

import gzip, io, struct, zlib
from pathlib import Path
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
import brotli, zstandard

HERE = Path(__file__).parent
SITE = "http://www.saltmere.example"


def page(headline, *paragraphs, head="", charset="utf-8"):
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    html = f"<!DOCTYPE html>\n<html><head><title>{headline}</title>{head}</head>\n<body><article><h1>{headline}</h1>\n{text}</article></body></html>\n"
    return html.encode(charset)


FERRY = page(
    "Ferry timetable changes in June",
    "The Saltmere ferry will sail every forty minutes from the first of June, the harbour board said, with a late boat on Saturdays.",
    "The last boat will wait for those who come back from the theatre.",
    head='<meta name="author" content="Ines Marrable">',
)
FERRY = FERRY.replace(
    b"Saturdays.</p>\n",
    b'Saturdays.</p>\n<figure><img src="../img/ferry.png" alt="The ferry at the quay" width="400" height="300"><figcaption>The ferry at the quay</figcaption></figure>\n',
)
FERRY_AGAIN = FERRY.replace(b"will wait for", b"will wait ten minutes for")
CAFE = page(
    "Café on the quay opens again",
    "The café on the quay has opened again after the storm, and serves coffee for £1 until the end of the month.",
    "Its owner said that the sea had come in by the front door and gone out by the back one.",
    charset="iso-8859-1",
)
LIST = b"<html><head><title>News</title></head><body><ul><li><a href=/a>A</a><li><a href=/b>B</a></ul></body></html>"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff030000060005"
    "57bfabd40000000049454e44ae426082"
)


class Archive:
    """A WARC whose record ids are counted, so that it is the same each time."""

    def __init__(self, gzip=False, version="WARC/1.1"):
        self.out, self.number = io.BytesIO(), 0
        self.writer = WARCWriter(self.out, gzip=gzip, warc_version=version)

    def put(self, kind, url, body=b"", headers=None, status="200 OK", time="2003-06-01T12:00:00Z", **more):
        self.number += 1
        fields = {"WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{self.number:012}>", "WARC-Date": time, **more}
        head = None
        if headers is not None:
            head = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=head, warc_headers_dict=fields
        )
        self.writer.write_record(record)

    def save(self, name, change=lambda data: data):
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(change(self.out.getvalue()))


HTML = {"Content-Type": "text/html; charset=utf-8"}


def crawl(archive):
    archive.put("response", "dns:www.saltmere.example", b"1.2.3.4")
    archive.put("response", SITE + "/robots.txt", b"User-agent: *", {"Content-Type": "text/plain"})
    archive.put("request", SITE + "/town/ferry.html", b"GET / HTTP/1.0\r\n\r\n")
    archive.put("response", SITE + "/town/ferry.html", FERRY, HTML)
    archive.put("response", SITE + "/img/ferry.png", PNG, {"Content-Type": "image/png"})
    archive.put("response", SITE + "/ferry", b"", {"Location": "/town/ferry.html"}, "302 Found")
    archive.put("response", SITE + "/style.css", b"p {}", {"Content-Type": "text/css"})
    archive.put("response", SITE + "/gone.html", page("Not found", "It is gone."), HTML, "404 Not Found")
    archive.put("response", SITE + "/news/", LIST, HTML)
    archive.put("response", SITE + "/cafe.html", CAFE, {"Content-Type": "text/html; charset=ISO-8859-1"})
    archive.put("response", SITE + "/town/ferry.html", FERRY_AGAIN, HTML, time="2003-06-09T12:00:00Z")
    archive.put(
        "revisit", SITE + "/print/cafe.html", b"", HTML,
        **{"WARC-Refers-To-Target-URI": SITE + "/cafe.html", "WARC-Refers-To-Date": "2003-06-01T12:00:00Z"},
    )


def codings(archive):
    """Bodies as servers send them."""
    one = lambda n, text: page(f"{text} is mended", f"The {text} has been mended, the council said on Monday, number {n} of its works this year.", "It will be open from Tuesday on, and those who have waited since the storm in March may use it without paying until the end of summer.", "The harbour master said that the work had cost less than the council had feared, as the stones of the old one could be used again.")
    packed = gzip.compress(one(1, "slipway"), mtime=0)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:50], packed[50:])) + b"0\r\n\r\n"
    archive.put("response", SITE + "/1", chunked, {**HTML, "Transfer-Encoding": "chunked", "Content-Encoding": "gzip"})
    archive.put("response", SITE + "/2", brotli.compress(one(2, "pier")), {**HTML, "Content-Encoding": "br"})
    archive.put("response", SITE + "/3", zlib.compress(one(3, "lock")), {**HTML, "Content-Encoding": "deflate"})
    archive.put("response", SITE + "/4", one(4, "sluice"), {**HTML, "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"})
    archive.put("response", SITE + "/5?a=b c#d", one(5, "jetty"), {**HTML, "Content-Encoding": "gzip"}, "200")
    archive.put("response", SITE + "/6", gzip.compress(one(6, "quay wall"), mtime=0)[:-30], {**HTML, "Content-Encoding": "gzip"})
    archive.put("resource", SITE + "/7.html", one(7, "bandstand"), **{"Content-Type": "text/html"})


def wrong_lengths(data):
    # The second record says too much, the fourth too little.
    records = data.split(b"WARC/1.1\r\n")
    def length(record, by):
        head, rest = record.split(b"Content-Length: ", 1)
        number, rest = rest.split(b"\r\n", 1)
        return head + b"Content-Length: %d\r\n" % (int(number) + by) + rest
    records[2], records[4] = length(records[2], 300), length(records[4], -100)
    return b"WARC/1.1\r\n".join(records)


def damaged(data):
    # Each record is a member of its own; the second loses some bytes.
    starts = [at for at in range(len(data)) if data[at:at + 3] == b"\x1f\x8b\x08"]
    at = starts[1] + 60
    return data[:at] + bytes(40) + data[at + 40:]


def arc():
    one = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + FERRY
    about = b"1 0 Saltmere\nURL IP-address Archive-date Content-type Archive-length\n"
    out = b"filedesc://gazette.arc 0.0.0.0 19970601120000 text/plain %d\n%s\n" % (len(about), about)
    for url, block in [(SITE + "/ferry.html", one), (SITE + "/old.html", CAFE.replace(b"Caf\xe9", b"Cafe"))]:
        out += b"%s 10.0.0.1 19970601120000 text/html %d\n%s\n" % (url.encode(), len(block), block)
    path = HERE / "warc/arc/input.arc"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out)


def zstd(data, dictionary=None):
    """Each record a frame of its own, after one that holds the dictionary for all, itself packed."""
    records = [b"WARC/1.1\r\n" + record for record in data.split(b"WARC/1.1\r\n")[1:]]
    out = b""
    if dictionary is not None:
        packed = zstandard.ZstdCompressor(level=19).compress(dictionary.as_bytes())
        out = struct.pack("<II", 0x184D2A5D, len(packed)) + packed
    packer = zstandard.ZstdCompressor(level=19, dict_data=dictionary, write_checksum=True)
    return out + b"".join(packer.compress(record) for record in records)


def with_dictionary(data):
    records = data.split(b"WARC/1.1\r\n")[1:]
    samples = [record[at:at + 400] for record in records for at in range(0, len(record), 100)]
    return zstd(data, zstandard.train_dictionary(1500, samples, k=50, d=8))


def cut_in_a_frame(data):
    # The last frame lacks its end, and a skippable frame of another program's stands before it.
    whole = zstd(data)
    last = whole.rindex(b"\x28\xb5\x2f\xfd")
    return whole[:last] + struct.pack("<II", 0x184D2A50, 4) + b"note" + whole[last:-20]


def warcs():
    for name, fill, packed, change in [
        ("warc/crawl/input.warc.gz", crawl, True, lambda data: data),
        ("warc/codings/input.warc", codings, False, lambda data: data),
        ("warc/wrong-lengths/input.warc", crawl, False, wrong_lengths),
        ("warc/cut-short/input.warc", crawl, False, lambda data: data[:2600]),
        ("warc/damaged/input.warc.gz", codings, True, damaged),
        ("warc/zstd-dictionary/input.warc.zst", crawl, False, with_dictionary),
        ("warc/zstd-cut-short/input.warc.zst", codings, False, cut_in_a_frame),
        ("warc/one-member/input.warc.gz", crawl, False, lambda data: gzip.compress(data, mtime=0)),
    ]:
        archive = Archive(packed)
        fill(archive)
        archive.save(name, change)
    arc()


def mail():
    import base64, quopri
    picture = base64.b64encode(PNG).decode()
    story = [
        "The harbour board has voted to dredge the channel, at a cost of £2m, and the work will begin in the autumn when the ferry has gone over to its winter times.",
        "The chairman said that the mud had been spoken of at every meeting since he had come to the board, and that he would be glad to speak of something else.",
        "Three members voted against it, as they would rather have mended the slipway first.",
    ]
    html = "<html><body><article><h1>Board votes to dredge the channel</h1><p>%s</p><figure><img src='%%s' alt='The quay' width=400 height=300><figcaption>The quay at low tide</figcaption></figure><p>%s</p><p>%s</p></article></body></html>" % tuple(story)
    quoted = quopri.encodestring((html % "cid:quay@saltmere").encode("latin-1")).decode()
    newsletter = f"""Received: from mail.saltmere.example by mx.example; Fri, 5 Sep 2003 08:00:01 +0100
From: =?ISO-8859-1?Q?In=E9s_Marrable?= <ines@gazette.saltmere.example>
To: readers@gazette.saltmere.example
Subject: =?UTF-8?B?{base64.b64encode("The Gazette’s letter: dredging".encode()).decode()}?=
Date: Fri, 5 Sep 2003 08:00:00 +0100
Message-ID: <letter-12@gazette.saltmere.example>
List-Id: Letters of the Gazette <letters.gazette.saltmere.example>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="outer"

This is a letter in several parts.
--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=iso-8859-1

Read it in a browser.
--inner
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

{quoted}
--inner--
--outer
Content-Type: image/png
Content-ID: <quay@saltmere>
Content-Transfer-Encoding: base64

{picture}
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename="minutes.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQK
--outer--
"""
    plain = """From: Josef Kettle <josef@saltmere.example>
Date: Sat, 6 Sep 2003 10:00:00 +0000
Subject: Re: The Gazette's letter
Message-ID: <b@saltmere.example>

I should like to add that the slipway was mended in 1987,
when my father was harbour master.

From the quay one could see it <then>, and >From the pier too.

-- 
Josef Kettle, Quay Street
"""
    def put(name, text):
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("latin-1", "replace") if isinstance(text, str) else text)
    put("eml/newsletter/input.eml", newsletter)
    put("eml/plain/input.eml", plain)
    put("eml/broken-boundaries/input.eml", newsletter.replace("--inner--\n--outer\n", "--inn\n").replace("--outer--\n", ""))
    put("mbox/letters/input.mbox", "From ines@gazette Fri Sep  5 08:00:00 2003\n" + newsletter + "\nFrom josef@saltmere Sat Sep  6 10:00:00 2003\n"
        + plain.replace("\nFrom the quay", "\n>From the quay") + "\nFrom josef@saltmere Sat Sep  6 11:00:00 2003\n" + plain.replace("b@salt", "c@salt").replace("1987", "1986"))
    saved = f"""From: <Saved by Blink>
Snapshot-Content-Location: http://www.saltmere.example/town/dredging.html
Subject: Board votes to dredge the channel
Date: Fri, 5 Sep 2003 12:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x----"


------MultipartBoundary--x----
Content-Type: text/html; charset=iso-8859-1
Content-ID: <frame-0@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: http://www.saltmere.example/town/dredging.html

{quopri.encodestring((html % "http://www.saltmere.example/img/quay.png?a=1&amp;b=2").encode("latin-1")).decode()}
------MultipartBoundary--x----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: http://www.saltmere.example/img/quay.png?a=1&b=2

{picture}
------MultipartBoundary--x------
""".replace("\n", "\r\n")
    put("mhtml/page/input.mhtml", saved)
    put("mhtml/cut-short/input.mht", saved[: saved.index("image/png")])


def wacz():
    import hashlib, json, zipfile
    crawled, more = Archive(True), Archive()
    crawl(crawled)
    untitled = page("", "The lamp on the pier was lit again on Friday, for the first time since the storm, and could be seen from the hills behind the town.",
        "The keeper of the pier said that the oil had come by cart, as the ferry would not take it, and that it would last until the spring.",
        "Those who came to see it lit were given soup by the lifeboat men.").replace(b"<h1></h1>", b"").replace(b"<title></title>", b"")
    more.put("response", SITE + "/lamp.html", untitled, HTML)
    pages = json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}) + "\n"
    pages += json.dumps({"url": SITE + "/lamp.html", "ts": "2003-06-01T12:00:00Z", "title": "The lamp is lit"}) + "\n"
    files = {"archive/crawl.warc.gz": crawled.out.getvalue(), "archive/more.warc": more.out.getvalue(), "pages/pages.jsonl": pages.encode()}
    resources = [{"name": name.split("/")[-1], "path": name, "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in files.items()]
    resources[1]["hash"] = "sha256:" + "0" * 64
    files["datapackage.json"] = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    files["../../outside.warc"] = more.out.getvalue()
    path = HERE / "wacz/crawl/input.wacz"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2003, 6, 1, 12, 0, 0)), data)


if __name__ == "__main__":
    wacz()
    warcs()
    mail()

use super::{Become, Document, Spaces, html};

fn parse(text: &str) -> Document<'_> {
    Document::parse(text, &mut Spaces::default(), 1, false)
}

#[test]
fn what_is_not_well_formed_is_read_as_far_as_it_can_be() {
    let cases = [
        ("<a><b>AT&amp;T &eacute; &own; & <![CDATA[x < y]]></b></a>", "AT&T é &own; & x < y"),
        ("<a><b>one<c>two</b></a>", "onetwo"),
        ("<a><b>one</c></b></a>", "one"),
        ("<a><b>one", "one"),
        ("<a><b>1 < 2</b></a>", "1 "),
        ("<a><b>x</b><b>y</b", "x"),
        ("<a><b>&#8217;&#x41;</b></a>", "’A"),
    ];
    for (text, expected) in cases {
        let document = parse(text);
        let found = document.find(0, "b").map(|id| document.text(id).into_owned());
        assert!(found.as_deref().is_some_and(|found| found.starts_with(expected)), "{text}: {found:?}");
    }
}

#[test]
fn names_are_known_by_their_namespace() {
    let text = "<x:feed xmlns:x='http://www.w3.org/2005/Atom' xmlns:m='http://search.yahoo.com/mrss/'>\
                <x:title a='1' b=\"&quot;\">T</x:title><m:credit/></x:feed>";
    let document = parse(text);
    let root = document.root().unwrap_or_default();
    assert!(document.is(root, "feed"));
    let title = document.child(root, "title").unwrap_or_default();
    assert_eq!(document.attribute(title, "b").as_deref(), Some("\""));
    assert!(document.child(root, "media:credit").is_some());
}

#[test]
fn a_tree_is_written_as_html() {
    let document = parse("<d><x:p class='a&amp;b'>1 &lt; 2<br/>x</x:p><gone>y</gone><in>z</in></d>");
    let becomes = |id| match document.name(id) {
        "gone" => Become::Nothing,
        "in" => Become::Inside,
        _ => Become::Same,
    };
    let root = document.root().unwrap_or_default();
    assert_eq!(html(&document, root, &becomes), "<p class=\"a&amp;b\">1 &lt; 2<br>x</p>z");
}

use crate::convert::markdown::front::Matter;
use serde_yaml::Mapping;
use std::collections::BTreeMap;

fn rewrite(body: &str, body_line: u32, own: &[(&str, &str)]) -> super::Rewritten {
    let values = Mapping::from_iter([("image".into(), "/q.jpg".into())]);
    let own: BTreeMap<String, String> =
        own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    super::rewrite(&Matter { values, text: "", line: 1, body, body_line }, &own, true)
}

#[test]
fn tags_become_what_they_are() {
    let cases = [
        (
            "{{< figure src=\"/q.jpg\" alt=\"The quay\" caption=\"At low tide\" attr=\"Gazette\" >}}\n",
            "![The quay](/q.jpg \"At low tide — Gazette\")\n",
        ),
        ("{% image \"a/q.jpg\" \"The quay\" %}\n", "![The quay](a/q.jpg)\n"),
        ("{% include figure.html src='/q.png' caption=\"Tide\" %}", "![](/q.png \"Tide\")"),
        ("{{< youtube w7Ft2ymGmfc >}}\n", "[Video on YouTube](https://www.youtube.com/watch?v=w7Ft2ymGmfc)\n"),
        ("{{ youtube(id=\"w7\", autoplay=true) }}", "[Video on YouTube](https://www.youtube.com/watch?v=w7)"),
        ("{% include video id=\"12\" provider=\"vimeo\" %}", "[Video on Vimeo](https://vimeo.com/12)"),
        ("{{< x user=\"ines\" id=\"12\" >}}", "[Post on X](https://x.com/ines/status/12)"),
        ("{{< gist ines 12 >}}", "[Code on GitHub](https://gist.github.com/ines/12)"),
        ("{% gist ines/12 %}", "[Code on GitHub](https://gist.github.com/ines/12)"),
        ("[x]({{ site.baseurl }}/a) [y]({{ \"/b/\" | relative_url }})", "[x](/a) [y](/b/)"),
        ("[x]({{< ref \"post/mud\" >}}) [y]({{% relref \"/a/b.md#end\" %}})", "[x](/post/mud.md) [y](/a/b.md#end)"),
        ("[x]({% post_url 2014-01-01-a %}) [y]({% link _posts/a.md %})", "[x](/2014-01-01-a.md) [y](/_posts/a.md)"),
        ("![]({{ page.image | url }})", "![](/q.jpg)"),
        ("{% highlight ruby linenos %}\nputs {{ x }}\n{% endhighlight %}\n", "```ruby\nputs {{ x }}\n```\n"),
        ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}\nend", "```go\nx := 1\n```\nend"),
        ("a {{< highlight go >}}x{{< /highlight >}} b", "a `x` b"),
        ("`{{ x }}` {% raw %}{{ y }}{% endraw %} {z}", "`{{ x }}` {{ y }} {z}"),
        ("{% raw %}{{ y }}{% endraw %} {{< vimeo 12 >}}", "{{ y }} [Video on Vimeo](https://vimeo.com/12)"),
        ("{% highlight c %}\nf()\n{% endhighlight %} See {{ x }}.\n", "```c\nf()\n```\n See `{{ x }}`.\n"),
        ("{% highlight c %}\nf(){% endhighlight %}\nend", "```c\nf()\n```\nend"),
        ("a{% comment %}b\nc{% endcomment %}d {{</* figure */>}}", "ad {{< figure >}}"),
        ("```\n{% if %}\n```\n{: .wide}\n<!--more-->\nend", "```\n{% if %}\n```\nend"),
        ("{{< box >}}a{{< /box >}}", "`{{< box >}}`a`{{< /box >}}`"),
        ("{{ unclosed\n", "{{ unclosed\n"),
    ];
    for (body, expected) in cases {
        assert_eq!(rewrite(body, 1, &[]).body, expected, "{body}");
    }
}

#[test]
fn settings_say_what_a_tag_stands_for() {
    let own = [("box", "> {inner}"), ("map", "[Map of {0}]({url})"), ("post_url", "/blog/{0}/"), ("ad", "")];
    let cases = [
        ("{{% box %}}a {{< ad >}}b{{% /box %}} c", "> a b c"),
        ("{% box %}a{% end %}", "> a"),
        ("{{< map \"<quay>\" url=\"/m\" >}}", "[Map of &lt;quay&gt;](/m)"),
        ("[x]({% post_url 2014-01-01-a %})", "[x](/blog/2014-01-01-a/)"),
        ("a {{< box >}}b", "a > b"),
    ];
    for (body, expected) in cases {
        let rewritten = rewrite(body, 1, &own);
        assert_eq!(rewritten.body, expected, "{body}");
        assert!(rewritten.warnings.is_empty());
    }
}

#[test]
fn a_tag_in_an_address_is_said() {
    let rewritten = rewrite("\n[x]({% box 1 %})", 7, &[]);
    assert_eq!(rewritten.body, "\n[x]({% box 1 %})");
    assert_eq!(rewritten.warnings.first().map(|warning| warning.place.line), Some(8));
    assert_eq!(rewritten.account.pieces.len(), 1);
}

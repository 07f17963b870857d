//! The elements and attributes that mean something to a reader of news pages.

/// Makes an enum with a function from the name in a page.
macro_rules! names {
    ($(#[$about:meta])* $kind:ident { $($variant:ident = $($name:literal)|+,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each is what HTML calls by that name")]
        pub enum $kind { $($variant,)+ }

        impl $kind {
            fn known(name: &str) -> Option<Self> {
                match name {
                    $($($name)|+ => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

names! {
    /// What a node is: an element by name, the document, or a text.
    Tag {
        Document = "#document",
        Text = "#text",
        Other = "#other",
        A = "a",
        Address = "address",
        Article = "article",
        Aside = "aside",
        Audio = "audio",
        B = "b" | "strong",
        Base = "base",
        Blockquote = "blockquote",
        Body = "body",
        Br = "br",
        Button = "button",
        Input = "select" | "input" | "textarea" | "option" | "optgroup" | "datalist",
        Caption = "caption",
        Center = "center",
        Cite = "cite",
        Code = "code" | "kbd" | "samp" | "tt",
        Dd = "dd",
        Del = "del" | "s" | "strike",
        Details = "details",
        Dialog = "dialog",
        Div = "div",
        Dl = "dl",
        Dt = "dt",
        Em = "em" | "i",
        Embed = "embed" | "object" | "applet" | "canvas",
        Fieldset = "fieldset",
        Figcaption = "figcaption",
        Figure = "figure",
        Font = "font",
        Footer = "footer",
        Form = "form",
        Frame = "frame" | "frameset" | "noframes",
        H1 = "h1",
        H2 = "h2",
        H3 = "h3",
        H4 = "h4",
        H5 = "h5",
        H6 = "h6",
        Head = "head",
        Header = "header" | "hgroup",
        Hr = "hr",
        Html = "html",
        Iframe = "iframe",
        Img = "img",
        Label = "label",
        Li = "li",
        Link = "link",
        Main = "main",
        Map = "map" | "area",
        Meta = "meta",
        Nav = "nav",
        Noscript = "noscript",
        Ol = "ol",
        P = "p",
        Picture = "picture",
        Pre = "pre" | "listing" | "xmp" | "plaintext",
        Q = "q",
        Script = "script",
        Section = "section",
        Small = "small",
        Source = "source",
        Span = "span",
        Style = "style",
        Sub = "sub",
        Summary = "summary",
        Sup = "sup",
        Svg = "svg",
        Table = "table",
        Tbody = "tbody" | "thead" | "tfoot" | "colgroup" | "col",
        Td = "td",
        Template = "template",
        Th = "th",
        Time = "time",
        Title = "title",
        Tr = "tr",
        Ul = "ul" | "menu" | "dir",
        Video = "video",
        Wbr = "wbr",
    }
}

impl Tag {
    /// The element of that name in lower case; [`Tag::Other`] for one that means nothing here.
    pub fn named(name: &str) -> Self {
        Self::known(name).unwrap_or(Self::Other)
    }

    /// Whether it stands on lines of its own.
    pub fn is_block(self) -> bool {
        self.heading().is_some()
            || matches!(
                self,
                Self::Address
                    | Self::Article
                    | Self::Aside
                    | Self::Blockquote
                    | Self::Body
                    | Self::Br
                    | Self::Caption
                    | Self::Center
                    | Self::Dd
                    | Self::Details
                    | Self::Dialog
                    | Self::Div
                    | Self::Dl
                    | Self::Dt
                    | Self::Fieldset
                    | Self::Figcaption
                    | Self::Figure
                    | Self::Footer
                    | Self::Form
                    | Self::Header
                    | Self::Hr
                    | Self::Html
                    | Self::Li
                    | Self::Main
                    | Self::Nav
                    | Self::Ol
                    | Self::P
                    | Self::Pre
                    | Self::Section
                    | Self::Summary
                    | Self::Table
                    | Self::Tbody
                    | Self::Td
                    | Self::Th
                    | Self::Tr
                    | Self::Ul
            )
    }

    /// The level of a heading, from 1 to 6.
    pub fn heading(self) -> Option<u8> {
        Some(match self {
            Self::H1 => 1,
            Self::H2 => 2,
            Self::H3 => 3,
            Self::H4 => 4,
            Self::H5 => 5,
            Self::H6 => 6,
            _ => return None,
        })
    }

    /// Whether nothing in it is text that a reader reads.
    pub fn is_silent(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Button
                | Self::Dialog
                | Self::Head
                | Self::Input
                | Self::Link
                | Self::Map
                | Self::Meta
                | Self::Noscript
                | Self::Script
                | Self::Style
                | Self::Svg
                | Self::Template
                | Self::Title
        )
    }
}

names! {
    /// An attribute that is kept.
    Attribute {
        Align = "align",
        Alt = "alt",
        AriaHidden = "aria-hidden",
        AriaLabel = "aria-label",
        Class = "class",
        Colspan = "colspan",
        Content = "content",
        DataSrc = "data-src" | "data-original" | "data-lazy-src" | "data-url",
        DataSrcset = "data-srcset" | "data-lazy-srcset",
        DataHref = "data-href" | "data-instgrm-permalink" | "cite",
        Datetime = "datetime",
        Dir = "dir",
        Height = "height",
        Hidden = "hidden",
        Href = "href",
        HttpEquiv = "http-equiv",
        Id = "id",
        Itemprop = "itemprop",
        Itemtype = "itemtype",
        Lang = "lang" | "xml:lang",
        Name = "name",
        Property = "property",
        Rel = "rel",
        Role = "role",
        Rowspan = "rowspan",
        Size = "size",
        Src = "src" | "data",
        Srcset = "srcset",
        Start = "start",
        Style = "style",
        Testid = "data-testid" | "data-component" | "data-type" | "data-qa" | "data-test",
        Title = "title",
        Type = "type",
        Width = "width",
    }
}

/// The longest name of an attribute that is kept.
const LONGEST: usize = 18;

impl Attribute {
    /// The attribute of that name as a page writes it, if it is one that is kept.
    pub(super) fn written(name: &str) -> Option<Self> {
        if name.len() > LONGEST {
            None
        } else if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Self::known(&name.to_ascii_lowercase())
        } else {
            Self::known(name)
        }
    }
}

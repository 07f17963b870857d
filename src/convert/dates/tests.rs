//! Date lines of real forms, and what is none.

use super::{Impossible, find, line, numeric, parse, short};

fn text(date: Option<crate::date::ArticleDate>) -> String {
    date.map_or_else(|| "none".to_owned(), |date| date.to_string())
}

#[test]
fn reads_the_date_lines_of_papers() {
    let cases = [
        ("Wednesday, 19 July, 2000, 11:45 GMT 12:45 UK", "2000-07-19T11:45:00Z"),
        ("Friday, January 23, 1998 Published at 00:01 GMT 01:01 UK", "1998-01-23T00:01:00Z"),
        ("Friday, January 23, 1998 Published at 00:01 GMT", "1998-01-23T00:01:00Z"),
        ("Last Updated: Friday, 23 April, 2004, 11:36 GMT", "2004-04-23T11:36:00Z"),
        ("Page last updated at 10:16 GMT, Friday, 16 May 2008 11:16 UK", "2008-05-16T10:16:00Z"),
        ("Saturday, 1 July 2000, 09:30 UK", "2000-07-01T09:30:00+01:00"),
        ("March 3, 1999", "1999-03-03"),
        ("3rd March 1999", "1999-03-03"),
        ("The 3rd of March, 1999", "1999-03-03"),
        ("1999-03-03 14:00", "1999-03-03T14:00:00Z"),
        ("1999-03-03T14:00:05+01:00", "1999-03-03T14:00:05+01:00"),
        ("2002/09/24 19:45:00", "2002-09-24T19:45:00Z"),
        ("Wed, 19 Jul 2000 11:45:00 -0500", "2000-07-19T11:45:00-05:00"),
        ("3/3/1999", "1999-03-03"),
        ("25/12/1999", "1999-12-25"),
        ("12/25/1999 3:05 p.m. EST", "1999-12-25T15:05:00-05:00"),
        ("3/4/1999", "none"),
        ("Posted 12.30am BST, 3 May 1999", "1999-05-03T00:30:00+01:00"),
        ("3 May 1999 0645 GMT", "1999-05-03T06:45:00Z"),
        ("Donnerstag, 3. März 1999, 14.30 Uhr MEZ", "1999-03-03T14:30:00+01:00"),
        ("jeudi 1er août 2002 à 14h30", "2002-08-01T14:30:00Z"),
        ("Miércoles, 3 de marzo de 1999", "1999-03-03"),
        ("mercoledì 3 dicembre 2003, ore 09:15 CET", "2003-12-03T09:15:00+01:00"),
        ("dinsdag 4 mei 1999", "1999-05-04"),
        ("Terça-feira, 4 de Março de 2003", "2003-03-04"),
        ("March 1999", "1999-03"),
        ("March 3, 1999 in Saltmere", "none"),
        ("Putin is planning a visit in July", "none"),
        ("1999", "none"),
        ("", "none"),
    ];
    for (input, expected) in cases {
        assert_eq!(text(parse(input)), expected, "{input}");
    }
}

#[test]
fn knows_an_impossible_date_from_no_date() {
    assert_eq!(line("Sunday, 31 February, 1999, 11:45 GMT"), Some(Err(Impossible)));
    assert_eq!(line("31 people of Saltmere"), None);
}

#[test]
fn finds_a_date_among_other_words() {
    let cases = [
        ("By Ines Marrable | 19 July 2000 at 11:45 GMT | 3 comments", "2000-07-19T11:45:00Z"),
        ("Updated 10:16 GMT, Friday, 16 May 2008, by the news desk", "2008-05-16T10:16:00Z"),
        ("From the issue of 3 March 1999, page 12", "1999-03-03"),
        ("In March 1999 the quay was 150 years old", "none"),
        ("On 31 February 1999, no, 1 March 1999", "1999-03-01"),
    ];
    for (input, expected) in cases {
        assert_eq!(text(find(input)), expected, "{input}");
    }
}

#[test]
fn two_digits_are_the_latest_year_not_after_the_article() {
    let article = parse("19 July 2000");
    let cases = [
        ("18 Jul 00", article, "2000-07-18"),
        ("09 Sep 98", article, "1998-09-09"),
        ("1 Jan 01", article, "1901-01-01"),
        ("18 Jul 99", None, "1999-07-18"),
        ("18 Jul 05", None, "2005-07-18"),
        ("18 July 1997", article, "1997-07-18"),
        ("Jul 00", article, "none"),
        ("30 Feb 00", article, "none"),
        ("18 Jul 00 more", article, "none"),
    ];
    for (input, not_after, expected) in cases {
        assert_eq!(text(short(input, not_after)), expected, "{input}");
    }
}

#[test]
fn reads_months_of_many_languages() {
    for text in [
        "3 мая 2004 г.",
        "3 травня 2004",
        "3 maja 2004 r.",
        "3. května 2004",
        "3 Mayıs 2004",
        "3 Μαΐου 2004",
        "den 3 maj 2004",
        "3. toukokuuta 2004",
        "2004. május 3.",
        "3 Mei 2004",
        "3 مايو 2004",
        "2004年5月3日",
        "2004년 5월 3일",
    ] {
        assert_eq!(find(text).map(|date| date.to_string()).as_deref(), Some("2004-05-03"), "{text}");
    }
}

#[test]
fn numbers_alone_are_read_as_told() {
    assert_eq!(find("03/04/2005"), None);
    let read = |day_first| numeric("Posted 03/04/2005", day_first).map(|date| date.to_string());
    assert_eq!(read(true).as_deref(), Some("2005-04-03"));
    assert_eq!(read(false).as_deref(), Some("2005-03-04"));
    assert_eq!(numeric("1/2", true), None);
}

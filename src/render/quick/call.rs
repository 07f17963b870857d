//! Reading a component's call, as `<card story={story} level={2}/>`.

use tera::Value;

/// The name of the component and its arguments, each as an expression; `None` for a call in a form not known here, which
/// stays as it is.
pub(super) fn component(tag: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let inside = tag.strip_prefix('<')?.strip_suffix("/>")?;
    let (name, mut rest) = split_name(inside)?;
    let mut arguments = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some((name, arguments));
        }
        let (argument, after) = split_name(rest)?;
        let value = after.strip_prefix('=')?;
        let length = match value.as_bytes().first()? {
            b'"' => value.get(1..)?.find('"')? + 2,
            b'{' => braces(value)?,
            _ => return None,
        };
        let (value, after) = value.split_at(length);
        let expression = value.strip_prefix('{').and_then(|value| value.strip_suffix('}')).unwrap_or(value);
        arguments.push((argument, expression.trim()));
        rest = after;
    }
}

fn split_name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The length of what the braces at its start hold; `None` for an expression with quotes or more braces.
fn braces(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let inside = text.get(1..end)?;
    (!inside.contains(['{', '"', '\'', '`'])).then_some(end + 1)
}

/// The value of an expression that is a literal.
pub(super) fn literal(expression: &str) -> Option<Value> {
    match expression {
        "true" => Some(Value::from(true)),
        "false" => Some(Value::from(false)),
        _ => match expression.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) => (!text.contains('\\')).then(|| Value::normal_string(text)),
            None => expression.parse::<i64>().ok().map(Value::from),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_or_left() {
        let read = component("<brief story={item.story} level={2} label=\"By day\"/>").unwrap();
        assert_eq!(read, ("brief", vec![("story", "item.story"), ("level", "2"), ("label", "\"By day\"")]));
        assert_eq!(component("<brief/>").unwrap(), ("brief", vec![]));
        for other in ["<brief {...story}/>", "<brief story={ {\"a\": 1} }/>", "<brief story>", "page.title", "<a b={c"]
        {
            assert!(component(other).is_none(), "{other}");
        }
    }
}

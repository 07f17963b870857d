//! The values that a setting may have, and how they are written in a style sheet.

use super::Setting;
use cssparser::color::{parse_hash_color, parse_named_color};
use serde::Deserialize;
use toml::Value;

/// What a setting's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A colour of CSS, as `#8b1a1a`, `teal` or `rgb(139 26 26)`.
    #[serde(alias = "color")]
    Colour,
    /// A length of CSS, as `38rem`.
    Length,
    /// Font families, as CSS lists them.
    Fonts,
    /// A list of texts.
    List,
}

/// What is wrong, and a hint.
type Wrong = (String, String);

/// Signs that could end the property that a value stands in.
const FORBIDDEN: &str = "<>{};\\";
/// Units of lengths (CSS Values and Units Level 4, <https://www.w3.org/TR/css-values-4/#lengths>), without those of print.
const UNITS: [&str; 14] = ["rem", "em", "px", "ch", "ex", "lh", "rlh", "vw", "vh", "vmin", "vmax", "svw", "dvw", "%"];
/// Functions that give a colour.
const COLOURS: [&str; 8] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "oklch(", "color-mix("];
/// Functions that give a length.
const LENGTHS: [&str; 4] = ["calc(", "clamp(", "min(", "max("];

impl Setting {
    /// What its values are.
    pub fn kind(&self) -> Type {
        self.kind.unwrap_or(match self.default {
            Value::Integer(_) => Type::Integer,
            Value::Float(_) => Type::Number,
            Value::Boolean(_) => Type::Boolean,
            Value::Array(_) => Type::List,
            _ => Type::Text,
        })
    }

    /// What a theme says of its own setting must hold together.
    pub(super) fn check_itself(&self, name: &str) -> Result<(), Wrong> {
        let is_property = |property: &String| {
            property.strip_prefix("--").is_some_and(|name| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            })
        };
        if let Some(property) = self.property.as_ref().filter(|property| !is_property(property)) {
            let message = format!("`{property}` of the setting `{name}` is no custom property");
            return Err((message, "as in property = \"--accent\"".to_owned()));
        }
        self.check(name, &self.default)
            .map_err(|(message, hint)| (format!("the default is no value of the setting: {message}"), hint))
    }

    /// Whether it may have a value.
    pub(super) fn check(&self, name: &str, value: &Value) -> Result<(), Wrong> {
        let wrong = |message: String| Err((message, self.about.clone()));
        if let Some(kind) = mismatch(self.kind(), value) {
            return wrong(format!("the theme setting `{name}` is {}, not {kind}", said(value)));
        }
        if self.property.is_some() && value.as_str().is_some_and(|text| text.contains(|c| FORBIDDEN.contains(c))) {
            return wrong(format!("the theme setting `{name}` may hold none of {FORBIDDEN}"));
        }
        if !self.choices.is_empty() && !self.choices.contains(value) {
            let choices: Vec<String> = self.choices.iter().map(ToString::to_string).collect();
            return wrong(format!("the theme setting `{name}` may be {}, not {value}", choices.join(", ")));
        }
        let number = value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
        let (min, max) = (self.min.unwrap_or(f64::NEG_INFINITY), self.max.unwrap_or(f64::INFINITY));
        match number.filter(|number| !(min..=max).contains(number)) {
            Some(number) if number < min => wrong(format!("the theme setting `{name}` is at least {min}, not {value}")),
            Some(_) => wrong(format!("the theme setting `{name}` is at most {max}, not {value}")),
            None => Ok(()),
        }
    }
}

/// What a value should be, where it is not.
fn mismatch(kind: Type, value: &Value) -> Option<&'static str> {
    let text = |is: fn(&str) -> bool| value.as_str().is_some_and(|text| text.is_empty() || is(text.trim()));
    let (is, wanted) = match kind {
        Type::Text => (value.is_str(), "a text"),
        Type::Integer => (value.is_integer(), "a whole number"),
        Type::Number => (value.is_integer() || value.is_float(), "a number"),
        Type::Boolean => (value.is_bool(), "true or false"),
        Type::Colour => (text(is_colour), "a colour, as in \"#8b1a1a\""),
        Type::Length => (text(is_length), "a length, as in \"38rem\""),
        Type::Fonts => (text(|_| true), "a list of font families, as in \"Georgia, serif\""),
        Type::List => (value.as_array().is_some_and(|list| list.iter().all(Value::is_str)), "a list of texts"),
    };
    (!is).then_some(wanted)
}

/// A value as messages show it.
fn said(value: &Value) -> String {
    match value {
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => value.to_string(),
        other => format!("of type {}", other.type_str()),
    }
}

fn is_colour(text: &str) -> bool {
    let is_call = || text.ends_with(')') && COLOURS.iter().any(|call| text.starts_with(call));
    match text.strip_prefix('#') {
        Some(hash) => parse_hash_color(hash.as_bytes()).is_ok(),
        None => is_call() || text == "currentcolor" || text == "transparent" || parse_named_color(text).is_ok(),
    }
}

fn is_length(text: &str) -> bool {
    let is_call = || text.ends_with(')') && LENGTHS.iter().any(|call| text.starts_with(call));
    let has_unit = |unit: &str| text.strip_suffix(unit).is_some_and(|number| number.parse::<f64>().is_ok());
    text == "0" || is_call() || UNITS.iter().any(|unit| has_unit(unit))
}

/// A value in a style sheet; `None` where there is nothing to say.
pub(super) fn css(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Boolean(is) => u8::from(*is).to_string(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

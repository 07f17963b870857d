//! Whole numbers as readers of a language write them.

/// What stands between thousands (Unicode CLDR, "group" of the decimal symbols).
pub(super) fn group(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or("") {
        "de" | "es" | "it" | "nl" | "pt" | "da" | "id" | "tr" | "el" | "ro" | "sl" | "hr" | "sr" | "vi" => ".",
        "fr" => "\u{202f}",
        "sv" | "nb" | "nn" | "no" | "fi" | "cs" | "sk" | "pl" | "ru" | "uk" | "bg" | "hu" | "lt" | "lv" | "et" => {
            "\u{a0}"
        }
        _ => ",",
    }
}

/// A whole number with its thousands set apart.
pub(super) fn grouped(n: i64, separator: &str) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 8);
    if n < 0 {
        text.push('−');
    }
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

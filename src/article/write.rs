//! Front matter and body as text: the inverse of [`read`](super::read).

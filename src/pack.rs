//! Values as bytes and back, for what one build remembers for the next.
//!
//! The form is that of one program only: what is kept carries the version of the program that wrote it. Numbers are
//! little-endian, lists and texts stand behind their length. Reading never panics, whatever the bytes.

/// A value that can be kept.
pub trait Pack: Sized {
    /// Adds the value to `to`.
    fn pack(&self, to: &mut Vec<u8>);

    /// Takes a value from the front of `from`; `None` where none was packed there.
    fn unpack(from: &mut &[u8]) -> Option<Self>;
}

/// Implements [`Pack`] for a struct, field by field; a field that is left out is an error of the compiler.
macro_rules! packed {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl $crate::pack::Pack for $type {
            fn pack(&self, to: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($crate::pack::Pack::pack($field, to);)*
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: $crate::pack::Pack::unpack(from)?),* })
            }
        }
    };
}
pub(crate) use packed;

/// Takes so many bytes from the front.
pub fn take<'a>(from: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(taken)
}

macro_rules! numbers {
    ($($type:ty),*) => {
        $(impl Pack for $type {
            fn pack(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                let (taken, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(Self::from_le_bytes(*taken))
            }
        })*
    };
}

numbers!(u8, u16, u32, u64, i8, i16, i32, i64);

impl<const N: usize> Pack for [u8; N] {
    fn pack(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        take(from, N)?.try_into().ok()
    }
}

impl Pack for Box<str> {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        to.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        text(from).map(Into::into)
    }
}

impl Pack for String {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        to.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        text(from).map(Into::into)
    }
}

/// Adds a length, which takes one byte if it is short, as most are.
pub fn put_length(length: usize, to: &mut Vec<u8>) {
    match u8::try_from(length) {
        Ok(short) if short < u8::MAX => short.pack(to),
        _ => (u8::MAX.pack(to), (length as u32).pack(to)).1,
    }
}

/// Takes what stands behind a length of that form.
pub fn stretch<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = match u8::unpack(from)? {
        u8::MAX => u32::unpack(from)? as usize,
        short => usize::from(short),
    };
    take(from, length)
}

/// A packed text where it lies.
pub fn text<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    let length = u32::unpack(from)? as usize;
    std::str::from_utf8(take(from, length)?).ok()
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        u8::from(self.is_some()).pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Some(None),
            1 => T::unpack(from).map(Some),
            _ => None,
        }
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        (**self).pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl<T: Pack> Pack for Box<[T]> {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        self.iter().for_each(|value| value.pack(to));
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Vec::unpack(from).map(Into::into)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        for value in self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let length = u32::unpack(from)? as usize;
        // A damaged length must not ask for memory that the bytes cannot fill.
        let mut values = Vec::with_capacity(length.min(from.len()));
        for _ in 0..length {
            values.push(T::unpack(from)?);
        }
        Some(values)
    }
}

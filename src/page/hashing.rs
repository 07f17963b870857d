//! The hash of a view without its text: a serialiser that hashes what it is given.
//!
//! Each value goes in with its kind, and each text and list with its length or an end, so that two views that differ
//! anywhere hash differently (but for the chance of one in 2^128).

use serde::ser::{self, Serialize, Serializer};
use std::fmt::Error;
use xxhash_rust::xxh3::xxh3_128;

/// The hash of a value.
pub fn hash_of(value: &impl Serialize) -> u128 {
    // Gathered first: for something of the size of a page's view that is faster than a hash that grows with it.
    let mut bytes = Vec::with_capacity(1024);
    // Gathering cannot fail; a value that refuses to be serialised has the hash of what it gave until then.
    let _ = value.serialize(Hashing(&mut bytes));
    xxh3_128(&bytes)
}

#[derive(Clone, Copy)]
#[repr(u8)]
enum Tag {
    Nothing,
    Number,
    Text,
    Bytes,
    List,
    Fields,
    Variant,
    End,
}

struct Hashing<'h>(&'h mut Vec<u8>);

impl Hashing<'_> {
    fn put(&mut self, tag: Tag, bytes: &[u8]) {
        self.0.push(tag as u8);
        self.0.extend_from_slice(bytes);
    }

    fn counted(&mut self, tag: Tag, bytes: &[u8]) {
        self.put(tag, &(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    fn each(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        value.serialize(Hashing(self.0))
    }
}

macro_rules! numbers {
    ($($name:ident $type:ty),*) => {
        $(fn $name(mut self, value: $type) -> Result<(), Error> {
            self.put(Tag::Number, &value.to_le_bytes());
            Ok(())
        })*
    };
}

impl Serializer for Hashing<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128);
    numbers!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128);
    numbers!(serialize_f32 f32, serialize_f64 f64);

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.serialize_u8(u8::from(value))
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_u32(u32::from(value))
    }

    fn serialize_str(mut self, value: &str) -> Result<(), Error> {
        self.counted(Tag::Text, value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(mut self, value: &[u8]) -> Result<(), Error> {
        self.counted(Tag::Bytes, value);
        Ok(())
    }

    fn serialize_none(mut self) -> Result<(), Error> {
        self.put(Tag::Nothing, &[]);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(mut self, _: &'static str, index: u32, _: &'static str) -> Result<(), Error> {
        self.put(Tag::Variant, &index.to_le_bytes());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.put(Tag::Variant, &index.to_le_bytes());
        value.serialize(self)
    }

    fn serialize_seq(mut self, _: Option<usize>) -> Result<Self, Error> {
        self.put(Tag::List, &[]);
        Ok(self)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Self, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Self, Error> {
        self.put(Tag::Variant, &index.to_le_bytes());
        self.serialize_seq(Some(length))
    }

    fn serialize_map(mut self, _: Option<usize>) -> Result<Self, Error> {
        self.put(Tag::Fields, &[]);
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Self, Error> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Self, Error> {
        self.put(Tag::Variant, &index.to_le_bytes());
        self.serialize_map(Some(length))
    }
}

macro_rules! lists {
    ($($list:ident $method:ident),*) => {
        $(impl ser::$list for Hashing<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.each(value)
            }

            fn end(mut self) -> Result<(), Error> {
                self.put(Tag::End, &[]);
                Ok(())
            }
        })*
    };
}

lists!(SerializeSeq serialize_element, SerializeTuple serialize_element);
lists!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

macro_rules! fields {
    ($($fields:ident),*) => {
        $(impl ser::$fields for Hashing<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.counted(Tag::Text, name.as_bytes());
                self.each(value)
            }

            fn end(mut self) -> Result<(), Error> {
                self.put(Tag::End, &[]);
                Ok(())
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Hashing<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.each(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.each(value)
    }

    fn end(mut self) -> Result<(), Error> {
        self.put(Tag::End, &[]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn values_that_differ_anywhere_hash_differently() {
        let hashes = [
            hash_of(&("ab", "c")),
            hash_of(&("a", "bc")),
            hash_of(&vec![vec![1], vec![2]]),
            hash_of(&vec![vec![1, 2]]),
            hash_of(&(Some(1), None::<u8>)),
            hash_of(&(None::<u8>, Some(1))),
            hash_of(&serde_json::json!({ "a": [], "b": "c" })),
            hash_of(&serde_json::json!({ "a": "b", "c": [] })),
        ];
        for (at, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..at].contains(hash), "value {at} has the hash of an earlier one");
        }
    }
}

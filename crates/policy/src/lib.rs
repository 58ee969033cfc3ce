//! The AWS policy language: parsed once into types with source spans, printed back byte-stable.

//! How the generated tables are declared. The generator writes declarations; what they mean is here, once.

/// Declares a structure: the Rust type, its [`StructureShape`](crate::shape::StructureShape) and its codec.
macro_rules! structure {
    (
        $(#[$attribute:meta])*
        $kind:ident $name:ident {
            $($field:ident: $type:ty = $presence:ident $wire:literal $shape:ident;)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(
                #[doc = concat!("`", $wire, "`")]
                pub $field: $type,
            )*
        }

        impl $crate::Value for $name {
            fn read(node: $crate::node::Node<'_>) -> Result<Self, $crate::node::Mismatch> {
                #[allow(unused_mut, reason = "a structure may have no members")]
                let mut fields = $crate::node::Fields::of(node)?;
                let _ = &fields;
                Ok($name { $($field: fields.$presence()?,)* })
            }

            fn write(&self, sink: &mut dyn $crate::value::Sink) {
                sink.open($crate::value::Container::Structure);
                $($crate::value::$presence(sink, $wire, &self.$field);)*
                sink.close($crate::value::Container::Structure);
            }
        }

        impl $crate::Structure for $name {
            fn shape() -> &'static $crate::shape::StructureShape {
                static SHAPE: $crate::shape::StructureShape = $crate::shape::StructureShape {
                    name: stringify!($name),
                    members: &[$($crate::shape::Member {
                        name: $wire,
                        presence: $crate::macros::presence!($presence),
                        shape: &super::members::$shape,
                    },)*],
                    kind: $crate::shape::StructureKind::$kind,
                };
                &SHAPE
            }
        }
    };
}

/// The [`Presence`](crate::shape::Presence) that a word of [`structure!`] stands for.
macro_rules! presence {
    (required) => {
        $crate::shape::Presence::Required
    };
    (optional) => {
        $crate::shape::Presence::Optional
    };
}

/// Declares an operation: the Rust type that stands for it and its [`OperationShape`](crate::shape::OperationShape).
macro_rules! operation {
    (
        $(#[$attribute:meta])*
        $name:ident $shape:ident ($input:path) -> $output:path {
            $($member:ident: $value:expr,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl $crate::Operation for $name {
            type Input = $input;
            type Output = $output;

            fn shape() -> &'static $crate::shape::OperationShape {
                &$shape
            }
        }

        pub(super) static $shape: $crate::shape::OperationShape = $crate::shape::OperationShape {
            name: stringify!($name),
            service: &super::SERVICE,
            input: <$input as $crate::Structure>::shape,
            output: <$output as $crate::Structure>::shape,
            $($member: $value,)*
        };
    };
}

/// Declares the patterns of a service.
macro_rules! patterns {
    ($($name:ident = $source:literal;)*) => {
        $(pub(super) static $name: $crate::pattern::Pattern =
            $crate::pattern::Pattern::new($source, || $crate::pattern::Pattern::compile($source));)*
    };
}

pub(crate) use {operation, patterns, presence, structure};

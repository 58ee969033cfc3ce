//! Writes a model as Rust declarations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail};

use super::model::{Model, Operation, Pagination, Paginators, Shape};
use super::{BOTOCORE, Service, names};

/// Everything needed to write one service.
pub struct Writer<'m> {
    service: &'m Service,
    model: &'m Model,
    paginators: &'m Paginators,
    /// Operations that have the structure as input, and as output.
    inputs: BTreeMap<&'m str, Vec<&'m str>>,
    outputs: BTreeMap<&'m str, Vec<&'m str>>,
    /// Shapes that members, elements and entries refer to.
    members: BTreeSet<&'m str>,
    /// Structures that are neither inputs, outputs nor errors.
    nested: BTreeSet<&'m str>,
    patterns: BTreeMap<&'m str, String>,
}

impl<'m> Writer<'m> {
    /// Sorts the shapes of a model by what they are for.
    pub fn new(service: &'m Service, model: &'m Model, paginators: &'m Paginators) -> Result<Writer<'m>> {
        let mut writer = Writer {
            service,
            model,
            paginators,
            inputs: BTreeMap::new(),
            outputs: BTreeMap::new(),
            members: BTreeSet::new(),
            nested: BTreeSet::new(),
            patterns: BTreeMap::new(),
        };
        for (name, operation) in &model.operations {
            if let Some(input) = &operation.input {
                writer.inputs.entry(&input.shape).or_default().push(name);
                writer.reach(&input.shape)?;
            }
            if let Some(output) = &operation.output {
                writer.outputs.entry(&output.shape).or_default().push(name);
                writer.reach(&output.shape)?;
            }
        }
        let top = |name: &&str| writer.inputs.contains_key(*name) || writer.outputs.contains_key(*name);
        let is_structure =
            |name: &&str| model.shapes.get(*name).is_some_and(|shape| shape.kind == "structure");
        writer.nested =
            writer.members.iter().copied().filter(is_structure).filter(|name| !top(name)).collect();
        writer.check_names()?;
        writer.number_patterns();
        Ok(writer)
    }

    fn shape(&self, name: &str) -> Result<&'m Shape> {
        self.model.shapes.get(name).with_context(|| format!("the model has no shape `{name}`"))
    }

    /// Notes every shape that `name` refers to.
    fn reach(&mut self, name: &str) -> Result<()> {
        let shape = self.shape(name)?;
        let members = shape.members.0.iter().map(|(_, member)| member);
        for reference in members.chain(&shape.member).chain(&shape.key).chain(&shape.value) {
            if self.members.insert(&reference.shape) {
                self.reach(&reference.shape)?;
            }
        }
        Ok(())
    }

    fn check_names(&self) -> Result<()> {
        let mut seen = BTreeSet::new();
        for name in &self.members {
            if !seen.insert(names::constant(name)) {
                bail!("two shapes are called `{}` in Rust", names::constant(name));
            }
        }
        let mut seen: BTreeSet<String> = self.model.operations.keys().cloned().collect();
        for name in self.inputs.keys().chain(self.outputs.keys()).chain(&self.nested) {
            if !seen.insert(names::structure(name)) {
                bail!("a structure and something else are called `{name}`");
            }
        }
        Ok(())
    }

    fn number_patterns(&mut self) {
        let sources: BTreeSet<&'m str> =
            self.members.iter().filter_map(|name| self.model.shapes.get(*name)?.pattern.as_deref()).collect();
        self.patterns =
            sources.into_iter().enumerate().map(|(at, source)| (source, format!("PATTERN_{at}"))).collect();
    }

    /// The files of the service, by their path below `shapes`.
    pub fn files(&self) -> Vec<(String, String)> {
        let module = self.service.module;
        let file = |name: &str, title: &str, body: String| {
            (format!("{module}/{name}.rs"), format!("{}{body}", self.header(title)))
        };
        vec![
            (format!("{module}.rs"), format!("{}{}", self.header("The shapes of"), self.root())),
            file("errors", "The errors of", self.errors()),
            file("members", "The values that structures of the model have:", self.member_shapes()),
            file("operations", "The operations of", self.operations()),
            file("requests", "The inputs of", self.structures(self.inputs.keys().copied())),
            file("responses", "The outputs of", self.structures(self.outputs.keys().copied())),
            file(
                "structures",
                "The structures inside inputs and outputs of",
                self.structures(self.nested.iter().copied()),
            ),
        ]
    }

    fn header(&self, title: &str) -> String {
        let Service { module, version, .. } = self.service;
        let id = &self.model.metadata.service_id;
        format!(
            "//! {title} {id}, version {version}.\n\
             //!\n\
             //! Written by `cargo xtask generate` from `botocore/data/{module}/{version}` of botocore {BOTOCORE} (PyPI, Apache-2.0).\n\
             //! Do not edit.\n\n"
        )
    }

    fn root(&self) -> String {
        let metadata = &self.model.metadata;
        let mut out =
            String::from("pub mod errors;\nmod members;\nmod operations;\nmod requests;\nmod responses;\n");
        out.push_str("mod structures;\n\nuse crate::shape::{OperationShape, Protocol, ServiceShape};\n\n");
        let operations = self.model.operations.keys().cloned();
        let lists: [(&str, Vec<String>); 4] = [
            ("operations", operations.collect()),
            ("requests", self.inputs.keys().map(|name| names::structure(name)).collect()),
            ("responses", self.outputs.keys().map(|name| names::structure(name)).collect()),
            ("structures", self.nested.iter().map(|name| names::structure(name)).collect()),
        ];
        for (module, names) in lists {
            _ = writeln!(out, "pub use {module}::{{\n{}}};", wrapped(&names, "   ", ","));
        }
        let protocol = match metadata.protocol.as_str() {
            "query" => "Query",
            "json" => "Json11",
            _ => "RestJson",
        };
        let signing_name = metadata.signing_name.as_ref().unwrap_or(&metadata.endpoint_prefix);
        _ = write!(
            out,
            "\n/// The service. <{}/Welcome.html>\npub static SERVICE: ServiceShape = ServiceShape {{\n    id: {:?},\n    \
             signing_name: {signing_name:?},\n    api_version: {:?},\n    protocol: Protocol::{protocol},\n    \
             namespace: {:?},\n    target_prefix: {:?},\n    operations: OPERATIONS,\n}};\n\n",
            self.service.reference,
            metadata.service_id,
            metadata.api_version,
            metadata.xml_namespace,
            metadata.target_prefix
        );
        out.push_str(
            "/// Every operation, sorted by name.\npub static OPERATIONS: &[&OperationShape] = &[\n",
        );
        for name in self.model.operations.keys() {
            _ = writeln!(out, "    &operations::{},", names::constant(name));
        }
        out.push_str("];\n");
        let names: Vec<String> = self.model.operations.keys().cloned().collect();
        _ = write!(
            out,
            "\n/// Calls a macro with the names of all operations of [`{module}`](crate::{module}), separated by spaces.\n\
             #[macro_export]\nmacro_rules! every_{module}_operation {{\n    ($call:ident) => {{\n        $call! {{\n{}        }}\n    }};\n}}\n",
            wrapped(&names, "           ", ""),
            module = self.service.module
        );
        out
    }

    fn errors(&self) -> String {
        let mut out = String::from("use crate::shape::{ErrorShape, Fault};\n");
        let mut seen = BTreeSet::new();
        for (name, shape) in self.model.shapes.iter().filter(|(_, shape)| shape.exception) {
            let (code, status) = code_and_status(name, shape);
            if !seen.insert(code) {
                continue;
            }
            let fault = if status >= 500 { "Receiver" } else { "Sender" };
            _ = write!(
                out,
                "\n/// `{code}`, {status}.\npub static {}: ErrorShape =\n    \
                 ErrorShape {{ code: {code:?}, http_status: {status}, fault: Fault::{fault} }};\n",
                error_constant(code)
            );
        }
        out
    }

    fn member_shapes(&self) -> String {
        let mut out = String::from(
            "#[allow(unused_imports, reason = \"not every model has every kind\")]\n\
             use crate::shape::{IntegerShape, ListShape, MapShape, Sensitivity, Shape, TextShape, Width};\n",
        );
        if !self.patterns.is_empty() {
            out.push_str("\ncrate::macros::patterns! {\n");
            for (source, name) in &self.patterns {
                _ = writeln!(out, "    {name} = r#\"{source}\"#;");
            }
            out.push_str("}\n\n");
        }
        for name in &self.members {
            if let Some(shape) = self.model.shapes.get(*name) {
                let value = self.shape_value(name, shape);
                _ = writeln!(out, "pub(super) static {}: Shape = {value};", names::constant(name));
            }
        }
        out
    }

    fn shape_value(&self, name: &str, shape: &Shape) -> String {
        let reference = |reference: &Option<super::model::Reference>| {
            reference.as_ref().map_or_else(String::new, |reference| names::constant(&reference.shape))
        };
        let (min, max) = (shape.min.unwrap_or(0), bound(shape.max, "u32::MAX"));
        match shape.kind.as_str() {
            "structure" => {
                format!("Shape::Structure(<super::{} as crate::Structure>::shape)", names::structure(name))
            }
            "list" => format!(
                "Shape::List(ListShape {{ member: &{}, min: {min}, max: {max} }})",
                reference(&shape.member)
            ),
            "map" => format!(
                "Shape::Map(MapShape {{ key: &{}, value: &{}, min: {min}, max: {max} }})",
                reference(&shape.key),
                reference(&shape.value)
            ),
            "integer" | "long" => {
                let width = if shape.kind == "long" { 64 } else { 32 };
                let min = bound(shape.min, if width == 64 { "i64::MIN" } else { "i32::MIN as i64" });
                let max = bound(shape.max, if width == 64 { "i64::MAX" } else { "i32::MAX as i64" });
                format!(
                    "Shape::Integer(IntegerShape {{ min: {min}, max: {max}, width: Width::Bits{width} }})"
                )
            }
            "boolean" => "Shape::Boolean".to_owned(),
            "timestamp" => "Shape::Timestamp".to_owned(),
            "double" | "float" => "Shape::Double".to_owned(),
            "blob" => format!(
                "Shape::Blob(Sensitivity::{})",
                if self.is_secret(name) { "Secret" } else { "Public" }
            ),
            _ => self.text_value(name, shape),
        }
    }

    fn text_value(&self, name: &str, shape: &Shape) -> String {
        let mut fields = Vec::new();
        fields.extend(shape.min.filter(|min| *min != 0).map(|min| format!("min: {min}")));
        fields.extend(shape.max.map(|max| format!("max: {max}")));
        let pattern = shape.pattern.as_deref().and_then(|pattern| self.patterns.get(pattern));
        fields.extend(pattern.map(|pattern| format!("pattern: Some(&{pattern})")));
        if !shape.values.is_empty() {
            fields.push(format!("values: &{:?}", shape.values));
        }
        if self.is_secret(name) {
            fields.push("sensitivity: Sensitivity::Secret".to_owned());
        }
        if fields.is_empty() {
            return "Shape::Text(TextShape::ANY)".to_owned();
        }
        format!("Shape::Text(TextShape {{ {}, ..TextShape::ANY }})", fields.join(", "))
    }

    fn is_secret(&self, name: &str) -> bool {
        self.model.shapes.get(name).is_some_and(|shape| shape.sensitive)
            || self.service.secrets.contains(&name)
    }

    fn operations(&self) -> String {
        let mut out = String::from("use crate::macros::operation;\n");
        out.push_str("use crate::shape::Authentication;\n");
        for (name, operation) in &self.model.operations {
            let page = format!("{}/API_{name}.html", self.service.reference);
            let nothing = || "crate::Nothing".to_owned();
            let structure = |shape: &str| format!("super::{}", names::structure(shape));
            let input = operation.input.as_ref().map_or_else(nothing, |input| structure(&input.shape));
            let output = operation.output.as_ref().map_or_else(nothing, |output| structure(&output.shape));
            _ = write!(
                out,
                "\noperation! {{\n    /// <{page}>\n    {name} {} ({input}) -> {output} {{\n",
                names::constant(name)
            );
            for (member, value) in self.operation_members(name, operation) {
                _ = writeln!(out, "        {member}: {value},");
            }
            _ = write!(out, "        documentation: {page:?},\n    }}\n}}\n");
        }
        out
    }

    fn operation_members(&self, name: &str, operation: &Operation) -> [(&'static str, String); 6] {
        let unsigned = operation.authtype.as_deref() == Some("none");
        let errors: Vec<String> = operation
            .errors
            .iter()
            .filter_map(|error| {
                let shape = self.model.shapes.get(&error.shape)?;
                Some(format!("&super::errors::{}", error_constant(code_and_status(&error.shape, shape).0)))
            })
            .collect();
        let result = operation.output.as_ref().and_then(|output| output.result_wrapper.as_ref());
        let pagination = self.paginators.pagination.get(name).map(pagination);
        [
            ("http_method", format!("{:?}", operation.http.method)),
            ("http_path", format!("{:?}", operation.http.request_uri)),
            ("result", option(result.map(|result| format!("{result:?}")))),
            ("errors", format!("&[{}]", errors.join(", "))),
            ("authentication", format!("Authentication::{}", if unsigned { "Unsigned" } else { "Signed" })),
            ("pagination", option(pagination)),
        ]
    }

    fn structures(&self, list: impl Iterator<Item = &'m str>) -> String {
        let mut out = String::from("use crate::macros::structure;\n");
        for name in list {
            if let Some(shape) = self.model.shapes.get(name) {
                _ = write!(out, "\nstructure! {{\n{}", self.structure_head(name, shape));
                for (wire, member) in &shape.members.0 {
                    let required = shape.required.contains(wire);
                    let plain = self
                        .rust_type(&member.shape, if self.nested.contains(name) { "" } else { "super::" });
                    let (presence, kind) =
                        if required { ("required", plain) } else { ("optional", format!("Option<{plain}>")) };
                    _ = writeln!(
                        out,
                        "        {}: {kind} = {presence} {wire:?} {};",
                        names::field(wire),
                        names::constant(&member.shape)
                    );
                }
                out.push_str("    }\n}\n");
            }
        }
        out
    }

    fn structure_head(&self, name: &str, shape: &Shape) -> String {
        let page = |name: &str| format!("<{}/API_{name}.html>", self.service.reference);
        let pages = |what: &str, operations: &[&str]| {
            let pages: Vec<String> = operations.iter().map(|name| page(name)).collect();
            format!("The {what} of `{}`. {}", operations.join("` and of `"), pages.join(", "))
        };
        let about = match (self.inputs.get(name), self.outputs.get(name)) {
            (Some(operations), _) => pages("input", operations),
            (None, Some(operations)) => pages("output", operations),
            (None, None) => page(name),
        };
        let kind = if shape.union { "Union" } else { "Record" };
        let default = if shape.required.is_empty() { "    #[derive(Default)]\n" } else { "" };
        format!("    /// {about}\n{default}    {kind} {} {{\n", names::structure(name))
    }

    /// The Rust type of a value; `path` leads to the structures.
    fn rust_type(&self, name: &str, path: &str) -> String {
        let Some(shape) = self.model.shapes.get(name) else { return String::new() };
        let of = |reference: &Option<super::model::Reference>| {
            reference.as_ref().map_or_else(String::new, |reference| self.rust_type(&reference.shape, path))
        };
        match shape.kind.as_str() {
            "structure" => format!("{path}{}", names::structure(name)),
            "list" => format!("Vec<{}>", of(&shape.member)),
            "map" => format!("std::collections::BTreeMap<String, {}>", of(&shape.value)),
            "integer" | "long" => "i64".to_owned(),
            "boolean" => "bool".to_owned(),
            "timestamp" => "jiff::Timestamp".to_owned(),
            "double" | "float" => "f64".to_owned(),
            "blob" if self.is_secret(name) => "crate::Secret<Vec<u8>>".to_owned(),
            "blob" => "Vec<u8>".to_owned(),
            _ if self.is_secret(name) => "crate::Secret<String>".to_owned(),
            _ => "String".to_owned(),
        }
    }
}

/// An error's code and HTTP status; one without either is a sender's error of its own name.
fn code_and_status<'m>(name: &'m str, shape: &'m Shape) -> (&'m str, u16) {
    let error = shape.error.as_ref();
    let code = error.and_then(|error| error.code.as_deref()).unwrap_or(name);
    (code, error.map_or(400, |error| error.http_status_code))
}

fn error_constant(code: &str) -> String {
    names::constant(code.strip_suffix("Exception").unwrap_or(code))
}

fn bound(value: Option<i64>, without: &str) -> String {
    value.map_or_else(|| without.to_owned(), |value| value.to_string())
}

fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}

fn pagination(pagination: &Pagination) -> String {
    let first = |texts: &[String]| texts.first().cloned().unwrap_or_default();
    format!(
        "crate::shape::Pagination {{ input_token: {:?}, output_token: {:?}, limit_key: {:?}, more_results: {:?}, result_keys: &{:?} }}",
        first(pagination.input_token.as_slice()),
        first(pagination.output_token.as_slice()),
        pagination.limit_key.as_deref().unwrap_or_default(),
        pagination.more_results.as_deref().unwrap_or_default(),
        pagination.result_key.as_slice()
    )
}

/// Names in lines of moderate length, each after a space and before `end`.
fn wrapped(names: &[String], indent: &str, end: &str) -> String {
    let mut out = String::new();
    let mut line = indent.to_owned();
    for name in names {
        if line.len() + name.len() > 108 {
            _ = writeln!(out, "{line}");
            line = indent.to_owned();
        }
        _ = write!(line, " {name}{end}");
    }
    _ = writeln!(out, "{line}");
    out
}

//! From which template a role was made, as stored.

use doorward_policy::placeholder::Values;
use minicbor::{Decode, Encode};

use crate::role_template::RoleSource;

#[derive(Encode, Decode)]
pub(super) struct SourceRecord<'b> {
    #[b(0)]
    arn: &'b str,
    #[n(1)]
    minor: u32,
    #[b(2)]
    parameters: Vec<ParameterRecord<'b>>,
}

#[derive(Encode, Decode)]
struct ParameterRecord<'b> {
    #[b(0)]
    name: &'b str,
    #[b(1)]
    values: ValuesRecord<'b>,
}

#[derive(Encode, Decode)]
enum ValuesRecord<'b> {
    #[n(0)]
    One(#[b(0)] &'b str),
    #[n(1)]
    List(#[b(0)] Vec<&'b str>),
}

impl<'b> SourceRecord<'b> {
    pub(super) fn of(source: &'b RoleSource) -> Self {
        let values = |values: &'b Values| match values {
            Values::One(value) => ValuesRecord::One(value),
            Values::List(list) => ValuesRecord::List(list.iter().map(|value| &**value).collect()),
        };
        let given = source.values.iter();
        let parameters = given.map(|(name, given)| ParameterRecord { name, values: values(given) });
        Self { arn: &source.arn, minor: source.minor, parameters: parameters.collect() }
    }

    pub(super) fn read(self) -> RoleSource {
        let parameter = |parameter: ParameterRecord<'_>| {
            let values = match parameter.values {
                ValuesRecord::One(value) => Values::One(value.into()),
                ValuesRecord::List(list) => Values::List(list.into_iter().map(Into::into).collect()),
            };
            (parameter.name.into(), values)
        };
        let values = self.parameters.into_iter().map(parameter).collect();
        RoleSource { arn: self.arn.into(), minor: self.minor, values }
    }
}

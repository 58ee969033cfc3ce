//! Login profiles and password policies.

use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::password::{LoginProfile, PasswordPolicy};

#[derive(Encode, Decode)]
pub(super) struct LoginRecord<'b> {
    #[n(0)]
    created_s: i64,
    #[n(1)]
    changed_s: i64,
    #[n(2)]
    reset_required: bool,
    #[b(3)]
    hash: &'b ByteSlice,
    #[b(4)]
    previous: Vec<&'b ByteSlice>,
}

#[derive(Encode, Decode)]
pub(super) struct PasswordPolicyRecord {
    #[n(0)]
    length_min: u32,
    #[n(1)]
    symbols: bool,
    #[n(2)]
    numbers: bool,
    #[n(3)]
    uppercase: bool,
    #[n(4)]
    lowercase: bool,
    #[n(5)]
    users_may_change: bool,
    #[n(6)]
    age_days_max: Option<u32>,
    #[n(7)]
    reuse_prevention: Option<u32>,
    #[n(8)]
    hard_expiry: Option<bool>,
}

pub(super) fn login_record(login: &LoginProfile) -> LoginRecord<'_> {
    LoginRecord {
        created_s: login.created.as_second(),
        changed_s: login.changed.as_second(),
        reset_required: login.reset_required,
        hash: (*login.sealed_hash).into(),
        previous: login.sealed_previous.iter().map(|hash| (**hash).into()).collect(),
    }
}

pub(super) fn login(record: LoginRecord<'_>) -> Result<LoginProfile, Reason> {
    Ok(LoginProfile {
        created: time(record.created_s)?,
        changed: time(record.changed_s)?,
        reset_required: record.reset_required,
        sealed_hash: (**record.hash).into(),
        sealed_previous: record.previous.into_iter().map(|hash| (**hash).into()).collect(),
    })
}

pub(super) const fn policy_record(policy: &PasswordPolicy) -> PasswordPolicyRecord {
    PasswordPolicyRecord {
        length_min: policy.length_min,
        symbols: policy.symbols,
        numbers: policy.numbers,
        uppercase: policy.uppercase,
        lowercase: policy.lowercase,
        users_may_change: policy.users_may_change,
        age_days_max: policy.age_days_max,
        reuse_prevention: policy.reuse_prevention,
        hard_expiry: policy.hard_expiry,
    }
}

pub(super) const fn policy(record: PasswordPolicyRecord) -> PasswordPolicy {
    PasswordPolicy {
        length_min: record.length_min,
        symbols: record.symbols,
        numbers: record.numbers,
        uppercase: record.uppercase,
        lowercase: record.lowercase,
        users_may_change: record.users_may_change,
        age_days_max: record.age_days_max,
        reuse_prevention: record.reuse_prevention,
        hard_expiry: record.hard_expiry,
    }
}

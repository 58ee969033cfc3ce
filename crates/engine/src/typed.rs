//! Stand-in for `doorward_policy::value`.
use std::net::IpAddr;
pub(crate) type Number = i64;
pub(crate) type Instant = i64;
#[derive(Debug)]
pub(crate) struct Network(IpAddr, u8);
impl Network {
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.0, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let m = u32::MAX.checked_shl(32 - u32::from(self.1)).unwrap_or(0);
                a.to_bits() & m == b.to_bits() & m
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let m = u128::MAX.checked_shl(128 - u32::from(self.1)).unwrap_or(0);
                a.to_bits() & m == b.to_bits() & m
            }
            _ => false,
        }
    }
}
pub(crate) fn number(t: &str) -> Option<Number> {
    t.parse().ok()
}
pub(crate) fn instant(t: &str) -> Option<Instant> {
    t.parse().ok()
}
pub(crate) fn address(t: &str) -> Option<IpAddr> {
    t.parse().ok()
}
pub(crate) fn network(t: &str) -> Option<Network> {
    match t.split_once('/') {
        Some((a, p)) => Some(Network(a.parse().ok()?, p.parse().ok()?)),
        None => {
            let a: IpAddr = t.parse().ok()?;
            Some(Network(a, if a.is_ipv4() { 32 } else { 128 }))
        }
    }
}
pub(crate) fn boolean(t: &str) -> Option<bool> {
    if t.eq_ignore_ascii_case("true") {
        Some(true)
    } else if t.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}
pub(crate) fn is_base64(t: &str) -> bool {
    t.len() % 4 == 0
}

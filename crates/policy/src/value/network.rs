//! Ranges of IP addresses.

use std::net::{IpAddr, Ipv4Addr};

/// A range of IP addresses: a CIDR block, or one address. A range of one version of IP holds no address of the other.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress>
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Network {
    /// The bits that count, all others zero, in the low 32 bits for version 4.
    bits: u128,
    mask: u128,
    version: Version,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Version {
    V4,
    V6,
}

impl Network {
    /// Reads `address` or `address/length`. Bits of the address beyond the length do not count, so that `10.0.0.5/8`
    /// is `10.0.0.0/8`; AWS does not document whether it minds them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            None => (text, None),
            Some((address, length)) => (address, Some(prefix_length(length)?)),
        };
        let (bits, version) = bits(self::address(address)?);
        let width = match version {
            Version::V4 => 32,
            Version::V6 => 128,
        };
        let length = length.unwrap_or(width);
        if length > width {
            return None;
        }
        let whole = u128::MAX >> (128 - width);
        let mask = whole & !whole.checked_shr(length).unwrap_or(0);
        Some(Self { bits: bits & mask, mask, version })
    }

    /// The bits that an address of version 4 in the range has, and which of its bits count; `None` for a range of version 6.
    #[must_use]
    pub fn v4(&self) -> Option<(u32, u32)> {
        match self.version {
            Version::V4 => Some((u32::try_from(self.bits).ok()?, u32::try_from(self.mask).ok()?)),
            Version::V6 => None,
        }
    }

    /// The same of version 6.
    #[must_use]
    pub const fn v6(&self) -> Option<(u128, u128)> {
        match self.version {
            Version::V4 => None,
            Version::V6 => Some((self.bits, self.mask)),
        }
    }

    /// Whether the address lies in the range.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let (bits, version) = bits(address);
        version == self.version && bits & self.mask == self.bits
    }
}

/// Reads an address of either version: four numbers without zeros before them, or the forms of version 6, without a zone
/// and without brackets. Allocates nothing.
#[must_use]
pub fn address(text: &str) -> Option<IpAddr> {
    dotted(text.as_bytes()).map(IpAddr::V4).or_else(|| text.parse().ok())
}

/// Reads `203.0.113.7`.
fn dotted(text: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut at = 0;
    let mut digits = 0u32;
    let mut octet = 0u32;
    for &byte in text {
        match byte {
            b'0'..=b'9' if digits < 3 && (digits == 0 || octet > 0) => {
                octet = octet * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && at < 3 => {
                *octets.get_mut(at)? = u8::try_from(octet).ok()?;
                (at, digits, octet) = (at + 1, 0, 0);
            }
            _ => return None,
        }
    }
    *octets.get_mut(3).filter(|_| at == 3 && digits > 0)? = u8::try_from(octet).ok()?;
    Some(octets.into())
}

fn bits(address: IpAddr) -> (u128, Version) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), Version::V4),
        IpAddr::V6(address) => (address.to_bits(), Version::V6),
    }
}

/// One to three digits, without a zero before others.
fn prefix_length(text: &str) -> Option<u32> {
    let plain = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = text.len() > 1 && text.starts_with('0');
    text.parse().ok().filter(|_| plain && !padded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn addresses_are_read_as_the_library_does(
            bits in any::<u32>(),
            close in "[0-9]{0,4}\\.[0-9]{0,4}\\.[0-9]{0,4}\\.[0-9]{0,4}",
            small in "(0|1|10|25[0-9]|00)\\.(0|[0-9]{2})\\.(255|256)\\.[0-9]{1,3}",
            other in "[0-9a-fA-F.:/%\u{661}]{0,20}",
        ) {
            for text in [Ipv4Addr::from(bits).to_string(), close, small, other] {
                prop_assert_eq!(dotted(text.as_bytes()), text.parse().ok(), "{}", text);
                prop_assert_eq!(address(&text), text.parse().ok(), "{}", text);
            }
        }
    }

    #[test]
    fn ranges_hold_their_addresses() {
        for (range, address, expected) in [
            ("10.0.0.0/8", "10.200.0.1", true),
            ("10.0.0.5/8", "10.200.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("0.0.0.0/0", "203.0.113.8", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "10.0.0.1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:DB8::/32", "2001:db9::", false),
            ("2001:db8::1/128", "2001:0db8:0:0:0:0:0:1", true),
            ("10.0.0.0/31", "10.0.0.1", true),
            ("10.0.0.0/31", "10.0.0.2", false),
        ] {
            let network = Network::parse(range).unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), expected, "{range} {address}");
        }
    }

    #[test]
    fn refuses_what_is_no_range() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0",
            "010.0.0.0",
            "::/129",
            "*",
            "10.0.0.0/8/8",
            "10.0.0.*",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}

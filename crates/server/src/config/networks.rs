//! Networks in CIDR form, for the proxies that are believed.

use std::net::IpAddr;

/// A network, `192.0.2.0/24`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `address` or `address/bits`.
    ///
    /// # Errors
    /// A reason in French.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("« {text} » n’est ni une adresse IP ni un réseau « adresse/bits »");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let prefix = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| wrong()))?;
        if prefix > most {
            return Err(wrong());
        }
        let network = Self { address, prefix };
        if bits_of(address) != network.masked(address) {
            return Err(format!("« {text} » a des bits d’adresse après les {prefix} premiers"));
        }
        Ok(network)
    }

    /// Whether the address belongs to it; an IPv4 address written as IPv6 counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4() && self.masked(address) == bits_of(self.address)
    }

    fn masked(&self, address: IpAddr) -> u128 {
        let width: u32 = if address.is_ipv4() { 32 } else { 128 };
        let host = width.saturating_sub(u32::from(self.prefix));
        let bits = bits_of(address);
        bits.checked_shr(host).and_then(|kept| kept.checked_shl(host)).unwrap_or(0)
    }
}

fn bits_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_bits()),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(network: &str, address: &str) -> bool {
        Network::parse(network).unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_other() {
        assert!(holds("192.0.2.0/24", "192.0.2.255") && !holds("192.0.2.0/24", "192.0.3.0"));
        assert!(holds("192.0.2.7", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.6"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1") && !holds("2001:db8::/32", "2001:db9::"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("::/0", "2001:db8::1") && !holds("::/0", "192.0.2.1"));
    }

    #[test]
    fn an_ipv4_address_inside_ipv6_is_an_ipv4_address() {
        assert!(holds("192.0.2.0/24", "::ffff:192.0.2.9"));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "proxy", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "::/129", "192.0.2.1/24"] {
            assert!(Network::parse(text).is_err(), "{text}");
        }
    }
}

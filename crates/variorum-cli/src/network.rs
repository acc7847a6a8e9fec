//! How far the program may go on the network.

use ipnet::IpNet;
use variorum_fetch::{Door, Policy};

/// How far the program may go on the network.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Network")]
pub struct Network {
    /// Addresses of this network that may be asked although they are private (10.1.0.0/16); may be given more than once
    #[arg(long, value_name = "RANGE", value_parser = range)]
    allow: Vec<IpNet>,
    /// A proxy for all that is fetched
    #[arg(long, value_name = "ADDRESS")]
    proxy: Option<String>,
    /// Where whoever is asked can write to: an address of mail or of a page, told to every site
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
}

impl Network {
    /// Returns the door to it.
    pub fn door(&self) -> anyhow::Result<Door> {
        let Network { allow, proxy, contact } = self.clone();
        Ok(Door::new(Policy { allow, proxy, contact })?)
    }

    /// Returns the private addresses that may be asked.
    pub fn allowed(&self) -> Vec<IpNet> {
        self.allow.clone()
    }
}

/// A range, or one address.
fn range(text: &str) -> Result<IpNet, String> {
    let one = || text.parse::<std::net::IpAddr>().map(IpNet::from).ok();
    text.parse().ok().or_else(one).ok_or_else(|| format!("`{text}` is no range of addresses; write 10.1.0.0/16"))
}

/// `90s`, `5m`, `1h`, `1d`: a stretch of time in seconds.
pub fn stretch(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "s" => 1,
        "" | "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => 0,
    };
    let seconds = digits.parse::<u32>().ok().map(|n| i64::from(n) * unit).filter(|seconds| *seconds >= 60);
    seconds.ok_or_else(|| {
        format!("`{text}` is no time that sources can be asked in; write 1h, 30m or 1d, a minute at least")
    })
}

#[cfg(test)]
mod tests {
    use super::{range, stretch};

    #[test]
    fn stretches_and_ranges_are_read_as_people_write_them() {
        assert_eq!(["1h", "90s", "5m", "15", "1d"].map(|text| stretch(text).unwrap()), [3_600, 90, 300, 900, 86_400]);
        for odd in ["", "1s", "soon", "1w", "-1h", "0", "é"] {
            assert!(stretch(odd).is_err(), "{odd}");
        }
        assert!(range("127.0.0.0/8").is_ok() && range("::1").is_ok() && range("home").is_err());
    }
}

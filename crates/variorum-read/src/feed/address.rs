//! Addresses of the web.

use url::Url;

/// Returns the host of an address of the web, without `www.`.
pub(crate) fn host(address: &str) -> Option<String> {
    let address = Url::parse(address.trim()).ok().filter(is_web)?;
    let host = address.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Returns an address of the web as it is written, or made whole with the address around it; none where it is no such.
pub(crate) fn joined(base: Option<&str>, address: &str) -> Option<String> {
    let address = address.trim();
    match Url::parse(address) {
        Ok(whole) => is_web(&whole).then(|| address.to_owned()),
        Err(_) if address.is_empty() => None,
        Err(_) => {
            let base = Url::parse(base?.trim()).ok().filter(is_web)?;
            base.join(address).ok().filter(is_web).map(String::from)
        }
    }
}

fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https") && address.has_host()
}

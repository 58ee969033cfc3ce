//! What this crate is held against: AWS's own vectors, requests of a real SDK, every refusal, random requests.

#[cfg(test)]
mod properties;
#[cfg(test)]
mod rejections;
#[cfg(test)]
mod sdk_requests;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod wire;

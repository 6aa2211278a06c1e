//! A bucket that speaks S3.

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{ClientOptions, Error, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// Longest whole request: 10 Mo over a slow line.
const REQUEST: Duration = Duration::from_secs(20);
/// Longest time spent on one call, tries included.
const TRIES: Duration = Duration::from_secs(5);

/// Where a bucket is, and who may use it.
pub struct S3 {
    /// `https://…`; plain `http` is for a machine of one's own network.
    pub adresse: String,
    /// Region, as the service names it.
    pub region: String,
    /// Bucket.
    pub seau: String,
    /// Access key id and secret access key.
    pub cles: (String, String),
}

impl S3 {
    pub(super) fn client(&self) -> Result<AmazonS3, Error> {
        install_tls();
        let options = ClientOptions::new()
            .with_connect_timeout(CONNECT)
            .with_timeout(REQUEST)
            .with_allow_http(self.adresse.starts_with("http://"));
        let retry = RetryConfig { max_retries: 2, retry_timeout: TRIES, ..RetryConfig::default() };
        AmazonS3Builder::new()
            .with_endpoint(&self.adresse)
            .with_region(&self.region)
            .with_bucket_name(&self.seau)
            .with_access_key_id(&self.cles.0)
            .with_secret_access_key(&self.cles.1)
            .with_client_options(options)
            .with_retry(retry)
            .build()
    }
}

/// The HTTP client comes without a cryptographic provider: ours is ring, for the whole process.
fn install_tls() {
    // Somebody may have installed it before: then theirs stands, and it is ring as well.
    let _: Result<(), Arc<_>> = rustls::crypto::ring::default_provider().install_default();
}

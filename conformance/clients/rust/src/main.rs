//! What the AWS SDK for Rust makes of the server: one story, its findings printed as JSON.

use std::env::var;
use std::time::Duration;

use aws_sdk_iam::client::Waiters as _;
use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_sdk_iam::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_iam::types::Tag;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// One client of each service, with the same keys.
struct Clients {
    iam: aws_sdk_iam::Client,
    sts: aws_sdk_sts::Client,
}

impl Clients {
    fn new(id: &str, secret: &str, token: Option<&str>) -> Result<Self> {
        let keys = Credentials::new(id, secret, token.map(str::to_owned), None, "given");
        macro_rules! configuration {
            ($service:ident) => {
                $service::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new("us-east-1"))
                    .endpoint_url(var("AWS_ENDPOINT_URL")?)
                    .credentials_provider(SharedCredentialsProvider::new(keys.clone()))
                    .retry_config(RetryConfig::disabled())
                    .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
                    .http_client(aws_smithy_http_client::Builder::new().build_http())
                    .build()
            };
        }
        let iam = aws_sdk_iam::Client::from_conf(configuration!(aws_sdk_iam));
        let sts = aws_sdk_sts::Client::from_conf(configuration!(aws_sdk_sts));
        Ok(Self { iam, sts })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let root = Clients::new(&var("AWS_ACCESS_KEY_ID")?, &var("AWS_SECRET_ACCESS_KEY")?, None)?;
    let arn = root.sts.get_caller_identity().send().await?.arn.unwrap_or_default();
    let account = arn.split(':').nth(4).unwrap_or_default().to_owned();

    for name in ["r1", "r2", "r3"] {
        let tag = Tag::builder().key("ключ").value("a b+c=é").build()?;
        root.iam.create_user().user_name(name).path("/rust/").tags(tag).send().await?;
    }
    let mut pages = root.iam.list_users().path_prefix("/rust/").into_paginator().page_size(2).send();
    let mut users = Vec::new();
    while let Some(page) = pages.next().await {
        let page: Vec<String> = page?.users.into_iter().map(|user| user.user_name).collect();
        users.push(page);
    }

    let key = root.iam.create_access_key().user_name("r1").send().await?.access_key.ok_or("no key")?;
    let user = Clients::new(&key.access_key_id, &key.secret_access_key, None)?;
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"AWS": format!("arn:aws:iam::{account}:user/rust/r1")},
        "Action": "sts:AssumeRole",
    }]});
    let permissions = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "iam:GetRole", "Resource": "*",
    }]});
    let role = root.iam.create_role().role_name("rust").assume_role_policy_document(trust.to_string());
    let role = role.send().await?.role.ok_or("no role")?;
    let policy = root.iam.put_role_policy().role_name("rust").policy_name("own");
    policy.policy_document(permissions.to_string()).send().await?;
    root.iam.wait_until_role_exists().role_name("rust").wait(Duration::from_secs(30)).await?;

    let session = user.sts.assume_role().role_arn(&role.arn).role_session_name("rs-1").send().await?;
    let given = session.credentials.ok_or("no credentials")?;
    let session = Clients::new(&given.access_key_id, &given.secret_access_key, Some(&given.session_token))?;
    let shown = session.iam.get_role().role_name("rust").send().await?.role.ok_or("no role")?;

    let found = json!({
        "root": arn,
        "users": users,
        "created_s": key.create_date.map(|date| date.secs()),
        "trust_is_encoded": shown.assume_role_policy_document.is_some_and(|text| text.starts_with("%7B")),
        "denied": denied(&session).await,
        "absent": absent(&root).await,
    });
    println!("{found}");
    Ok(())
}

/// An error that the model does not list for the operation.
async fn denied(session: &Clients) -> Value {
    match session.iam.list_users().send().await {
        Ok(_) => Value::Null,
        Err(error) => json!({"code": error.code(), "message": error.message(), "status": status(&error)}),
    }
}

/// An error that the SDK has a type for.
async fn absent(root: &Clients) -> Value {
    match root.iam.get_role().role_name("absent").send().await {
        Ok(_) => Value::Null,
        Err(error) => json!({
            "message": error.message(),
            "status": status(&error),
            "mapped": error.as_service_error().is_some_and(|error| error.is_no_such_entity_exception()),
        }),
    }
}

fn status<E>(error: &SdkError<E>) -> Option<u16> {
    error.raw_response().map(|response| response.status().as_u16())
}

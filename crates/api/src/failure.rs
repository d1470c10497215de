//! What every refusal looks like.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A request that was not done, and whose turn it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Always false.
    #[cfg_attr(feature = "typescript", ts(type = "false"))]
    pub success: bool,
    /// What is wrong, as a sentence.
    #[schema(value_type = String, example = "Code is required and must be a string")]
    pub error: Cow<'static, str>,
    /// The same for programs: it does not change when the sentence does.
    #[schema(value_type = String, example = "CODE_REQUIRED")]
    pub code: Cow<'static, str>,
    /// The field at fault, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "code")]
    pub field: Option<Cow<'static, str>>,
    /// Names this request in the service's log; also in the header `X-Request-Id`.
    pub request_id: String,
}

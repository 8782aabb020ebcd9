//! The description of the API, made from the handlers.

use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

/// Title, licence and the way devices prove who they are; the paths come from the router.
#[derive(OpenApi, Debug)]
#[openapi(
    info(
        title = "Aufruf",
        description = "The on-site queue of a public office. Commands carry the header Idempotency-Key; errors are application/problem+json with a stable code. The push channel is a WebSocket at /api/v1/ws.",
        license(name = "GPL-3.0-or-later", identifier = "GPL-3.0-or-later")
    ),
    modifiers(&DeviceToken)
)]
pub struct Description;

struct DeviceToken;

impl utoipa::Modify for DeviceToken {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = description.components.get_or_insert_with(Default::default);
        components.add_security_scheme("device", SecurityScheme::Http(bearer.clone()));
        components.add_security_scheme("user", SecurityScheme::Http(bearer));
    }
}

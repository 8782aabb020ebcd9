//! `/admin`: one plain page for IT and team leads, made by the server, without a script. Who may do what is settled
//! in the type of the extractor: team leads look, admins also let devices and users in.

mod door;
mod forms;
mod page;
mod reads;
mod rows;
mod words;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::AppState;
use crate::pages::Manners;

/// The pages' routes.
pub(crate) fn routes() -> Router<AppState> {
    let pages = Router::new()
        .route("/admin", get(page::overview))
        .route("/admin/style.css", get(style))
        .route("/admin/language/{tag}", get(reads::choose))
        .route(
            "/admin/sign-in",
            get(door::sign_in_page).post(door::sign_in),
        )
        .route("/admin/sign-out", post(door::sign_out))
        .route("/admin/devices/approve", post(forms::approve))
        .route("/admin/devices/decline", post(forms::decline))
        .route("/admin/devices/revoke", post(forms::revoke))
        .route("/admin/users/add", post(forms::add_user))
        .route("/admin/users/sign-out", post(forms::sign_out_user))
        .route("/admin/users/remove", post(forms::remove_user))
        .layer(SetResponseHeaderLayer::overriding(
            CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ));
    Manners::FORMS.of(pages)
}

async fn style() -> impl IntoResponse {
    let css = include_str!("../templates/style.css");
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], css)
}

//! The whole application behind a real socket, for a browser: on a free port of the loopback address, as
//! `http://localhost`, which browsers trust with `Secure` cookies. What was asked of it is kept, to be counted.

use crate::app::TestApp;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use chrono::{TimeZone, Utc};
use http::{Method, StatusCode, header};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use web::error::{Kind, PageError};
use web::registry::{Access, Registry, Route};
use web::routes::demo::{DemoAccount, DemoDesk, DemoMail, DemoStep, DemoView, Later, Step};
use web::state::WebState;

/// Greatest answer, in bytes.
const LIMIT: usize = 20 * 1024 * 1024;

/// Pages that only fail, one for each error that nothing else reaches at will.
pub const ECHECS: [(&str, Kind); 5] = [
    ("/essai/500", Kind::Internal),
    ("/essai/503", Kind::Unavailable(30)),
    ("/essai/429", Kind::TooManyRequests(60)),
    ("/essai/413", Kind::TooLarge),
    ("/essai/409", Kind::Conflict),
];

/// One request as it was answered.
#[derive(Clone, Debug)]
pub struct Visite {
    /// Method.
    pub methode: Method,
    /// Path with its query.
    pub adresse: String,
    /// Status.
    pub status: StatusCode,
    /// Whether the answer is a page.
    pub page: bool,
    /// Bytes of the answer as sent, compressed where the browser takes it.
    pub octets: usize,
}

impl Visite {
    /// A page that was loaded, whatever its status; not a redirection and not a file of the page.
    #[must_use]
    pub fn est_un_chargement(&self) -> bool {
        self.page && !self.status.is_redirection()
    }
}

/// An application that is served until the test's runtime ends.
pub struct Site {
    /// The application.
    pub app: TestApp,
    /// `http://localhost:PORT`.
    pub origine: String,
    visites: Arc<Mutex<Vec<Visite>>>,
}

impl TestApp {
    /// Serves it; pages that only fail are added ([`ECHECS`]).
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn serve(self) -> Site {
        self.serve_on(None).await
    }

    /// As [`Self::serve`], with the demonstration's band on every page and its desk.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn serve_demo(self) -> Site {
        self.serve_on(Some("tout est fictif ici.".to_owned())).await
    }

    async fn serve_on(self, demo: Option<String>) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origine = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        let en_demo = demo.is_some();
        let mut registry = self.registry(&origine, demo);
        declare_failures(&mut registry);
        if en_demo {
            web::routes::demo::declare(&mut registry, Arc::new(Atelier)).expect("the demonstration's routes");
        }
        let visites = Arc::new(Mutex::new(Vec::new()));
        let kept = visites.clone();
        let watch = from_fn(move |request: Request, next: Next| watch(kept.clone(), request, next));
        let router = registry.into_router().with_state(WebState::new(self.ctx.clone())).layer(watch);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Site { app: self, origine, visites }
    }
}

impl Site {
    /// The full address of a path.
    #[must_use]
    pub fn adresse(&self, path: &str) -> String {
        format!("{}{path}", self.origine)
    }

    /// Everything asked since the last call, in the order of the answers.
    pub fn visites(&self) -> Vec<Visite> {
        std::mem::take(&mut *self.visites.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn watch(kept: Arc<Mutex<Vec<Visite>>>, request: Request, next: Next) -> Response {
    let methode = request.method().clone();
    let adresse = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let (parts, body) = next.run(request).await.into_parts();
    let body = to_bytes(body, LIMIT).await.expect("a body");
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let visite =
        Visite { methode, adresse, status: parts.status, page: kind.starts_with("text/html"), octets: body.len() };
    kept.lock().unwrap_or_else(PoisonError::into_inner).push(visite);
    Response::from_parts(parts, Body::from(body))
}

fn declare_failures(registry: &mut Registry<WebState>) {
    for (path, kind) in ECHECS {
        let fail = move || async move { Err::<(), _>(PageError::new(kind)) };
        registry.add(Route::get(path, Access::Public), fail).expect("a page that fails");
    }
}

/// A desk with one account and one mail.
struct Atelier;

impl DemoDesk for Atelier {
    fn show(&self) -> Later<'_, DemoView> {
        let now = Utc.with_ymd_and_hms(2029, 1, 8, 8, 0, 0).unwrap();
        let account = DemoAccount {
            profil: "Technicien",
            fonction: "Accompagnement social".to_owned(),
            nom: "Anne-Élise Bressolane".to_owned(),
            login: "anne-elise.bressolane".to_owned(),
            password: "dentelle-fuseau-bascule-50".to_owned(),
            code: "123456".to_owned(),
        };
        let mail = DemoMail {
            date: now,
            to: "anne-elise.bressolane@departement.example".to_owned(),
            subject: "Votre compte est ouvert".to_owned(),
            body: "Bonjour,\n\nOuvrez ce lien.".to_owned(),
            link: Some("/invitation/inconnu".to_owned()),
        };
        let organisations = vec![("Département de Tarn-et-Garonne".to_owned(), vec![account])];
        let visite = vec![DemoStep {
            quoi: "Une invitation non ouverte".to_owned(),
            compte: None,
            adresse: "/invitation/inconnu".to_owned(),
        }];
        let view = DemoView { now, visite, antivirus: false, organisations, mails: vec![mail], mail_count: 1 };
        Box::pin(async move { Ok(view) })
    }

    fn advance(&self, _: Step) -> Later<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

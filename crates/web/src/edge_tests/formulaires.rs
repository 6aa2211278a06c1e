//! Origin, token, fields and size of a form.

use super::*;

#[tokio::test]
async fn a_form_needs_our_origin() {
    for origin in [None, Some("null"), Some("https://ailleurs.example"), Some("https://portail.example.evil")] {
        let body = format!("_jeton={}&nom=Martin", token());
        let mut request = post(&body);
        let headers = request.headers_mut().unwrap();
        headers.remove("origin");
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        let answer = send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin:?}");
        assert!(answer.body.contains("EP-403-ORIGINE"));
    }
    let body = format!("_jeton={}", token());
    let cross = post(&body).header("sec-fetch-site", "same-site").body(Body::from(body)).unwrap();
    assert_eq!(send(cross).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_cookie() {
    assert_eq!(post_form("nom=Martin").await.body, "Martin|");
    let foreign = config().jetons.issue("v2", "sel");
    for body in ["nom=Martin".to_owned(), "_jeton=&nom=x".into(), format!("_jeton={foreign}")] {
        let answer = send(post(&body).body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("EP-403-JETON"));
    }
    let body = format!("_jeton={}", token());
    let mut bare = post(&body);
    bare.headers_mut().unwrap().remove("cookie");
    assert_eq!(send(bare.body(Body::from(body)).unwrap()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_token_of_a_page_is_accepted_from_its_own_cookie() {
    let answer = get_as("/demandes", "technicien").await;
    let token = answer.body.split("name=\"_jeton\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut request = post("");
    request.headers_mut().unwrap().insert("cookie", "__Host-session=technicien".parse().unwrap());
    let sent = send(request.body(Body::from(format!("_jeton={token}&nom=x"))).unwrap()).await;
    assert_eq!(sent.status, StatusCode::OK);
}

#[tokio::test]
async fn unknown_fields_and_single_fields_sent_twice_are_refused() {
    assert_eq!(post_form("nom=A&pieces=1&pieces=2").await.body, "A|1,2");
    for fields in ["nom=A&nir=1", "nom=A&nom=B", "role=admin"] {
        let answer = post_form(fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{fields}");
        assert!(answer.body.contains("EP-400-CHAMP"));
    }
}

#[tokio::test]
async fn a_body_is_limited_and_must_be_a_clean_form() {
    assert_eq!(post_form(&"nom=aaaaaaaaaa&".repeat(40)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for fields in ["nom=%00", "nom=%", "nom=%zz", "nom=%ff"] {
        assert_eq!(post_form(fields).await.status, StatusCode::BAD_REQUEST, "{fields}");
    }
    let body = "{}";
    let mut request = post(body);
    request.headers_mut().unwrap().insert("content-type", "application/json".parse().unwrap());
    assert_eq!(send(request.body(Body::from(body)).unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_refused_form_answers_422_and_says_so_in_its_title() {
    let refused =
        send(post("").uri("/formulaire").body(Body::from(format!("_jeton={}&nom=%20", token()))).unwrap()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_page(&refused.body);
    assert!(refused.body.contains("<title>Erreur : Conditions – Espace Partenaires</title>"));
    assert!(refused.body.contains("<a href=\"#nom\">Saisissez le nom</a>"));
}

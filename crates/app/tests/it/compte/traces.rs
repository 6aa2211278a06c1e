//! What lies in the files after sign-ins: no token, no seed, no code, no address, nothing of what strangers typed.

use super::banc::{Banc, MOT, avec, banc, champs, requete};
use app::compte;
use data_encoding::BASE32_NOPAD;

fn contient(banc: &Banc, motif: &[u8]) -> bool {
    let dans = |chemin: &std::path::PathBuf| {
        std::fs::read(chemin).unwrap().windows(motif.len()).any(|fenetre| fenetre == motif)
    };
    banc.base.files().iter().any(dans)
}

#[tokio::test]
async fn the_files_hold_hashes_and_sealed_values_only() {
    let banc = banc().await;
    if banc.base.files().is_empty() {
        // PostgreSQL keeps its files to itself; the same rows are written there.
        return;
    }
    let p = banc.technicien().await;
    let cookie = compte::remember_browser(&banc.ctx, &avec(&p.jeton), None).await.unwrap().unwrap();
    assert_eq!(champs(banc.entre("zorglub.inconnu", MOT).await), ["mot_de_passe"]);
    compte::forgot_password(&banc.ctx, &requete(), "zorglub@inconnu.example").await.unwrap();
    compte::forgot_password(&banc.ctx, &requete(), &p.identifiant).await.unwrap();
    let courriels = banc.courriels().await.concat();
    let lien = courriels.split("/mot-de-passe/").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(contient(&banc, p.identifiant.as_bytes()), "the search finds what is there in clear");
    let graine = BASE32_NOPAD.decode(p.secret.replace(' ', "").as_bytes()).unwrap();
    let code = p.codes[0].replace('-', "");
    let secrets: [(&str, &[u8]); 9] = [
        ("seed", &graine),
        ("recovery code", code.as_bytes()),
        ("session", p.jeton.as_bytes()),
        ("browser", cookie.as_bytes()),
        ("link", lien.as_bytes()),
        ("name", "Corvalenne".as_bytes()),
        ("address", "@grimaud.example".as_bytes()),
        ("identifiant of nobody", b"zorglub"),
        ("address of nobody", b"inconnu.example"),
    ];
    for (quoi, secret) in secrets {
        assert!(!contient(&banc, secret), "{quoi}");
    }
}

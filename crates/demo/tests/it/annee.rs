use demo::Taille;
use domain::droits::Portee;

use crate::remplie::Remplie;

#[tokio::test]
async fn the_year_is_filled_through_use_cases() {
    let start = std::time::Instant::now();
    let demandes: usize = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let remplie = Remplie::new(Taille { conventions: 8, demandes }).await;
    let tx = remplie.essai.ctx.store.begin_read().await.unwrap();
    let lignes = store::demande::structure(&tx, &Portee::Tout, false, None, 10_000).await.unwrap();
    println!("{} demandes, {} accounts, {} mails, {:?}", lignes.len(), remplie.fichier.accounts.len(), remplie.essai.mailer.sent().len(), start.elapsed());
    for piste in &remplie.fichier.tour {
        println!("{piste:?}");
    }
}

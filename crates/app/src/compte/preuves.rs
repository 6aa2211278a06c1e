//! The proofs on a compte as a document to print (HA-11), and what a person accepted as a file (HA-15).

use super::acteur::load_acteur;
use super::{passage, vise};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::imprime::{Bloc, Imprime};
use domain::calendrier::date_heure_en_francais;
use domain::compte::Etape;
use domain::droits::Acteur;
use domain::ids::CompteId;
use store::compte::{self, acceptations};
use store::preuve::Preuve;

/// The proofs on a compte of a structure, dated, as one document.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope.
pub async fn print_proofs(ctx: &Contexte, requete: &Requete, id: CompteId) -> Outcome<Imprime> {
    let (imprime, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
        let v = vise::vu(ctx, &tx, &acteur, id).await?;
        let structure = store::partenaire::load(&tx, v.partenaire).await?.ok_or(AppError::Introuvable)?;
        let zone = super::fermer::regle(&tx, &v.compte).await?.0;
        let preuves = store::preuve::of_compte(&tx, &v.preuves, id).await?;
        let auteurs: Vec<CompteId> = preuves.iter().filter_map(|p| p.auteur).collect();
        let noms = compte::noms(&tx, &auteurs, ctx.now()).await?;
        let bloc = |p: &Preuve| {
            let par = p.auteur.and_then(|a| noms.get(&a).cloned()).unwrap_or_else(|| "Le portail".to_owned());
            let mut mentions = vec![
                ("Date".to_owned(), date_heure_en_francais(zone, p.le)),
                ("Auteur".to_owned(), par),
                ("Numéro de la preuve".to_owned(), p.id.to_string()),
            ];
            mentions.extend(p.contenu.clone());
            [Bloc::Intertitre(p.nature.libelle().to_owned()), Bloc::Mentions(mentions)]
        };
        let imprime = Imprime {
            titre: format!("Preuves sur le compte de {}", v.compte.identite.nom_affiche()),
            emetteur: structure.nom,
            langue: "fr",
            blocs: preuves.iter().flat_map(bloc).collect(),
        };
        (imprime, ctx.entree(requete, &acteur, "compte.print_proofs", super::trace::objet(&v.compte)))
    };
    ctx.record(entree).await?;
    Ok(imprime)
}

/// The same document as a PDF.
///
/// # Errors
/// As for [`print_proofs`]; [`AppError::Interne`] when it cannot be made.
pub async fn print_proofs_pdf(ctx: &Contexte, requete: &Requete, id: CompteId) -> Outcome<Vec<u8>> {
    let imprime = print_proofs(ctx, requete, id).await?;
    ctx.imprimeur.print(imprime).await.map_err(|error| AppError::Interne(error.to_string()))
}

/// What the person who asks accepted, with version and date, as CSV (HA-15).
///
/// # Errors
/// [`AppError::SessionFermee`] unless signed in.
pub async fn export_acceptances(ctx: &Contexte, requete: &Requete) -> Outcome<String> {
    let tx = ctx.store.begin_read().await?;
    let (_, compte, _) = passage::a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    let mut csv = "texte;version;acceptee_le\r\n".to_owned();
    for a in acceptations::list(&tx, compte.id).await? {
        csv.push_str(&format!("{};{};{}\r\n", a.nature.titre(), a.version, a.le.to_rfc3339()));
    }
    Ok(csv)
}

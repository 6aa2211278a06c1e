//! Avenants (CO-4): what changes, who signed, from which day. Recorded as a version; one of the future takes effect on its
//! day by itself; the agreement before it stays readable.

use super::avenant_effet::{Changements, applied, apply_due, closes};
use super::conduite::{Conduite, saisie};
use super::format::{Document, ErreurImport};
use super::lecture::lis;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::conventions::Sujet;
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::{
    Dossier, Fonctionnalite, Membres, Montre, PapierVise, Qualite, Quota, Quotas, Role, Source, Stipulations, Valeur,
};
use store::WriteTx;
use store::convention::{self, NatureActe, Signature, Version};

/// Greatest length of the object of an avenant.
const OBJET_MAX: usize = 500;

/// New values; what is none stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Valeurs {
    /// Number of comptes, the same whatever the size.
    pub quotas: Option<Quota>,
    /// Number of members with its date.
    pub membres: Option<Membres>,
    /// Working days to accredit a gestionnaire after his request.
    pub delai_habilitation: Option<u32>,
    /// Days of notice before a gestionnaire leaves.
    pub delai_depart: Option<u32>,
    /// Functions stated.
    pub fonctions: Option<Vec<Fonctionnalite>>,
    /// Qualities for which documents pass through the portal.
    pub qualites: Option<Vec<Qualite>>,
}

/// What an avenant brings.
#[derive(Clone, Debug)]
pub enum Apport {
    /// Some values.
    Valeurs(Box<Valeurs>),
    /// The whole convention as a file: name and content.
    Fichier(String, String),
}

/// An avenant as typed.
#[derive(Clone, Debug)]
pub struct NouvelAvenant<'a> {
    /// Code of the paper it changes.
    pub papier: &'a str,
    /// What changes, in words.
    pub objet: &'a str,
    /// Who signed when.
    pub signatures: Vec<Signature>,
    /// First day.
    pub effet_le: NaiveDate,
    /// What it brings.
    pub apport: Apport,
}

/// Why an avenant was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AvenantError {
    /// The file, each fault with line, field and reason.
    #[error("{} erreur(s) dans le fichier", .0.len())]
    Fichier(Vec<ErreurImport>),
    /// The form, or the use case.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<store::StoreError> for AvenantError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Records an avenant; gives its number. On its day, or at once when that is past, it replaces what stood there.
///
/// # Errors
/// [`AvenantError`] with every field or line to mend; nothing is changed then.
pub async fn amend(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    nouvel: &NouvelAvenant<'_>,
) -> Result<i64, AvenantError> {
    let objet = object(nouvel.objet)?;
    let tx = ctx.store.begin_write().await?;
    let mut c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    signed(&c, nouvel)?;
    let versions = convention::versions(&tx, &c.row).await?;
    let numero = versions.last().map_or(1, |v| v.numero);
    let changements = changes(&c, nouvel, numero)?;
    if versions.is_empty() {
        first(ctx, &tx, &c).await?;
    }
    let v = Version {
        id: ctx.new_id(),
        numero: numero + 1,
        objet,
        effet_le: nouvel.effet_le,
        signatures: nouvel.signatures.clone(),
        changements: Some(serde_json::to_string(&changements).map_err(|e| AppError::Interne(e.to_string()))?),
        dossier: None,
        auteur: c.permis.auteur(),
        enregistree_le: ctx.now(),
        appliquee_le: None,
    };
    convention::ajouter_version(&tx, &c.permis, &c.row, &v).await?;
    c.note(ctx, &tx, NatureActe::Avenant, (numero.to_string(), Some(v.effet_le), &v.objet)).await?;
    let contenu = vec![
        ("Avenant", format!("n° {numero}")),
        ("Objet", v.objet.clone()),
        ("Prend effet le", date_en_francais(v.effet_le)),
        ("Signatures", v.signatures.iter().map(said).collect::<Vec<_>>().join(" ; ")),
    ];
    c.prove(ctx, &tx, Nature::Avenant, contenu).await?;
    if v.effet_le > c.aujourdhui {
        c.tell(ctx, &tx, &Sujet::Avenant { numero, le: v.effet_le, applique: false }).await?;
        c.save(ctx, &tx).await?;
    } else {
        apply_due(ctx, &tx, &mut c).await?;
    }
    let details = serde_json::json!({ "avenant": numero, "effet": v.effet_le });
    c.journal(ctx, &tx, requete, ("convention.amend", details)).await?;
    tx.commit().await?;
    Ok(numero)
}

fn said(s: &Signature) -> String {
    format!("{} le {}", s.partie.libelle(), date_en_francais(s.le))
}

fn object(texte: &str) -> Outcome<String> {
    let mut erreurs = Vec::new();
    let objet = crate::demande::guard::text("objet", texte, OBJET_MAX, &mut erreurs);
    if objet.is_empty() {
        erreurs.push(ErreurChamp::new("objet", "Dites en une phrase ce que l’avenant change."));
    }
    if erreurs.is_empty() { Ok(objet) } else { Err(AppError::Saisie(erreurs)) }
}

/// All parties of the paper have signed, before the avenant takes effect (métier art. 9.3, usage art. 8.3).
fn signed(c: &Conduite, nouvel: &NouvelAvenant<'_>) -> Outcome<()> {
    let papier = PapierVise::du_code(nouvel.papier);
    let papier = papier.ok_or_else(|| saisie("papier", "Choisissez la convention que l’avenant modifie."))?;
    let mut erreurs = Vec::new();
    for partie in c.row.dossier.papier(papier).parties() {
        let champ = format!("signature_{}", partie.code());
        match nouvel.signatures.iter().find(|s| s.partie == *partie) {
            None => erreurs.push(ErreurChamp::new(
                champ,
                format!("Saisissez la date de signature de l’avenant par {}.", partie.libelle().replace('\'', "’")),
            )),
            Some(s) if s.le > c.aujourdhui => {
                erreurs.push(ErreurChamp::new(champ, "Une signature ne peut pas être à venir."));
            }
            Some(s) if s.le > nouvel.effet_le => {
                erreurs
                    .push(ErreurChamp::new("effet_le", "L’avenant prend effet au plus tôt à la dernière signature."));
            }
            Some(_) => {}
        }
    }
    if erreurs.is_empty() { Ok(()) } else { Err(AppError::Saisie(erreurs)) }
}

/// What the avenant brings, tried on the agreement as it is: what cannot be right, or would close the access, is refused.
fn changes(c: &Conduite, nouvel: &NouvelAvenant<'_>, numero: i64) -> Result<Changements, AvenantError> {
    let changements = match &nouvel.apport {
        Apport::Valeurs(valeurs) => {
            let source = Source::Article(format!("avenant n° {numero} du {}", date_en_francais(nouvel.effet_le)));
            Changements::Partiel(Box::new(stipulations(&c.row.dossier, valeurs, &source)?))
        }
        Apport::Fichier(nom, contenu) => Changements::Entier(Box::new(whole(&c.row.dossier, nom, contenu)?)),
    };
    let apres = applied(&c.row.dossier, &changements)?;
    if apres == c.row.dossier {
        return Err(saisie("changements", "L’avenant ne change rien : indiquez au moins une nouvelle valeur.").into());
    }
    let manques: Vec<String> = apres.lacunes().into_iter().map(|l| l.raison).collect();
    if !manques.is_empty() && c.row.dossier.lacunes().is_empty() {
        return Err(saisie("changements", format!("Après cet avenant, il manquerait : {}", manques.join(" "))).into());
    }
    if closes(&c.row, &apres, nouvel.effet_le.max(c.aujourdhui)) {
        let message = "Cet avenant fermerait l’accès : enregistrez plutôt la fin de la convention.";
        return Err(saisie("changements", message).into());
    }
    Ok(changements)
}

fn stipulations(dossier: &Dossier, v: &Valeurs, source: &Source) -> Outcome<Stipulations> {
    fn dite<T>(valeur: T, source: &Source) -> Option<Valeur<T>> {
        Some(Valeur { valeur, source: source.clone() })
    }
    let actuelles = &dossier.stipulations;
    let mut s = Stipulations::default();
    if let Some(quota) = v.quotas {
        s.habilitations.quotas = dite(Quotas::Fixe(quota), source);
    }
    if let Some(membres) = v.membres {
        s.partenaire.membres = dite(membres, source);
    }
    let delai = |nouveau: Option<u32>, actuel: &Option<Valeur<domain::convention::Delai>>, champ: &str| match nouveau {
        None => Ok(None),
        Some(jours) => match actuel {
            Some(a) => Ok(dite(domain::convention::Delai { jours, ..a.valeur }, source)),
            None => Err(saisie(champ, "La convention ne fixe pas ce délai : donnez-le par un fichier entier.")),
        },
    };
    s.habilitations.gestionnaire_apres_demande =
        delai(v.delai_habilitation, &actuelles.habilitations.gestionnaire_apres_demande, "delai_habilitation")?;
    s.habilitations.depart_gestionnaire =
        delai(v.delai_depart, &actuelles.habilitations.depart_gestionnaire, "delai_depart")?;
    if let Some(fonctions) = &v.fonctions {
        if fonctions.is_empty() {
            return Err(saisie("fonctions", "Choisissez au moins une fonction."));
        }
        // What the caisse could switch it still can; what the avenant adds it can, too.
        let activables = fonctions.iter().copied().filter(|f| dossier.est_activable(*f) || !dossier.stipule(*f));
        s.fonctions.activables = dite(activables.collect(), source);
        s.fonctions.fonctionnalites = dite(fonctions.clone(), source);
    }
    if let Some(qualites) = &v.qualites {
        s.fonctions.qualites_portail = dite(qualites.clone(), source);
    }
    Ok(s)
}

/// The whole convention of a file: one, and this one.
fn whole(dossier: &Dossier, nom: &str, contenu: &str) -> Result<Dossier, AvenantError> {
    let documents = lis(&[(nom.to_owned(), contenu.to_owned())]).map_err(AvenantError::Fichier)?;
    let faute = |ligne: usize, champ: &str, raison: String| {
        AvenantError::Fichier(vec![ErreurImport { fichier: nom.to_owned(), ligne, champ: champ.to_owned(), raison }])
    };
    let [Document::Convention(lue)] = documents.as_slice() else {
        return Err(faute(1, "fichier", "une convention et une seule est attendue".to_owned()));
    };
    let nouveau = &lue.dossier;
    for (champ, ici, la) in [
        ("cle", &dossier.cle, &nouveau.cle),
        ("cle_caisse", &dossier.cle_caisse, &nouveau.cle_caisse),
        ("cle_partenaire", &dossier.cle_partenaire, &nouveau.cle_partenaire),
    ] {
        if ici != la {
            return Err(faute(lue.ligne, champ, format!("« {ici} » est attendu, le fichier dit « {la} »")));
        }
    }
    Ok(nouveau.clone())
}

/// The agreement as it stood before the first avenant becomes version 1.
async fn first(ctx: &Contexte, tx: &WriteTx, c: &Conduite) -> Outcome<()> {
    let papier = &c.row.dossier.stipulations.utilisation;
    let dates = papier.parties().iter().filter_map(|p| papier.signe_le(*p).map(|le| Signature { partie: *p, le }));
    let v = Version {
        id: ctx.new_id(),
        numero: 1,
        objet: "Convention d’origine".to_owned(),
        effet_le: c.row.dossier.utilisation_en_vigueur_le().unwrap_or(c.aujourdhui),
        signatures: dates.collect(),
        changements: None,
        dossier: Some(c.row.dossier.clone()),
        auteur: c.permis.auteur(),
        enregistree_le: ctx.now(),
        appliquee_le: Some(ctx.now()),
    };
    Ok(convention::ajouter_version(tx, &c.permis, &c.row, &v).await?)
}

/// A signature in words, for pages.
#[must_use]
pub fn signature_en_clair(partie: Role, le: NaiveDate) -> String {
    domain::convention::DateSignature { partie, le }.montre()
}

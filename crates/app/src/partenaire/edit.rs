//! Writing on a sheet: facts of a structure, its data protection officer, its interlocuteurs. Each change is dated, kept
//! with what it replaced, proved, and told to every signatory (PA-1, PA-4).

mod complet;

use super::{entre, in_scope, is_live, note_siret, refused, source, today};
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{Mail, partenaires::Lettre};
use crate::notification::aux_signataires;
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::convention::{
    Changement, DpoSaisi, FaitsSaisis, ObjetFiche, Partie, PersonneSaisie, RefusFiche, Role, Source,
};
use domain::droits::{self, Acteur, Permis, TenirFiche};
use store::WriteTx;
use store::convention::{self, Enregistree};
use store::fiche::{self, Changee, Valeur};
use store::partenaire::{self, Partenaire};

/// Whose sheet of which convention, in the version that the form was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cible {
    /// Key of the convention.
    pub cle: String,
    /// Whose sheet.
    pub role: Role,
    /// Version of the convention that the form showed.
    pub version: i64,
}

/// Writes the facts of a party: by the référent of the caisse.
///
/// # Errors
/// [`AppError::Saisie`] with every field refused, also one without which a complete convention would lack something and
/// close; [`AppError::Conflit`] when somebody changed the sheet in between;
/// [`AppError::Introuvable`], [`AppError::Interdit`].
pub async fn edit_faits(ctx: &Contexte, requete: &Requete, cible: &Cible, saisis: &FaitsSaisis) -> Outcome<()> {
    edit(ctx, requete, (cible, ObjetFiche::Faits), |partie, jour, source| {
        // The number of members is declared on a page of its own: quotas depend on it (HA-2).
        let FaitsSaisis { membres, membres_au, .. } = FaitsSaisis::from(&*partie);
        let faits = FaitsSaisis { membres, membres_au, ..saisis.clone() }.lis(cible.role, jour)?;
        Ok(faits.ecrit(partie, source))
    })
    .await
}

/// Names another data protection officer: by either side.
///
/// # Errors
/// As for [`edit_faits`].
pub async fn edit_dpo(ctx: &Contexte, requete: &Requete, cible: &Cible, saisi: &DpoSaisi) -> Outcome<()> {
    edit(ctx, requete, (cible, ObjetFiche::Dpo), |partie, _, source| Ok(partie.nomme_dpo(saisi.lis()?, source))).await
}

/// Adds a person (`rang` none), replaces the one at a place, or takes that one out (`saisie` none): by either side.
///
/// # Errors
/// As for [`edit_faits`].
pub async fn edit_personne(
    ctx: &Contexte,
    requete: &Requete,
    cible: &Cible,
    rang: Option<usize>,
    saisie: Option<&PersonneSaisie>,
) -> Outcome<()> {
    edit(ctx, requete, (cible, ObjetFiche::Interlocuteur), |partie, _, source| {
        let personne = saisie.map(PersonneSaisie::lis).transpose()?;
        partie.nomme(rang, personne, source).ok_or_else(|| {
            vec![RefusFiche { champ: "rang", message: "Cette personne n’est plus sur la fiche.".to_owned() }]
        })
    })
    .await
}

type Changes = Result<Vec<Changement>, Vec<RefusFiche>>;

async fn edit(
    ctx: &Contexte,
    requete: &Requete,
    (cible, quoi): (&Cible, ObjetFiche),
    write: impl Fn(&mut Partie, NaiveDate, &Source) -> Changes,
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let c = in_scope(&tx, &acteur, &cible.cle).await?;
    let permis = droits::tenir_fiche(&acteur, entre(&c), cible.role, quoi)?;
    let jour = today(ctx, &tx, &c).await?;
    let mut toutes = fiche::lock(&tx, c.caisse, c.partenaire).await?;
    // Read again behind the lock.
    let position = toutes.iter().position(|d| d.id == c.id).ok_or(AppError::Introuvable)?;
    let mut ici = toutes.remove(position);
    if ici.version != cible.version {
        return Err(AppError::Conflit);
    }
    let ancien = ici.clone();
    let changes = write(ici.dossier.stipulations.partie_mut(cible.role), jour, &source(jour)).map_err(refused)?;
    if changes.is_empty() {
        return Ok(());
    }
    complet::reste((&ancien, &ici), quoi)?;
    keep(ctx, &tx, &permis, (&ici, cible.role, quoi), &changes).await?;
    prove(ctx, &tx, &permis, (&ici, cible.role, quoi), &changes).await?;
    let partout = cible.role != Role::Partenaire || speaks(&ici, &toutes, jour);
    toutes.retain(|d| is_same(cible.role, (&ici, &ancien), d) && (partout || d.caisse == ici.caisse));
    // Interlocuteurs belong to one convention; facts and officer to the structure, in all its conventions.
    if quoi != ObjetFiche::Interlocuteur {
        for mut autre in toutes {
            follow(ctx, &tx, &permis, ((&ancien, &ici), &mut autre), (cible.role, quoi, &source(jour))).await?;
        }
    }
    if partout {
        rename(&tx, &permis, &ici, cible.role).await?;
    }
    let mut entree = super::entree(ctx, requete, &acteur, ("fiche.edit", &ici));
    entree.details = format!("{{\"partie\":\"{}\",\"objet\":\"{}\"}}", cible.role.code(), quoi.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether another convention holds the sheet of the same party.
fn is_same(role: Role, (ici, ancien): (&Enregistree, &Enregistree), autre: &Enregistree) -> bool {
    match role {
        Role::Partenaire => autre.partenaire == ici.partenaire,
        Role::Caisse => autre.caisse == ici.caisse,
        // A CARSAT or a union is known by its name, at the conventions of this caisse.
        Role::Carsat | Role::Union => {
            let nom = autre.dossier.stipulations.partie(role).nom_complet();
            autre.caisse == ici.caisse && nom.is_some() && nom == ancien.dossier.stipulations.partie(role).nom_complet()
        }
    }
}

/// Whether what a caisse writes on a structure holds at the other caisses too: by an activated convention, or where no
/// other caisse knows the structure. A project, which anybody may begin with a public SIRET, speaks for itself alone.
fn speaks(ici: &Enregistree, autres: &[Enregistree], jour: NaiveDate) -> bool {
    is_live(ici, jour) || !autres.iter().any(|d| d.partenaire == ici.partenaire && d.caisse != ici.caisse)
}

/// Writes on another convention what changed on this one, and that alone, with the history of what it replaced there.
async fn follow(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<TenirFiche>,
    (ecrit, autre): ((&Enregistree, &Enregistree), &mut Enregistree),
    (role, quoi, source): (Role, ObjetFiche, &Source),
) -> Outcome<()> {
    let partie = |c: &Enregistree| c.dossier.stipulations.partie(role).clone();
    let avant = autre.clone();
    let changes = autre.dossier.stipulations.partie_mut(role).suit((&partie(ecrit.0), &partie(ecrit.1)), source);
    if changes.is_empty() {
        return Ok(());
    }
    complet::reste((&avant, autre), quoi)?;
    keep(ctx, tx, permis, (autre, role, quoi), &changes).await
}

/// Writes the sheet and its history, and tells every signatory.
async fn keep(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<TenirFiche>,
    (c, role, quoi): (&Enregistree, Role, ObjetFiche),
    changes: &[Changement],
) -> Outcome<()> {
    convention::update(tx, permis, c, ctx.now()).await?;
    let valeur =
        |v: &Changement| Valeur { libelle: v.libelle.to_owned(), avant: v.avant.clone(), apres: v.apres.clone() };
    let changee = Changee {
        id: ctx.new_id(),
        convention: c.id,
        partie: role,
        objet: quoi,
        auteur: permis.auteur(),
        valeurs: changes.iter().map(valeur).collect(),
        le: ctx.now(),
    };
    fiche::add(tx, permis, &changee).await?;
    tell(ctx, tx, (c, c.dossier.stipulations.partie(role).nom_affiche().to_owned(), quoi)).await
}

/// One proof of a change, whatever the number of conventions it stands on (JO-2).
async fn prove(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<TenirFiche>,
    (c, role, quoi): (&Enregistree, Role, ObjetFiche),
    changes: &[Changement],
) -> Outcome<()> {
    let nom = c.dossier.stipulations.partie(role).nom_affiche().to_owned();
    let mut contenu = vec![("Fiche", nom), ("Objet", quoi.libelle().to_owned())];
    for v in changes {
        let dit = |valeur: &Option<String>| valeur.clone().unwrap_or_else(|| "rien".to_owned());
        contenu.push((v.libelle, format!("{} → {}", dit(&v.avant), dit(&v.apres))));
    }
    let preuve = Preuve {
        nature: Nature::Changement,
        caisse: Some(c.caisse),
        partenaire: Some(c.partenaire),
        convention: Some(c.id),
        compte: None,
        auteur: permis.auteur(),
        contenu,
    };
    preuve::add(ctx, tx, preuve).await?;
    Ok(())
}

async fn tell(ctx: &Contexte, tx: &WriteTx, (c, partie, objet): (&Enregistree, String, ObjetFiche)) -> Outcome<()> {
    let cle = c.dossier.cle.clone();
    aux_signataires(ctx, tx, c, |pour| Mail::Partenaires {
        pour,
        lettre: Lettre::Fiche { cle: cle.clone(), partie: partie.clone(), objet },
    })
    .await
}

/// Names of lists and headers follow the sheet.
async fn rename(tx: &WriteTx, permis: &Permis<TenirFiche>, c: &Enregistree, role: Role) -> Outcome<()> {
    let partie = c.dossier.stipulations.partie(role);
    if role != Role::Partenaire {
        return Ok(());
    }
    let Some(connu) = partenaire::load(tx, c.partenaire).await? else { return Err(AppError::Introuvable) };
    let nom = partie.nom_complet().unwrap_or(partie.nom_affiche()).to_owned();
    let row = Partenaire { nom, nom_court: partie.nom_affiche().to_owned(), ..connu };
    partenaire::update(tx, permis, &row).await?;
    let siret = partie.siret.as_ref().map(|s| s.valeur.as_str());
    note_siret(tx, permis, c.partenaire, siret).await
}

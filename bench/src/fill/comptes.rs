//! Comptes that may sign in: one password for all, a second factor each, engagements accepted.

use super::Cadre;
use super::installation::ARGON2_KIO;
use crate::Outcome;
use crate::volume::{Personne, Volume};
use adapters::mot_de_passe::Argon2Hasher;
use app::Contexte;
use app::ports::PasswordHasher as _;
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use domain::compte::engagements::Nature;
use domain::compte::{EtatCompte, Profil};
use domain::droits::{self, Acteur, Habiliter, Permis, Raison, Rattachement, systeme};
use domain::ids::{CompteId, ServiceId};
use store::WriteTx;
use store::compte::acceptations::{self, Acceptation};
use store::compte::{self, Compte, Identite, MotDePasse, Nouveau, SecondFacteur};

/// Password of everybody.
pub const MOT_DE_PASSE: &str = "quatre moulins tournent bleus";
/// Services that the agents have in turn; more demandes go to the rights than to the others.
const SERVICES: [&str; 6] = ["droits", "c2s", "misas", "droits", "ame", "misas"];
/// Of five persons of the caisse, so many see the whole caisse.
const SUPERVISEURS: usize = 2;

/// Who may sign in.
#[derive(Clone, Debug)]
pub struct Acces {
    /// The compte.
    pub compte: CompteId,
    /// What is typed.
    pub identifiant: String,
    /// Profil.
    pub profil: Profil,
    /// Service of an agent.
    pub service: Option<ServiceId>,
    /// Place of the structure of a technicien.
    pub organisation: Option<usize>,
    /// Seed of the second factor, base 32.
    pub secret: String,
}

/// Opens a compte for each person of the volume.
///
/// # Errors
/// The database's error.
pub async fn open(ctx: &Contexte, volume: &Volume, cadre: &Cadre, present: DateTime<Utc>) -> Outcome<Vec<Acces>> {
    let empreinte = Argon2Hasher::new(ARGON2_KIO, 1)?.hash(MOT_DE_PASSE.to_owned()).await?;
    let le = present - TimeDelta::days(20);
    let permis = systeme::permis::<Habiliter>(&Acteur::Systeme(Raison::Import))?;
    let tx = ctx.store.begin_write().await?;
    let mut acces = Vec::new();
    let mut rang = 0;
    for personne in &volume.personnes {
        let one = access(ctx, personne, cadre, &mut rang)?;
        write(ctx, &tx, &permis, (personne, &one, cadre), (&empreinte, le)).await?;
        acces.push(one);
    }
    tx.commit().await?;
    Ok(acces)
}

/// `rang` counts the persons of the caisse.
fn access(ctx: &Contexte, personne: &Personne, cadre: &Cadre, rang: &mut usize) -> Outcome<Acces> {
    let (profil, service) = match personne.organisation {
        Some(_) => (Profil::Technicien, None),
        None => {
            let mine = *rang;
            *rang += 1;
            match mine % 5 {
                0..SUPERVISEURS => (Profil::Superviseur, None),
                _ => {
                    let code = SERVICES.get(mine % SERVICES.len()).copied().unwrap_or("droits");
                    (Profil::Agent, Some(cadre.service(code)?.1))
                }
            }
        }
    };
    Ok(Acces {
        compte: CompteId::new(ctx.new_id()),
        identifiant: personne.identifiant.clone(),
        profil,
        service,
        organisation: personne.organisation,
        secret: BASE32_NOPAD.encode(&ctx.random_bytes::<20>()),
    })
}

async fn write(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    (personne, acces, cadre): (&Personne, &Acces, &Cadre),
    (empreinte, le): (&str, DateTime<Utc>),
) -> Outcome<()> {
    let rattachement = match personne.organisation {
        Some(place) => Rattachement::Partenaire(cadre.liens.get(place).ok_or("no structure")?.partenaire),
        None => Rattachement::Caisse(cadre.caisse),
    };
    let identite = Identite {
        nom: personne.nom.clone(),
        prenom: personne.prenom.clone(),
        courriel: personne.courriel.clone(),
        telephone: None,
        fonction: None,
    };
    let services: Vec<ServiceId> = acces.service.into_iter().collect();
    let nouveau = Nouveau {
        id: acces.compte,
        identifiant: &acces.identifiant,
        profil: acces.profil,
        rattachement,
        identite: &identite,
        services: &services,
        gestionnaire: None,
    };
    compte::insert(tx, permis, &nouveau, le).await?;
    let secret = BASE32_NOPAD.decode(acces.secret.as_bytes())?;
    let ouvert = Compte {
        id: acces.compte,
        identifiant: acces.identifiant.clone(),
        profil: acces.profil,
        rattachement,
        etat: EtatCompte::Actif,
        fermeture: None,
        derniere_connexion: None,
        gestionnaire: None,
        identite,
        mot_de_passe: Some(MotDePasse { empreinte: empreinte.to_owned(), le }),
        second_facteur: Some(SecondFacteur { secret, pas: Some(0) }),
        version: 1,
    };
    compte::save(tx, permis, &ouvert).await?;
    let own = droits::soi(acces.compte, EtatCompte::Actif)?;
    for nature in Nature::TOUTES {
        let acceptation = Acceptation { nature, version: nature.version().to_owned(), le };
        acceptations::insert(tx, &own, ctx.new_id(), &acceptation).await?;
    }
    Ok(())
}

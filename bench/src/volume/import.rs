//! The volume of four files: `organisations.csv` (`id, slug, name`), `users.csv` (`id, login, first, last, email, org_id,
//! is_agent`), `tickets.csv` (`id, org_id, requester_id, agent_id, person, subject, status, created, updated`) and
//! `messages.csv` (`id, ticket_id, n, author_id, created, body`).

use super::csv::{Row, Table};
use super::{Demande, Demandes, Ligne, Organisation, Personne, Volume};
use crate::Outcome;
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::demande::Etat;
use std::collections::HashMap;
use std::path::Path;

/// Reads a folder.
///
/// # Errors
/// The file with what is wrong in it: a column that is missing, an id that nobody has, an instant that is none.
pub fn import(folder: &Path) -> Outcome<Volume> {
    let read = |name: &str, columns: &[&str]| -> Outcome<Table> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Table::read(&text, columns).map_err(|e| format!("{name}: {e}"))?)
    };
    of(
        &read("organisations.csv", &["id", "slug", "name"])?,
        &read("users.csv", &["id", "login", "first", "last", "email", "org_id", "is_agent"])?,
        &read("tickets.csv", &["id", "org_id", "requester_id", "agent_id", "person", "status", "created", "updated"])?,
        &read("messages.csv", &["ticket_id", "n", "author_id", "created", "body"])?,
    )
}

type Places = HashMap<String, usize>;

fn of(organisations: &Table, users: &Table, tickets: &Table, messages: &Table) -> Outcome<Volume> {
    let (places_o, places_u) = (places(organisations), places(users));
    let personnes = users.rows().map(|row| person(&row, &places_o)).collect::<Outcome<Vec<_>>>()?;
    let places_t = places(tickets);
    let mut threads: HashMap<usize, Vec<(u64, Ligne)>> = HashMap::new();
    for row in messages.rows() {
        let ticket = place("messages.csv", &places_t, row.get("ticket_id"))?;
        let ligne = Ligne {
            auteur: place("messages.csv", &places_u, row.get("author_id"))?,
            le: instant("messages.csv", row.get("created"))?,
            texte: row.get("body").to_owned(),
        };
        threads.entry(ticket).or_default().push((row.get("n").parse().unwrap_or(0), ligne));
    }
    let mut demandes = Vec::new();
    for (n, row) in tickets.rows().enumerate() {
        let mut lignes = threads.remove(&n).unwrap_or_default();
        lignes.sort_by_key(|(n, ligne)| (*n, ligne.le));
        demandes.push(ticket(&row, (&places_o, &places_u), lignes.into_iter().map(|(_, l)| l).collect())?);
    }
    let organisations = organisations
        .rows()
        .map(|row| Organisation { slug: row.get("slug").to_owned(), nom: row.get("name").to_owned() })
        .collect();
    Ok(Volume { organisations, personnes, demandes: Demandes::Lues(demandes) })
}

fn person(row: &Row<'_>, organisations: &Places) -> Outcome<Personne> {
    let agent = ["1", "true", "t", "yes", "oui"].contains(&row.get("is_agent").to_lowercase().as_str());
    Ok(Personne {
        identifiant: row.get("login").to_lowercase(),
        prenom: row.get("first").to_owned(),
        nom: row.get("last").to_owned(),
        courriel: row.get("email").to_owned(),
        organisation: if agent { None } else { Some(place("users.csv", organisations, row.get("org_id"))?) },
    })
}

fn ticket(row: &Row<'_>, (organisations, users): (&Places, &Places), lignes: Vec<Ligne>) -> Outcome<Demande> {
    let person = row.get("person");
    let (prenom, nom) = person.split_once(' ').unwrap_or(("", person));
    let agent = match row.get("agent_id") {
        "" => None,
        id => Some(place("tickets.csv", users, id)?),
    };
    let creee = instant("tickets.csv", row.get("created"))?;
    Ok(Demande {
        organisation: place("tickets.csv", organisations, row.get("org_id"))?,
        auteur: place("tickets.csv", users, row.get("requester_id"))?,
        agent,
        prenom: prenom.to_owned(),
        nom: nom.to_owned(),
        sujet: row.get("subject").to_owned(),
        etat: state(row.get("status"), agent.is_some()),
        creee,
        modifiee: instant("tickets.csv", row.get("updated"))?.max(creee),
        lignes,
    })
}

/// The words of other products beside our own codes. What is pending waits for a colleague: a wait for the partner has a
/// loop of its own that the files do not tell.
fn state(status: &str, agent: bool) -> Etat {
    match status.to_lowercase().as_str() {
        "closed" | "resolved" | "solved" | "merged" | "cloturee" => Etat::Cloturee,
        "transmise" | "new" => Etat::Transmise,
        "pending" | "pending reminder" | "attente_interne" if agent => Etat::AttenteInterne,
        _ if agent => Etat::PriseEnCharge,
        _ => Etat::Transmise,
    }
}

fn places(table: &Table) -> Places {
    table.rows().enumerate().map(|(place, row)| (row.get("id").to_owned(), place)).collect()
}

fn place(file: &str, places: &Places, id: &str) -> Outcome<usize> {
    Ok(places.get(id).copied().ok_or_else(|| format!("{file}: nothing has the id « {id} »"))?)
}

/// RFC 3339, or a date with a time and no zone, taken as UTC.
fn instant(file: &str, text: &str) -> Outcome<DateTime<Utc>> {
    let read = text.parse::<DateTime<Utc>>().ok().or_else(|| {
        let formats = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"];
        formats.iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok()).map(|naive| naive.and_utc())
    });
    Ok(read.ok_or_else(|| format!("{file}: « {text} » is no instant"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volume(status: &str, author: &str) -> Outcome<Volume> {
        let users =
            "id,login,first,last,email,org_id,is_agent\n7,Ada.T,Ada,Tell,a@x.example,3,0\n8,b,Bo,Nor,b@x.example,,1\n";
        let tickets = format!(
            "id,org_id,requester_id,agent_id,person,subject,status,created,updated\n\
             41,3,7,8,Zoé de La Tour,\"Objet, long\",{status},2026-01-02T03:04:05Z,2026-02-02 03:04:05\n"
        );
        let messages = format!(
            "id,ticket_id,n,author_id,created,body\n2,41,2,8,2026-01-03T00:00:00Z,deux\n1,41,1,{author},2026-01-02T04:00:00Z,un\n"
        );
        of(
            &Table::read("id,slug,name\n3,ccas,CCAS\n", &["id"]).unwrap(),
            &Table::read(users, &["id"]).unwrap(),
            &Table::read(&tickets, &["id"]).unwrap(),
            &Table::read(&messages, &["id"]).unwrap(),
        )
    }

    #[test]
    fn ids_of_the_files_become_places_and_the_thread_stands_in_its_order() {
        let volume = volume("open", "7").unwrap();
        let demande = volume.demande(0).unwrap();
        assert_eq!((demande.organisation, demande.auteur, demande.agent), (0, 0, Some(1)));
        assert_eq!((demande.prenom.as_str(), demande.nom.as_str()), ("Zoé", "de La Tour"));
        assert_eq!(demande.lignes.iter().map(|l| l.texte.as_str()).collect::<Vec<_>>(), ["un", "deux"]);
        assert_eq!((demande.etat, demande.sujet.as_str()), (Etat::PriseEnCharge, "Objet, long"));
        assert_eq!((volume.personnes[0].organisation, volume.personnes[1].organisation), (Some(0), None));
        assert_eq!(volume.personnes[0].identifiant, "ada.t");
    }

    #[test]
    fn the_words_of_other_products_are_understood() {
        for (status, etat) in [("closed", Etat::Cloturee), ("new", Etat::Transmise), ("pending", Etat::AttenteInterne)]
        {
            assert_eq!(volume(status, "7").unwrap().demande(0).unwrap().etat, etat, "{status}");
        }
    }

    #[test]
    fn an_id_that_nobody_has_is_named_with_its_file() {
        assert_eq!(volume("open", "99").err().unwrap().to_string(), "messages.csv: nothing has the id « 99 »");
    }
}

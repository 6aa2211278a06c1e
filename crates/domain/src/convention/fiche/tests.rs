//! What a sheet accepts, refuses and says of a change.

use chrono::NaiveDate;

use super::*;

fn le(jour: &str) -> NaiveDate {
    jour.parse().unwrap()
}

fn saisie() -> FaitsSaisis {
    FaitsSaisis {
        nom: "  Centre communal  d'action sociale d'Essai ".to_owned(),
        nom_court: "CCAS d'Essai".to_owned(),
        siret: "000 831 016 00019".to_owned(),
        membres: "12".to_owned(),
        membres_au: Some(le("2029-01-01")),
        domaines: "@Ccas-Essai.example, essai.example".to_owned(),
        qualites: vec!["tutelle_curatelle".to_owned()],
        ..FaitsSaisis::default()
    }
}

fn refuses(change: impl FnOnce(&mut FaitsSaisis)) -> Vec<&'static str> {
    let mut saisie = saisie();
    change(&mut saisie);
    saisie.lis(Role::Partenaire, le("2029-01-08")).unwrap_err().into_iter().map(|r| r.champ).collect()
}

#[test]
fn each_field_is_refused_at_its_place_and_in_french() {
    assert_eq!(refuses(|s| s.nom.clear()), ["nom"]);
    assert_eq!(refuses(|s| s.nom_court = " ".to_owned()), ["nom_court"]);
    assert_eq!(refuses(|s| s.categorie = "autre".to_owned()), ["categorie"]);
    assert_eq!(refuses(|s| s.siret = "00083101600018".to_owned()), ["siret"]);
    assert_eq!(refuses(|s| s.rna = "12345".to_owned()), ["rna"]);
    assert_eq!(refuses(|s| s.finess = "1234".to_owned()), ["finess"]);
    assert_eq!(refuses(|s| s.standard = "douze".to_owned()), ["standard"]);
    assert_eq!(refuses(|s| s.site = "pas un site".to_owned()), ["site"]);
    assert_eq!(refuses(|s| s.membres = "0".to_owned()), ["membres"]);
    assert_eq!(refuses(|s| s.membres_au = None), ["membres_au"]);
    assert_eq!(refuses(|s| s.membres_au = Some(le("2029-01-09"))), ["membres_au"]);
    assert_eq!(refuses(|s| s.courriel = "a@b@c".to_owned()), ["courriel"]);
    assert_eq!(refuses(|s| s.domaines = "pas_un_domaine".to_owned()), ["domaines"]);
    assert_eq!(refuses(|s| s.qualites.push("roi".to_owned())), ["qualites"]);
    assert_eq!(refuses(|s| (s.nom.clear(), s.siret = "1".to_owned()).1), ["nom", "siret"], "all at once");
}

#[test]
fn what_is_written_says_before_and_after_and_nothing_else() {
    let source = Source::Fiche("8 janvier 2029".to_owned());
    let mut partie = Partie::default();
    let faits = saisie().lis(Role::Partenaire, le("2029-01-08")).unwrap();
    let premiers = faits.ecrit(&mut partie, &source);
    assert_eq!(partie.nom_complet(), Some("Centre communal d'action sociale d'Essai"));
    assert_eq!(lue(partie.siret.as_ref()).unwrap(), "00083101600019");
    assert_eq!(lue(partie.domaines.as_ref()).unwrap(), &["ccas-essai.example", "essai.example"]);
    assert!(premiers.iter().all(|c| c.avant.is_none()) && premiers.len() == 6, "{premiers:?}");
    assert_eq!(faits.ecrit(&mut partie, &source), [], "the same again changes nothing");
    let autre = FaitsSaisis { membres: "8".to_owned(), ..FaitsSaisis::from(&partie) };
    let changements = autre.lis(Role::Partenaire, le("2029-01-08")).unwrap().ecrit(&mut partie, &source);
    let dit =
        ("Nombre de membres", Some("12 au 1er janvier 2029".to_owned()), Some("8 au 1er janvier 2029".to_owned()));
    assert_eq!(changements.into_iter().map(|c| (c.libelle, c.avant, c.apres)).collect::<Vec<_>>(), [dit]);
}

#[test]
fn a_person_is_added_replaced_and_taken_out() {
    let source = Source::Fiche("8 janvier 2029".to_owned());
    let saisie = PersonneSaisie {
        themes: vec!["referent".to_owned()],
        nom: "Aline Vercoudre".to_owned(),
        courriel: "boite.commune@essai.example".to_owned(),
        ..PersonneSaisie::default()
    };
    let sans_theme = PersonneSaisie { themes: Vec::new(), courriel: String::new(), ..saisie.clone() };
    let refus: Vec<_> = sans_theme.lis().unwrap_err().into_iter().map(|r| r.champ).collect();
    assert_eq!(refus, ["themes", "courriel_personne"]);
    let mut partie = Partie::default();
    let personne = saisie.lis().unwrap();
    assert_eq!(partie.nomme(None, Some(personne.clone()), &source).unwrap().len(), 1);
    assert_eq!(partie.nomme(Some(0), Some(personne.clone()), &source), Some(vec![]), "nothing new");
    assert_eq!(partie.nomme(Some(3), None, &source), None, "nobody there");
    let parti = partie.nomme(Some(0), None, &source).unwrap();
    assert!(parti[0].avant.as_deref().unwrap().contains("Aline Vercoudre") && parti[0].apres.is_none());
    assert!(partie.personnes().is_empty() && partie.coordonnees.is_none());
}

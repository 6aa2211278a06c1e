//! A compte: a sign-in identity with exactly one profil. Here the rules; hashing and sessions live elsewhere.

pub mod mot_de_passe;

//! Pages, routes and errors of Espace Partenaires.

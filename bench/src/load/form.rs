//! Forms: what a page hides in them, and how they are sent.

use crate::Outcome;
use form_urlencoded::Serializer;
use hyper::body::Bytes;
use rand::Rng as _;
use rand::rngs::StdRng;

const BOUNDARY: &str = "----mesure";

/// What a page hides in its forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formulaire {
    /// The token.
    pub jeton: String,
    /// The draft's id.
    pub brouillon: String,
    /// What the form was made from.
    pub version: String,
}

impl Formulaire {
    /// Of a page.
    ///
    /// # Errors
    /// When the page has no token.
    pub fn of(page: &str) -> Outcome<Self> {
        let jeton = hidden(page, "_jeton").ok_or("a page without a form")?;
        let other = |name| hidden(page, name).unwrap_or_default();
        Ok(Self { jeton, brouillon: other("brouillon"), version: other("version") })
    }

    /// The form with these fields, as browsers send it.
    pub fn encode(&self, fields: &[(&str, &str)]) -> (&'static str, Bytes) {
        let mut body = Serializer::new(String::new());
        body.append_pair("_jeton", &self.jeton).extend_pairs(fields);
        ("application/x-www-form-urlencoded", Bytes::from(body.finish()))
    }
}

/// The value of the first field of this name.
fn hidden(page: &str, name: &str) -> Option<String> {
    let mark = format!("name=\"{name}\"");
    let place = page.find(&mark)?;
    let start = page.get(..place)?.rfind('<')?;
    let tag = page.get(start..)?.split('>').next()?;
    let value = tag.split_once("value=\"")?.1.split('"').next()?;
    Some(value.to_owned())
}

/// A form with a file after its fields.
pub fn multipart(fields: &[(&str, &str)], (name, file): (&str, &[u8])) -> (String, Bytes) {
    let mut body = Vec::with_capacity(file.len() + 4096);
    for (field, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"piece.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), Bytes::from(body))
}

/// A PDF of one page whose content is so many drawn letters: another one each time.
pub fn pdf(hasard: &mut StdRng, taille: usize) -> Vec<u8> {
    let mut letters = vec![0; taille];
    hasard.fill_bytes(&mut letters);
    // Capitals: no word of the format is made of them alone.
    letters.iter_mut().for_each(|byte| *byte = b'A' + *byte % 26);
    let mut body = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    // A comment: it draws nothing.
    let head = format!("<< /Length {} >>\nstream\n%", letters.len() + 1);
    let stream = [head.as_bytes(), &letters, b"\nendstream"].concat();
    let objects: [Vec<u8>; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_vec(),
        stream,
    ];
    for (number, object) in (1..).zip(&objects) {
        places.push(body.len());
        body.extend(format!("{number} 0 obj\n").into_bytes());
        body.extend(object);
        body.extend(b"\nendobj\n");
    }
    let xref = body.len();
    body.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).into_bytes());
    for place in &places {
        body.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", places.len() + 1);
    body.extend(trailer.into_bytes());
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::ports::FileInspector as _;
    use rand::SeedableRng as _;

    #[test]
    fn what_a_page_hides_is_found_in_whatever_order_its_attributes_stand() {
        let page = r#"<p><input type="hidden" name="_jeton" value="a.b"><input value="0190" name="brouillon">"#;
        let found = Formulaire::of(page).unwrap();
        assert_eq!(found, Formulaire { jeton: "a.b".into(), brouillon: "0190".into(), version: String::new() });
        assert!(Formulaire::of("<p>").is_err());
    }

    #[tokio::test]
    async fn the_drawn_pdf_is_one_that_the_portal_takes_and_another_each_time() {
        let mut hasard = StdRng::seed_from_u64(1);
        let (one, other) = (pdf(&mut hasard, 300_000), pdf(&mut hasard, 300_000));
        assert!(one != other && one.len() > 300_000);
        let inspecteur = adapters::inspection::Inspecteur::default();
        assert!(inspecteur.inspect(one).await.is_ok());
    }
}

//! A small site, under the policy that the portal's own pages have.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

const FORM: &str = "<h1>Bienvenue</h1><form action='/bonjour'><label for='nom'>Nom</label>\
    <input id='nom' name='nom'><button id='envoyer'>Envoyer</button></form>";

/// The site, on a free port until the test's runtime ends.
pub struct Site {
    port: u16,
}

impl Site {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut request = String::new();
                    let mut lines = BufReader::new(&mut stream).lines();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line.is_empty() {
                            break;
                        }
                        request.push_str(&line);
                        request.push('\n');
                    }
                    let path = request.split(' ').nth(1).unwrap_or("/");
                    let _ = stream.write_all(respond(path).as_bytes()).await;
                });
            }
        });
        Self { port }
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }
}

fn respond(path: &str) -> String {
    let (status, kind, body) = match path {
        "/enhance.js" => (200, "text/javascript", "document.getElementById('etat').textContent = 'avec script'".into()),
        "/html.js" => (200, "text/javascript", "document.body.innerHTML = '<p>bonjour</p>'".into()),
        "/fail.js" => (200, "text/javascript", "throw new Error('volontaire')".into()),
        "/wide.css" => (200, "text/css", "body { margin: 0 } #tableau { display: block; width: 900px }".into()),
        "/introuvable" => (404, "text/html", page("Page introuvable", "<h1>Page introuvable</h1>")),
        "/favicon.ico" => (204, "image/x-icon", String::new()),
        _ => match html(path) {
            Some(html) => (200, "text/html", html),
            None => (404, "text/plain", String::new()),
        },
    };
    format!(
        "HTTP/1.1 {status} x\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {POLICY}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn html(path: &str) -> Option<String> {
    let body = match path {
        "/sound" => FORM,
        "/unlabelled" => "<h1>Bienvenue</h1><input id='nom'>",
        "/odd-radio" => "<h1>Choix</h1><label><input type='radio' id='choix' aria-expanded='false'> Oui</label>",
        "/known-radio" => {
            "<h1>Choix</h1><label><input type='radio' class='govuk-radios__input' aria-controls='suite' \
             aria-expanded='false'> Oui</label><p id='suite'>Laquelle ?</p>"
        }
        "/wide" => "<h1>Large</h1><table id='tableau'><tr><td>1</td></tr></table>",
        "/two-headings" => "<h1>Un</h1><h1>Deux</h1>",
        "/inline-style" => "<h1 style='margin: 1px'>Style</h1>",
        "/inline-script" => "<h1>Script</h1><script>document.title = 'x'</script>",
        "/html-from-text" => "<h1>Script</h1><script src='/html.js'></script>",
        "/failing-script" => "<h1>Script</h1><script src='/fail.js'></script>",
        "/missing-file" => "<h1>Style</h1><link rel='stylesheet' href='/absent.css'>",
        "/enhanced" => "<h1>Script</h1><p id='etat'>sans script</p><script src='/enhance.js'></script>",
        "/mouse-only" => "<h1>Souris</h1><label>Nom <input id='nom'></label><p id='trompe'>Envoyer</p>",
        "/untitled" => return Some(page("", "<h1>Sans titre</h1>")),
        _ => {
            let name = path.strip_prefix("/bonjour?nom=")?;
            return Some(page("Bonjour", &format!("<h1>Bonjour {name}</h1><a href='/sound'>Retour</a>")));
        }
    };
    Some(page("Page saine", body))
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>{title}</title>\
         <meta name='viewport' content='width=device-width, initial-scale=1'>\
         <link rel='stylesheet' href='/wide.css'></head><body><main>{body}</main></body></html>"
    )
}

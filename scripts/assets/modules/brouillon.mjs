// Saves a form as a draft a moment after the last change: its texts and choices, no file. Without this
// script « Continuer » saves it.

const QUIET_MS = 3_000;

/**
 * @param {HTMLElement | null} status
 * @param {(seconds: number) => void} prolong told how long the session still lasts
 */
export function saveDraft(status, prolong) {
  const form = status?.closest("form");
  if (!form) return;
  const fields = () =>
    new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "_jeton" && typeof value === "string"));
  const say = (sentence) => {
    if (status.textContent !== sentence) status.textContent = sentence;
  };
  let saved = `${fields()}`;
  let over = false;
  let timer;
  let request;

  const rest = () => {
    clearTimeout(timer);
    request?.abort();
  };

  const save = async () => {
    const body = fields();
    if (over || `${body}` === saved) return;
    rest();
    const { signal } = (request = new AbortController());
    try {
      const answer = await fetch(`${form.action}/brouillon`, {
        method: "POST",
        body,
        headers: { "x-jeton": form.elements._jeton.value },
        keepalive: true,
        redirect: "manual",
        signal,
      });
      over = answer.type === "opaqueredirect" || answer.status === 409;
      if (answer.type === "opaqueredirect")
        return say("Votre session est terminée : ce que vous venez de saisir n’est pas enregistré. Copiez-le avant de vous reconnecter.");
      const { le, secondes, erreur } = await answer.json();
      if (erreur) return say(erreur);
      saved = `${body}`;
      prolong?.(secondes);
      const time = new Date(le).toLocaleTimeString("fr", { hour: "numeric", minute: "2-digit" });
      say(`Brouillon enregistré à ${time.replace(":", " h ")}`);
    } catch {
      if (!signal.aborted) say("Le brouillon n’a pas pu être enregistré ; « Continuer » l’enregistrera.");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, QUIET_MS);
  });
  form.addEventListener("submit", () => {
    rest();
    saved = `${fields()}`;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
  });
}

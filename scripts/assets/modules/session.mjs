// Announces the end of the session five minutes ahead and offers to extend it.
// Without this script the server ends the session all the same and the sign-in
// page says so; the element stays hidden.

const WARNING_SECONDS = 300;

/** @param {HTMLElement | null} panel */
export function watchSession(panel) {
  if (!panel) return;
  const text = panel.querySelector("[data-ep-session-texte]");
  const form = panel.querySelector("form");
  if (!text || !form) return;
  // Seconds left, counted by the browser's monotonic clock: the computer's date may be wrong.
  let end = performance.now() + Number(panel.dataset.epSession) * 1000;
  let announced = "";

  const say = (sentence) => {
    if (sentence === announced) return;
    announced = sentence;
    text.textContent = sentence;
  };

  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > WARNING_SECONDS) {
      panel.hidden = true;
      announced = "";
      return;
    }
    panel.hidden = false;
    if (left <= 0) {
      form.hidden = true;
      say("Votre session est terminée. Connectez-vous de nouveau pour continuer ; vos brouillons sont gardés.");
      return;
    }
    const minutes = Math.ceil(left / 60);
    say(
      minutes > 1
        ? `Votre session se termine dans ${minutes} minutes.`
        : "Votre session se termine dans moins d’une minute.",
    );
  };

  const prolong = (seconds) => {
    end = performance.now() + seconds * 1000;
    tick();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      const { secondes } = answer.ok ? await answer.json() : {};
      if (!(secondes > 0)) throw new Error("refused");
      prolong(secondes);
    } catch {
      say("La session n’a pas pu être prolongée. Enregistrez votre travail, puis rechargez la page.");
    }
  });

  setInterval(tick, 10_000);
  // A page in the background is hardly ticked: it is up to date when it is looked at again.
  document.addEventListener("visibilitychange", tick);
  tick();
  return prolong;
}

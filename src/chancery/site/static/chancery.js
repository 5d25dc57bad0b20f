"use strict";
// Makes the control of the days smooth. Without it every page works by plain links and forms.
(() => {
  const slide = document.querySelector(".slide");
  if (!slide) return;
  const days = slide.dataset.days.split(" ").filter(Boolean);
  const label = slide.querySelector("label"), range = slide.querySelector("input"), output = slide.querySelector("output");
  const spoken = new Intl.DateTimeFormat(slide.dataset.lang, { dateStyle: "long", timeZone: "UTC" });
  let under = null;

  const say = () => {
    const day = days[range.value];
    const said = day ? spoken.format(new Date(day + "T00:00:00Z")) : "";
    range.setAttribute("aria-valuetext", said);
    output.textContent = said;
  };

  // The parts of a page that hang on the reading; the slider itself stays, so that the keyboard keeps its place on it.
  const parts = ["title", ".top", "nav.pages", ".clocks form", ".stands", ".days", "main", "footer"];

  const show = async (address, remember) => {
    if (under) under.abort();
    under = new AbortController();
    try {
      const answer = await fetch(address, { signal: under.signal });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts) {
        const old = document.querySelector(part), next = fresh.querySelector(part);
        if (old && next) old.replaceWith(document.adoptNode(next));
      }
      const at = fresh.querySelector(".slide");
      slide.dataset.at = at.dataset.at;
      slide.dataset.before = at.dataset.before;
      slide.dataset.after = at.dataset.after;
      if (remember) history.pushState({}, "", answer.url);
      if (document.activeElement !== range) range.value = slide.dataset.at;
      say();
    } catch (fault) {
      if (fault.name !== "AbortError") location.href = address;
    }
  };

  if (days.length > 1) {
    range.max = days.length - 1;
    range.value = Math.max(0, slide.dataset.at);
    label.hidden = false;
    say();
    range.addEventListener("input", say);
    range.addEventListener("change", () => show(slide.dataset.before + days[range.value] + slide.dataset.after, true));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".days a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href, true);
  });
  addEventListener("popstate", () => show(location.href, false));
})();

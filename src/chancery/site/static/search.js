"use strict";
// Searches the list of names on a page that lies in a folder of files; without it the list is there to be read.
(() => {
  const sought = new URLSearchParams(location.search).get("q") || "";
  const table = document.querySelector("main table");
  if (!sought.trim() || !table) return;
  document.querySelectorAll("input[name=q]").forEach((field) => { field.value = sought; });

  const like = { "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "" };
  const folded = (text) => (text.toLowerCase().replace(/[أإآىةؤئـ]/g, (letter) => like[letter])
    .normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || []);
  const grams = (text) => new Set(folded(text).flatMap((word) => {
    const whole = ` ${word} `;
    return [...Array(Math.max(0, whole.length - 2)).keys()].map((at) => whole.slice(at, at + 3));
  }));

  // As the server does: the share of groups of three letters in common, less a little for what a name has besides.
  const wanted = grams(sought);
  const likeness = (name) => {
    const found = grams(name);
    const shared = [...wanted].filter((gram) => found.has(gram)).length;
    return wanted.size ? shared / wanted.size - 0.02 * (found.size - shared) : 0;
  };
  const rows = [...table.tBodies[0].rows].map((row) => {
    const names = row.cells[1].textContent.split(", ");
    return [Math.max(...names.map(likeness)), row];
  });
  rows.sort((one, other) => other[0] - one[0]);
  for (const [score, row] of rows) {
    row.hidden = score < 0.45;
    table.tBodies[0].append(row);
  }
})();

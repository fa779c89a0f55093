// Review with speed: keys for every decision, and words selected in a report become the value of a slot.
"use strict";

const form = document.getElementById("decide");
const bar = document.getElementById("slots");
let chosen = null;

// --- keys

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
  const found = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key.toLowerCase());
  if (!found) return;
  event.preventDefault();
  found.click();
});

// --- words

// Offsets count letters (code points), as the server does, not UTF-16 units.
function letters(range) {
  return Array.from(range.toString()).length;
}

function selected() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement.closest(".words");
  if (!start || start !== range.endContainer.parentElement.closest(".words")) return null;
  const before = document.createRange();
  before.setStart(start, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const from = Number(start.dataset.start) + letters(before);
  const size = letters(range);
  return size > 0 && size <= 400 ? { report: start.dataset.report, start: from, end: from + size } : null;
}

document.addEventListener("selectionchange", () => {
  const now = selected();
  if (now) chosen = now;
  if (bar) bar.hidden = !now && !(bar.contains(document.activeElement) && chosen);
});

async function use(slot) {
  const query = new URLSearchParams({ report: chosen.report, start: chosen.start, end: chosen.end, slot, lang: document.documentElement.lang });
  const answer = await fetch("/review/words.json?" + query, { credentials: "same-origin" });
  const told = answer.ok ? await answer.json() : { values: {} };
  const names = Object.keys(told.values);
  for (const name of names) {
    const field = form.elements[name];
    if (!field) continue;
    field.value = told.values[name];
    field.classList.add("new");
    // a name is shown as the page calls it; the record's own stands behind it
    for (const beside of ["said_" + name, "shown_" + name]) if (form.elements[beside]) form.elements[beside].value = told.said[name];
    if (form.elements["said_" + name]) form.elements["said_" + name].classList.add("new");
  }
  const seen = names.map((n) => form.elements["said_" + n] || form.elements[n]).find((f) => f && f.type !== "hidden");
  if (seen) seen.focus();
  bar.classList.toggle("empty", names.length === 0);
  bar.hidden = names.length > 0;
}

if (bar && form) {
  // the selection must outlive the press of a button
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const slot = event.target.closest("[data-slot]");
    if (slot && chosen) use(slot.dataset.slot);
  });
  for (const toll of ["killed", "injured", "abducted", "arrested"]) {
    form.elements[toll + "_best"].addEventListener("input", (event) => {
      form.elements[toll + "_low"].value = event.target.value;
      form.elements[toll + "_high"].value = event.target.value;
    });
  }
  for (const name of ["date_start", "date_end"]) form.elements[name].addEventListener("input", () => { form.elements.date_precision.value = ""; });
  // a browser puts back what is seen alone
  const hidden = [...form.querySelectorAll("input[type=hidden]")].map((field) => [field, field.value]);
  form.addEventListener("reset", () => {
    hidden.forEach(([field, value]) => { field.value = value; });
    form.querySelectorAll(".new").forEach((f) => f.classList.remove("new"));
  });
}

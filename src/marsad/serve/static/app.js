// What every page does with script; without it all of this works by links and forms.
"use strict";

// The slider of days moves the field of the day beside it; the field is what counts.
function slide(range) {
  const field = document.getElementById(range.dataset.for);
  const first = new Date(range.dataset.first + "T00:00:00Z");
  if (!field || isNaN(first)) return;
  const day = new Date(first.getTime() + Number(range.value) * 86400000);
  // at its end the slider means "now"
  field.value = Number(range.value) >= Number(range.max) ? "" : day.toISOString().slice(0, 10);
  range.setAttribute("aria-valuetext", field.value || document.documentElement.lang === "ar" && "الآن" || "now");
}

document.addEventListener("input", (event) => {
  if (event.target.matches("input[type=range][data-for]")) slide(event.target);
});

// The address holds what was asked and nothing else: empty fields and what goes without saying stay out of it.
document.addEventListener("htmx:configRequest", (event) => {
  const asked = event.detail.parameters;
  for (const name of Object.keys(asked)) if (asked[name] === "") delete asked[name];
  if (!asked.as_of) delete asked.clock;
});

// What htmx swaps in may have come too late: say what went wrong in the page's own place.
document.addEventListener("htmx:responseError", (event) => {
  const results = document.getElementById("results");
  if (!results) return;
  const note = document.createElement("div");
  note.className = "note bad";
  note.setAttribute("role", "alert");
  note.textContent = event.detail.xhr.status + " " + event.detail.xhr.statusText;
  results.prepend(note);
});

// A form that cannot be taken back asks first.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

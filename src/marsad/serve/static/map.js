// The map of incidents: Leaflet over our own land, points gathered by the server for the zoom in view. The picture in its place
// stays where there is no script.
"use strict";

const FAMILIES = ["attack", "operation", "control", "posture", "unrest", "measure"];
let map = null;

function text(words) {
  const span = document.createElement("bdi");
  span.textContent = words;
  return span;
}

function mark(cell) {
  const size = Math.min(46, 13 + 5 * Math.sqrt(cell.n));
  const icon = L.divIcon({ className: "cell f-" + (FAMILIES.includes(cell.family) ? cell.family : "measure"), iconSize: [size, size], html: cell.n > 1 ? String(cell.n) : "" });
  const label = (cell.label ? cell.label + " · " : "") + cell.words;
  const made = L.marker([cell.lat, cell.lon], { icon, alt: label, title: "", keyboard: true });
  made.bindTooltip(text(label), { direction: "top", offset: [0, -size / 2] });
  made.on("click keypress", (event) => {
    if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
    if (cell.href) window.location.assign(cell.href);
    else if (cell.west === cell.east && cell.south === cell.north) choose(L.latLngBounds([cell.south - 0.01, cell.west - 0.01], [cell.north + 0.01, cell.east + 0.01]));
    else map.fitBounds([[cell.south, cell.west], [cell.north, cell.east]], { padding: [40, 40] });
  });
  made.on("add", () => made.getElement().setAttribute("aria-label", label));
  return made;
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(address + ": " + answer.status);
  return answer.json();
}

function choose(bounds) {
  const form = document.getElementById("filters");
  const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  form.elements.bbox.value = [Math.max(-180, box[0]), Math.max(-90, box[1]), Math.min(180, box[2]), Math.min(90, box[3])].map((x) => x.toFixed(3)).join(",");
  form.requestSubmit();
}

function here(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "maphere";
  button.hidden = true;
  button.textContent = place.dataset.here;
  button.dir = place.dataset.dir;
  button.addEventListener("click", () => choose(map.getBounds()));
  place.append(button);
  map.on("dragend", () => { button.hidden = false; });
  document.querySelectorAll(".leaflet-control-zoom a").forEach((a) => a.addEventListener("click", () => { button.hidden = false; }));
}

async function draw(place) {
  place.dataset.ready = "no";
  if (map) map.remove();
  place.replaceChildren();
  map = L.map(place, { zoomSnap: 0.5, attributionControl: false, zoomControl: false, minZoom: 2, maxZoom: 14, worldCopyJump: true });
  L.control.zoom({ zoomInTitle: place.dataset.in, zoomOutTitle: place.dataset.out }).addTo(map);
  const cells = L.layerGroup();
  const land = await fetched(place.dataset.land);
  const shapes = L.geoJSON(land, { interactive: false, style: { className: "land-line", weight: 1.2 },
    onEachFeature: (feature, layer) => layer.bindTooltip(text(feature.properties.label), { permanent: true, direction: "center", className: "land-name" }) });
  const load = async () => {
    const sign = place.dataset.cells.includes("?") ? "&" : "?";
    const found = await fetched(place.dataset.cells + sign + "zoom=" + map.getZoom().toFixed(1));
    cells.clearLayers();
    found.cells.forEach((cell) => cells.addLayer(mark(cell)));
    return found.cells;
  };
  const box = (place.dataset.bbox || "").split(",").map(Number);
  map.setView([33, 43.7], 6);
  shapes.addTo(map);
  cells.addTo(map);
  const points = await load();
  const bounds = box.length === 4 ? L.latLngBounds([box[1], box[0]], [box[3], box[2]])
    : points.length ? L.latLngBounds(points.flatMap((c) => [[c.south, c.west], [c.north, c.east]])) : shapes.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.08), { maxZoom: 9, animate: false });
  await load();
  map.on("zoomend", load);
  here(place);
  place.dataset.ready = "yes";
}

function begin() {
  const place = document.getElementById("map");
  if (place && window.L) draw(place).catch((error) => { place.dataset.failed = String(error); });
}

// Rows and marks answer each other.
document.addEventListener("focusin", (event) => point(event.target.closest("tr[data-lat]")));
document.addEventListener("mouseover", (event) => point(event.target.closest("tr[data-lat]")));
let ring = null;
function point(row) {
  if (!map || !row) return;
  if (ring) ring.remove();
  ring = L.circleMarker([Number(row.dataset.lat), Number(row.dataset.lon)], { radius: 17, className: "ring", interactive: false }).addTo(map);
}

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("htmx:afterSettle", () => {
  const place = document.getElementById("map");
  if (place && !place.dataset.ready) begin();
});

"use strict";
// The map of an exported page: every text is set as text, no address is fetched, and nothing in the
// data is run. Python has resolved each choice of phases; this file only shows one of them.
(async () => {
  const book = JSON.parse(document.getElementById("atlas").textContent);
  const at = (id) => document.getElementById(id);
  const box = at("map");
  const boxes = [...document.querySelectorAll("input[name=phase]")];

  // Pictures of which the map takes pieces: symbols, and names of places.
  const sheets = {};
  for (const [name, source] of Object.entries(book.sheets)) {
    const sheet = new Image();
    sheet.src = source;
    await sheet.decode();
    const canvas = document.createElement("canvas");
    canvas.width = sheet.naturalWidth;
    canvas.height = sheet.naturalHeight;
    canvas.getContext("2d").drawImage(sheet, 0, 0);
    // deck.gl reads colours as they are, not as they are where they show through
    sheets[name] = await createImageBitmap(canvas, { premultiplyAlpha: "none" });
  }

  const read = (row, path) => path.reduce((value, key) => value == null ? value : value[key], row);
  // A rule from Python: a field, a choice by a field, or a plain value.
  const rule = (value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    if (value.$get) return (row) => read(row, value.$get);
    if (value.$by) {
      const known = new Map(Object.entries(value.known));
      return (row) => known.get(read(row, value.$by)) || value.other;
    }
    return value;
  };

  // What Python framed is 600 by 560 pixels; a smaller box sees the same, smaller.
  const less = () => Math.min(0, Math.log2(Math.min(box.clientWidth / 600, box.clientHeight / 560)));

  // Every line of borders and coasts once, as two ends; what only closes a polygon at the 180th
  // meridian or at the pole is none.
  const lines = (areas) => {
    const found = new Map();
    const onRim = ([x, y], [u, v]) => (Math.abs(x) === 180 && x === u) || (y === -90 && v === -90);
    for (const { geometry } of areas.flatMap((index) => book.data[index].features)) {
      const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const ring of parts.flat()) {
        for (let i = 1; i < ring.length; i += 1) {
          const ends = [ring[i - 1], ring[i]].sort(([x, y], [u, v]) => x - u || y - v);
          if (book.view.kind !== "MapView" || !onRim(...ends)) found.set(ends.join(), ends);
        }
      }
    }
    return [...found.values()];
  };
  const borders = new Map();
  const bordersOf = (areas) => {
    if (!borders.has(areas.join())) borders.set(areas.join(), lines(areas));
    return borders.get(areas.join());
  };

  const layer = (index) => {
    const { kind, data, extensions, ...props } = book.layers[index];
    const made = Object.fromEntries(Object.entries(props).map(([key, value]) => [key, rule(value)]));
    if (made.iconAtlas) made.iconAtlas = sheets[made.iconAtlas];
    if (kind === "IconLayer" || kind === "TextLayer") made.sizeScale = Math.max(0.72, 2 ** less());
    made.extensions = (extensions || []).map(({ kind: name, ...options }) => new deck[name](options));
    if (kind === "LineLayer") {
      made.getSourcePosition = ([from]) => from;
      made.getTargetPosition = ([, to]) => to;
    }
    return new deck[kind]({ ...made, data: Array.isArray(data) ? bordersOf(data) : book.data[data] });
  };

  const framed = (view) => {
    const zoom = view.zoom + less();
    return { ...view, zoom, minZoom: Math.min(view.minZoom, zoom) };
  };

  const key = () => boxes.filter((one) => one.checked).map((one) => one.value).join("") || "none";
  let state = book.states[key()];
  let now = framed(state.view);
  let turn = 0;

  const { kind: view, ...settings } = book.view;
  const map = new deck.Deck({
    parent: box,
    views: [new (deck[view] || deck[`_${view}`])(settings)],
    initialViewState: now,
    layers: [],
    getTooltip: ({ object }) => {
      const words = object && (object.name || (object.properties && object.properties.name));
      return words ? { text: words, style: book.tooltip } : null;
    },
    onViewStateChange: ({ viewState }) => { now = viewState; },
    onAfterRender: () => { box.dataset.painted = String(turn); },
  });

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  const line = (entry) => {
    const made = element("div", "", "line");
    const mark = new Image(34, 20);
    mark.alt = "";
    mark.src = entry.mark;
    const words = element("div", entry.label);
    if (entry.small) words.append(element("small", entry.small));
    made.append(mark, words);
    return made;
  };

  const source = (index) => {
    const { words, url } = book.sources[index];
    const made = element("li", `${words} `);
    if (/^https?:\/\//.test(url)) {
      const link = element("a", url);
      link.href = url;
      link.rel = "noreferrer";
      link.target = "_blank";
      made.append(link);
    }
    return made;
  };

  const show = () => {
    state = book.states[key()];
    turn += 1;
    map.setProps({ layers: state.layers.map(layer) });
    document.title = state.title;
    at("title").textContent = state.title;
    at("sentence").textContent = state.sentence;
    box.setAttribute("aria-label", state.alt);
    at("legend").replaceChildren(...state.legend.map(line));
    at("small").replaceChildren(...state.small.map((text) => element("p", text)));
    at("sources").replaceChildren(...state.sources.map(source));
    const link = at("link");
    link.textContent = state.link;
    if (link.href) link.href = state.link;
  };

  const look = (view) => {
    now = view;  // deck.gl tells of what a reader moves only
    map.setProps({ initialViewState: { ...view, turn: turn += 1 } });
  };
  boxes.forEach((one) => one.addEventListener("change", () => {
    const before = JSON.stringify(state.view);
    show();
    if (JSON.stringify(state.view) !== before) look(framed(state.view));
  }));
  document.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    const step = Number(button.dataset.zoom);
    if (!step) return look(framed(state.view));
    const { minZoom = -20, maxZoom = 20 } = framed(state.view);
    look({ ...now, zoom: Math.max(minZoom, Math.min(maxZoom, now.zoom + step)) });
  }));
  addEventListener("beforeprint", () => { document.querySelector("details").open = true; });
  show();
})();

/**
 * The path as a map: modules in rows, each below what it builds on.
 *
 * @module
 */
import { count, draw, make } from "./dom.js";
import { MODULE_WORDS, SIGNS } from "./words.js";

const TALL = 58;
const STEP = 26;

/**
 * Build the map.
 *
 * @param {object} home what the server said
 * @param {string} chosen the id of the module whose parts are shown
 * @param {string} next the id of the module of the next step
 * @param {function(string): void} choose called with the id of a module that was chosen
 * @returns {HTMLElement}
 */
export function moduleMap(home, chosen, next, choose) {
  const { map, node } = home;
  const top = new Map(map.rows.flatMap((row, index) => row.map((place) => [place, index * (TALL + STEP)])));
  const height = map.rows.length * (TALL + STEP) - STEP;
  const related = new Set(
    home.modules.flatMap((module) => (module.id === chosen ? module.needs : module.needs.includes(chosen) ? [module.id] : [])),
  );
  const lines = draw("svg", {
    class: "bp-lines",
    width: map.width,
    height,
    viewBox: `0 0 ${map.width} ${height}`,
    "aria-hidden": "true",
  });
  for (const line of map.lines) {
    const strong = line[0] === chosen || line[line.length - 1] === chosen;
    lines.append(draw("path", { d: curve(line, map.across, top), class: strong ? "bp-line bp-strong" : "bp-line" }));
  }
  const nodes = home.modules.map((module) => {
    const button = make(
      `button.bp-node.bp-is-${module.state}`,
      {
        type: "button",
        "aria-pressed": String(module.id === chosen),
        "aria-controls": "bp-module",
        style: `left:${map.across[module.id] - node / 2}px;top:${top.get(module.id)}px;width:${node}px;height:${TALL}px`,
        onclick: () => choose(module.id),
      },
      make("span.bp-node-name", {}, module.title),
      make("span.bp-node-state", {}, make("span", { "aria-hidden": "true" }, `${SIGNS[module.state]} `), standing(module)),
      module.id === next && make("span.bp-node-next", {}, "Next"),
    );
    button.classList.toggle("bp-related", related.has(module.id));
    return make("li", {}, button);
  });
  return make(
    "div.bp-map",
    { style: `width:${map.width}px;height:${height}px` },
    lines,
    make("ul", { "aria-label": "Modules; each builds on those above it that a line leads from" }, ...nodes),
  );
}

/**
 * Say how far one is with a module: `3 of 10 done`.
 *
 * @param {object} module
 * @returns {string}
 */
export function standing(module) {
  if (module.state === "planned") {
    return "planned";
  }
  if (module.done === 0) {
    return module.state === "new" ? count(module.ready, "part") : `${MODULE_WORDS[module.state]}, 0 of ${module.ready}`;
  }
  return `${module.done} of ${module.ready} done`;
}

/** Draw a line from the lower edge of a module, past the rows between, to the upper edge of another. */
function curve(line, across, top) {
  const [first, ...rest] = line;
  const last = rest.pop();
  const points = [[across[first], top.get(first) + TALL]];
  for (const place of rest) {
    points.push([across[place], top.get(place)], [across[place], top.get(place) + TALL]);
  }
  points.push([across[last], top.get(last)]);
  let drawn = `M${points[0].join(" ")}`;
  for (let i = 1; i < points.length; i += 1) {
    const [[x1, y1], [x2, y2]] = [points[i - 1], points[i]];
    const half = (y2 - y1) / 2;
    drawn += x1 === x2 ? `V${y2}` : `C${x1} ${y1 + half} ${x2} ${y2 - half} ${x2} ${y2}`;
  }
  return drawn;
}

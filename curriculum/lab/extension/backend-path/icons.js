/**
 * The extension's icons, in the form that JupyterLab colours by its theme.
 *
 * @module
 */
import { lab } from "./shared.js";

function icon(name, path) {
  const svgstr =
    `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">` +
    `<path class="jp-icon3" fill="#616161" d="${path}"/></svg>`;
  return new lab.components.LabIcon({ name: `backend-path:${name}`, svgstr });
}

export const homeIcon = icon("home", "M12 3 2 12h3v8h6v-6h2v6h6v-8h3z");
export const reviewIcon = icon(
  "review",
  "M12 5V1L7 6l5 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
);

/**
 * What is wrong with a notebook, and the offer to repair it.
 *
 * @module
 */
import { button, make } from "./dom.js";

/**
 * @param {{kind: string, text: string}[]} troubles
 * @param {function(): void} repair
 * @returns {HTMLElement[]} nothing if all is well
 */
export function troubleView(troubles, repair) {
  if (troubles.length === 0) {
    return [];
  }
  return [
    make(
      "div.bp-trouble",
      { role: "alert" },
      make("h3", {}, "This notebook is damaged"),
      make("ul", {}, ...troubles.map((trouble) => make("li", {}, trouble.text))),
      make(
        "p",
        {},
        "Repair puts back what is missing and leaves all that you wrote. It keeps the notebook as it is now in a copy.",
      ),
      button("Repair", () => repair(), { class: "bp-primary" }),
    ),
  ];
}

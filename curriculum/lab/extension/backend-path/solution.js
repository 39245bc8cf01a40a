/**
 * The model solution, with what speaks for it.
 *
 * @module
 */
import { make } from "./dom.js";

/**
 * @param {object[]} solutions the model solution, answer by answer
 * @param {function(string): HTMLElement} markdown
 * @returns {HTMLElement}
 */
export function solutionView(solutions, markdown) {
  return make("div.bp-solutions", {}, ...solutions.map((solution) => answerView(solution, markdown)));
}

function answerView(solution, markdown) {
  const view = make("section", {}, make("h3", {}, solution.title), text(solution.text, solution.language, markdown));
  if (solution.avoids.length) {
    view.append(
      make("h4", {}, "What it gets right where others slip"),
      make("p", {}, "Each of these is a belief that leads to a wrong answer here:"),
      make("ul", {}, ...solution.avoids.map((belief) => make("li", {}, belief))),
    );
  }
  if (solution.others.length) {
    view.append(
      make("h4", {}, "Other answers that are as good"),
      ...solution.others.map((other) =>
        make("details", {}, make("summary", {}, other.note), text(other.text, solution.language, markdown)),
      ),
    );
  }
  return view;
}

function text(source, language, markdown) {
  if (language === "markdown") {
    return markdown(source);
  }
  const fence = "`".repeat(Math.max(3, ...[...source.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return markdown(`${fence}${language}\n${source}\n${fence}`);
}

/**
 * A check's result, task by task.
 *
 * @module
 */
import { amount, button, make } from "./dom.js";

const SIGNS = { passed: "✓", partial: "◐", failed: "✗", "needs grading": "◇", unwritten: "○" };
const WORDS = {
  passed: "passed",
  partial: "in part",
  failed: "failed",
  "needs grading": "a person marks this",
  unwritten: "not written yet",
};

/**
 * Build the list of tasks with what their tests gave.
 *
 * @param {object} report the check's report
 * @param {object[]} hints the hints that were shown
 * @param {{hint: function(string): void, goTo: function(string): void, markdown: function(string): HTMLElement}} actions
 * @returns {HTMLElement}
 */
export function taskList(report, hints, actions) {
  return make("ol.bp-tasks", {}, ...report.tasks.map((task) => taskItem(task, hints, actions)));
}

/**
 * Say a check's result in a sentence.
 *
 * @param {object} report
 * @returns {string}
 */
export function summary(report) {
  const points = `${amount(report.points)} of ${amount(report.max_points)} points`;
  if (report.passed) {
    return `All tests pass: ${points}.`;
  }
  const failing = report.tasks.flatMap((task) => task.tests).filter((test) => isOpen(test)).length;
  return `${points}. ${failing === 1 ? "1 test does" : `${failing} tests do`} not pass yet.`;
}

function isOpen(test) {
  return test.status === "failed" || test.status === "partial";
}

function taskItem(task, hints, actions) {
  const earned = task.tests.reduce((sum, test) => sum + test.points, 0);
  const worth = task.tests.reduce((sum, test) => sum + test.max_points, 0);
  const status = statusOf(task);
  const name = task.number ? `Task ${task.number}: ${task.title}` : task.title;
  return make(
    `li.bp-task.bp-is-${status.replace(" ", "-")}`,
    {},
    make(
      "div.bp-task-head",
      {},
      sign(status),
      make("h3", {}, name),
      make("span.bp-points", {}, `${amount(earned)} / ${amount(worth)}`),
    ),
    make("ul.bp-tests", {}, ...task.tests.map((test) => testItem(test, hints, actions, task.tests.length > 1))),
  );
}

function statusOf(task) {
  const all = task.tests.map(standing);
  const order = ["failed", "partial", "unwritten", "needs grading"];
  return order.find((status) => all.includes(status)) ?? "passed";
}

/** Say how a test went; one that the learner has not begun with is no failure yet. */
function standing(test) {
  return test.written ? test.status : "unwritten";
}

function testItem(test, hints, actions, named) {
  const shown = hints.filter((hint) => hint.test === test.id);
  const status = standing(test);
  const item = make(
    `li.bp-test.bp-is-${status.replace(" ", "-")}`,
    { "data-test": test.id },
    named && make(
      "div.bp-test-head",
      {},
      sign(status),
      make("span.bp-test-name", {}, test.label),
      make("span.bp-test-word", {}, WORDS[status]),
      make("span.bp-points", {}, `${amount(test.points)} / ${amount(test.max_points)}`),
    ),
  );
  if (isOpen(test)) {
    item.append(...reasons(test, actions));
  }
  if (shown.length && test.status !== "passed") {
    item.append(hintList(shown, actions));
  }
  if (isOpen(test)) {
    item.append(
      make(
        "div.bp-test-actions",
        {},
        button(shown.length ? "Next hint" : "Hint", () => actions.hint(test.id), {
          class: "bp-small",
          "aria-label": `${shown.length ? "Next hint" : "Hint"} for ${test.label}`,
        }),
        button("Go to the test", () => actions.goTo(test.id), {
          class: "bp-small bp-plain",
          "aria-label": `Go to the test ${test.label}`,
        }),
      ),
    );
  }
  return item;
}

/** Say why a test failed; of a hidden one only that it did, and its hint. */
function reasons(test, actions) {
  const parts = [];
  if (!test.written) {
    parts.push(make("p.bp-quiet", {}, "Not written yet."));
  }
  if (test.hidden) {
    parts.push(make("p.bp-hidden", {}, "What you can see of this test passes. A part that you can't see fails."));
  }
  if (test.line) {
    parts.push(make("pre.bp-line", { "aria-label": "The line that failed" }, test.line));
  }
  if (test.message) {
    parts.push(make("pre.bp-message", { "aria-label": "What happened" }, test.message));
  }
  if (test.hint) {
    parts.push(make("div.bp-hint", {}, make("h4", {}, "Hint"), actions.markdown(test.hint)));
  }
  return parts;
}

/**
 * Build the hints that were shown for a test.
 *
 * @param {object[]} shown
 * @param {{markdown: function(string): HTMLElement}} actions
 * @returns {HTMLElement}
 */
export function hintList(shown, actions) {
  return make(
    "ol.bp-hints",
    { "aria-label": "Hints" },
    ...shown.map((hint, index) =>
      make("li.bp-hint", {}, make("h4", {}, `Hint ${index + 1}`), actions.markdown(hint.text)),
    ),
  );
}

/** A sign that says by its form, not only by its colour, how it went. */
function sign(status) {
  return make("span.bp-sign", { "aria-label": WORDS[status], role: "img" }, SIGNS[status]);
}

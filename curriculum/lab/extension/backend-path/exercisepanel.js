/**
 * What the panel beside an exercise shows: results, hints, the solution, and what is in the way.
 *
 * @module
 */
import { button, make } from "./dom.js";
import { hintList, summary, taskList } from "./results.js";
import { troubleView } from "./trouble.js";

/**
 * Fill the panel of an exercise.
 *
 * @param {{node: HTMLElement, show: function(): void, hide: function(): void}} side the panel
 * @param {object} state the exercise's state: `about`, `report`, `hints`, `notice`, `running`
 * @param {{hint: function(string): void, goTo: function(string): void, repair: function(): void, closed: function(): void,
 *     home: function(): void, shown: function(): void, markdown: function(string): HTMLElement}} actions
 */
export function exercisePanel(side, state, actions) {
  function show(title, ...content) {
    side.node.replaceChildren(
      make(
        "div.bp-side-head",
        {},
        make("h2", {}, title),
        button("×", () => hide(), { class: "bp-close", "aria-label": "Close the panel", title: "Close" }),
      ),
      ...troubleView(state.about.troubles, actions.repair),
      ...(state.notice ? [state.notice] : []),
      ...content,
    );
    side.show();
    actions.shown();
  }

  function hide() {
    side.hide();
    actions.closed();
  }

  function results() {
    const { report, hints } = state;
    if (report) {
      show(
        "Results",
        make(`p.bp-summary${report.passed ? ".bp-all" : ""}`, {}, summary(report)),
        taskList(report, hints, actions),
        ...(report.passed ? [button("What is next?", actions.home, { class: "bp-primary" })] : []),
      );
    } else if (hints.length) {
      show("Hints", make("div", { "data-test": hints.at(-1).test }, hintList(hints, actions)));
    } else {
      const running = state.running === "check" || state.running === "submit";
      const said = running ? "The check goes on." : "Nothing was checked yet. Write your answer, then press Check.";
      show("Results", make("p", {}, said));
    }
  }

  return {
    show,
    hide,
    results,
    /** Say why something could not be done. @param {string} message */
    problem: (message) => show("Something is in the way", make("p.bp-problem", { role: "alert" }, message)),
    /** Add a sentence, where it is seen first. @param {string} text */
    note(text) {
      const note = make("p.bp-note", { role: "status" }, text);
      side.node.firstElementChild.after(note);
      note.scrollIntoView({ block: "nearest" });
    },
    /** Bring a test and its hints into view, with a sentence below them. @param {string} test @param {string} words */
    reveal(test, words) {
      const item = side.node.querySelector(`[data-test="${CSS.escape(test)}"]`);
      if (item && words) {
        item.append(make("p.bp-note", {}, words));
      }
      const last = item?.querySelector(".bp-hints li:last-child") ?? item;
      last?.scrollIntoView({ block: "nearest" });
    },
  };
}

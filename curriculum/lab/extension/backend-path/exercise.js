/**
 * What stands above an exercise: Check, Hint, Solution, Submit, Reset, and what they do.
 *
 * @module
 */
import { get, post } from "./api.js";
import { addBar, addSide } from "./bar.js";
import { amount, button, make } from "./dom.js";
import { exercisePanel } from "./exercisepanel.js";
import { watchKernel } from "./kernel.js";
import { markdownWith } from "./markdown.js";
import { confirm, openMenu } from "./menus.js";
import { goTo, save, written } from "./notebook.js";
import { summary } from "./results.js";
import { lab } from "./shared.js";
import { solutionView } from "./solution.js";

/** A check that takes longer than this says so, in milliseconds. */
const PATIENCE = 300;

const NOT_YET = "The solution is here after an honest try: a check of your own answer that fails, or three hints.";

/**
 * Give an exercise its bar and its panel.
 *
 * @param {object} course what the plugin gave
 * @param {object} panel JupyterLab's notebook panel
 * @param {object} about what the server said of the notebook
 */
export function attachExercise(course, panel, about) {
  const state = { about, report: about.shown.check, hints: about.shown.hints, running: null, checked: "", notice: null };
  const markdown = markdownWith(course.rendermime);
  const status = make("span.bp-status", { role: "status" });
  const side = addSide(panel, `${about.title}: results`);
  const view = exercisePanel(side, state, {
    hint: (test) => void hint(test),
    goTo: (test) => goTo(panel, test),
    repair: () => void repair(),
    home: () => course.openHome(),
    shown: () => refresh(),
    closed: () => {
      buttons.results.focus();
      refresh();
    },
    markdown,
  });
  const path = () => panel.context.path;
  const progressed = () => course.news.dispatchEvent(new Event("progress"));

  const buttons = {
    check: button("Check", () => void check(), {
      class: "bp-primary",
      title: "Save and grade this notebook from a clean start",
    }),
    stop: button("Stop", () => void stop(), { class: "bp-stop", hidden: true }),
    hint: button("Hint", () => void hint(""), { title: "The next hint for what fails. It costs nothing." }),
    solution: button("Solution", () => void solution()),
    submit: button("Submit", () => void submit(), {
      title: about.exchange ? "Check, and hand in to your course" : "Check, and record it as handed in",
    }),
    reset: button("Reset", (event) => resetMenu(event.currentTarget), { "aria-haspopup": "menu" }),
    results: button("Results", () => (side.isShown() ? view.hide() : view.results()), { class: "bp-plain" }),
    home: button("Course home", () => course.openHome(), { class: "bp-plain bp-right" }),
  };
  addBar(panel, `Exercise: ${about.title}`, ...Object.values(buttons).slice(0, -1), status, buttons.home);

  /** Run one action at a time, and show why it could not be done. */
  async function act(what, action) {
    if (state.running) {
      return;
    }
    state.running = what;
    refresh();
    try {
      await action();
    } catch (error) {
      say("");
      view.problem(error.message);
    } finally {
      state.running = null;
      refresh();
    }
  }

  /** Grade the saved notebook on the server; a longer check shows its time and can be stopped. */
  async function graded(what) {
    await save(panel);
    state.checked = written(panel);
    const id = lab.coreutils.UUID.uuid4();
    const began = performance.now();
    state.stop = () => post("stop", { id });
    const tick = setInterval(() => {
      const elapsed = performance.now() - began;
      if (elapsed > PATIENCE) {
        buttons.stop.hidden = false;
        status.classList.add("bp-busy");
        say(elapsed < 1000 ? "Checking…" : `Checking… ${Math.round(elapsed / 1000)} s`);
      }
    }, 100);
    try {
      return await post(what, { id, path: path() });
    } finally {
      clearInterval(tick);
      buttons.stop.hidden = true;
      status.classList.remove("bp-busy");
      state.stop = null;
    }
  }

  const check = () =>
    act("check", async () => {
      state.notice = null;
      const { report, ...news } = await graded("check");
      take(report, news);
    });

  const submit = () =>
    act("submit", async () => {
      const { report, text } = await graded("submit");
      take(report, await get("notebook", { path: path() }));
      view.note(text);
    });

  async function stop() {
    buttons.stop.disabled = true;
    try {
      await state.stop?.();
    } catch (error) {
      view.problem(error.message);
    } finally {
      buttons.stop.disabled = false;
    }
  }

  function take(report, news) {
    state.report = report;
    Object.assign(state.about, news); // what is wrong with the notebook, and whether the solution is offered
    say(summary(report));
    view.results();
    progressed();
  }

  const hint = (test) =>
    act("hint", async () => {
      const answer = await post("hint", { path: path(), test });
      state.about.solution = answer.solution;
      if (answer.hint) {
        state.hints = [...state.hints, answer.hint];
      }
      view.results();
      const words = answer.hint ? "" : `These are all the hints for “${answer.label}”.`;
      say(words || `Hint for “${answer.label}” shown.`);
      view.reveal(answer.test, words);
    });

  const solution = () =>
    act("solution", async () => {
      if (!state.about.solution) {
        view.problem(NOT_YET);
        return;
      }
      const solved = state.about.state === "solved"; // then it takes nothing away
      const sure =
        solved ||
        (await confirm(
          "See the solution?",
          "The exercise then counts as studied. It counts as solved when you reset it, and solve it again a day later.",
          "Show the solution",
        ));
      if (sure) {
        view.show("Solution", solutionView(await post("solution", { path: path() }), markdown));
        progressed();
      }
    });

  function resetMenu(anchor) {
    const item = (answer, title) => ({ label: title, action: () => void reset(answer, title) });
    const answers = state.about.guide.answers.map((answer) => item(answer.id, answer.title));
    openMenu(anchor, [...answers, null, item("", "The whole notebook")]);
  }

  const reset = (answer, title) =>
    act("reset", async () => {
      const sure = await confirm(
        "Begin anew?",
        `${title} will be as at the beginning. What you have now is kept in a copy beside this notebook.`,
        "Begin anew",
      );
      if (sure) {
        await save(panel);
        await rewritten(await post("reset", { path: path(), answer }), "Put back to the beginning.");
      }
    });

  const repair = () =>
    act("repair", async () => {
      await save(panel);
      await rewritten(await post("repair", { path: path() }), "Repaired.");
    });

  /** Load what the server wrote into the notebook's file. */
  async function rewritten(answer, said) {
    await panel.context.revert();
    state.about = answer.about;
    state.report = answer.about.shown.check;
    state.hints = answer.about.shown.hints;
    view.results();
    view.note(`${said} What you had before is in “${answer.copy}”.`);
    progressed();
  }

  function say(text) {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  function refresh() {
    for (const name of ["check", "hint", "solution", "submit", "reset"]) {
      // not `disabled`, which would take the focus from whoever pressed it by keyboard
      buttons[name].setAttribute("aria-disabled", String(state.running !== null));
    }
    buttons.solution.classList.toggle("bp-not-yet", !state.about.solution);
    buttons.solution.title = state.about.solution ? "The model solution, with what speaks for it" : NOT_YET;
    buttons.results.setAttribute("aria-expanded", String(side.isShown()));
  }

  function welcome() {
    if (state.about.troubles.length) {
      view.results();
    } else if (state.report) {
      say(`Last check: ${amount(state.report.points)} of ${amount(state.report.max_points)} points.`);
      view.results();
    } else {
      say(`${amount(state.about.guide.points)} points`);
    }
    refresh();
  }

  state.checked = written(panel);
  panel.context.model.contentChanged.connect(() => {
    if (state.report && !state.running && written(panel) !== state.checked) {
      say("Changed since the last check.");
    }
  });
  watchKernel(panel, (notice) => {
    state.notice = notice;
    view.results();
  });
  welcome();
}

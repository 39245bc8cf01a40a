/**
 * What stands beside an exercise: Check, Hint, Solution, Submit, Reset, and what they show.
 *
 * @module
 */
import { get, post } from "./api.js";
import { addBar, addSide } from "./bar.js";
import { amount, button, make } from "./dom.js";
import { watchKernel } from "./kernel.js";
import { markdownWith } from "./markdown.js";
import { confirm, openMenu } from "./menus.js";
import { summary, taskList, hintList } from "./results.js";
import { solutionView } from "./solution.js";
import { troubleView } from "./trouble.js";

/** A check that takes longer than this says so, in milliseconds. */
const PATIENCE = 300;

/**
 * Give an exercise its bar and its panel.
 *
 * @param {object} course what the plugin gave
 * @param {object} panel JupyterLab's notebook panel
 * @param {object} about what the server said of the notebook
 */
export function attachExercise(course, panel, about) {
  const state = { about, report: about.shown.check, hints: about.shown.hints, running: null, checked: "", notice: null };
  const side = addSide(panel, `${about.title}: results`);
  const markdown = markdownWith(course.rendermime);
  const status = make("span.bp-status", { role: "status" });
  const path = () => panel.context.path;

  const buttons = {
    check: button("Check", () => void check(), { class: "bp-primary", title: "Save and grade this notebook from a clean start" }),
    stop: button("Stop", () => void stop(), { class: "bp-stop", hidden: true }),
    hint: button("Hint", () => void hint(""), { title: "The next hint for what fails. It costs nothing." }),
    solution: button("Solution", () => void solution()),
    submit: button("Submit", () => void submit(), {
      title: about.exchange ? "Check, and hand in to your course" : "Check, and record it as handed in",
    }),
    reset: button("Reset", (event) => resetMenu(event.currentTarget), { "aria-haspopup": "menu" }),
    results: button("Results", () => (side.isShown() ? hide() : showResults()), { class: "bp-plain" }),
    home: button("Course home", () => course.openHome(), { class: "bp-plain bp-right" }),
  };
  addBar(panel, `Exercise: ${about.title}`, ...Object.values(buttons).slice(0, -1), status, buttons.home);

  /** Return all that is written in the notebook; what cells put out is no part of it. */
  function written() {
    return [...panel.content.model.cells].map((cell) => cell.sharedModel.getSource()).join("\0");
  }

  async function save() {
    try {
      await panel.context.save();
    } catch (error) {
      throw new Error(
        "The notebook could not be saved, so nothing was done. Your text is still here: " +
          `save it under another name (File → Save Notebook As…). JupyterLab says: ${error.message}`,
      );
    }
  }

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
      showProblem(error.message);
    } finally {
      state.running = null;
      refresh();
    }
  }

  /** Grade the saved notebook on the server; a longer check shows its time and can be stopped. */
  async function graded(what) {
    await save();
    state.checked = written();
    const id = crypto.randomUUID();
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
      const answer = await graded("submit");
      take(answer.report, {});
      side.node.prepend(make("p.bp-note", { role: "status" }, answer.text));
      await renew();
    });

  async function stop() {
    buttons.stop.disabled = true;
    try {
      await state.stop?.();
    } finally {
      buttons.stop.disabled = false;
    }
  }

  function take(report, news) {
    state.report = report;
    Object.assign(state.about, news); // what is wrong with the notebook, and whether the solution is offered
    say(summary(report));
    showResults();
    course.news.dispatchEvent(new Event("progress"));
  }

  const hint = (test) =>
    act("hint", async () => {
      const answer = await post("hint", { path: path(), test });
      state.about.solution = answer.solution;
      if (answer.hint) {
        state.hints = [...state.hints, answer.hint];
      }
      showResults();
      const words = answer.hint ? "" : `These are all the hints for “${answer.label}”.`;
      say(words || `Hint for “${answer.label}” shown.`);
      reveal(answer.test, words);
    });

  /** Bring a test and its hints into view. */
  function reveal(test, words) {
    const item = side.node.querySelector(`[data-test="${CSS.escape(test)}"]`);
    if (item && words) {
      item.append(make("p.bp-note", {}, words));
    }
    const last = item?.querySelector(".bp-hints li:last-child") ?? item;
    last?.scrollIntoView({ block: "nearest" });
  }

  const solution = () =>
    act("solution", async () => {
      if (!state.about.solution) {
        showProblem("The solution is here after an honest try: a check of your own answer that fails, or three hints.");
        return;
      }
      const solved = state.about.state === "solved"; // then it takes nothing away
      const sure = solved || await confirm(
        "See the solution?",
        "The exercise then counts as studied. It counts as solved when you reset it, and solve it again a day later.",
        "Show the solution",
      );
      if (sure) {
        const answers = await post("solution", { path: path() });
        show("Solution", solutionView(answers, markdown));
        course.news.dispatchEvent(new Event("progress"));
      }
    });

  function resetMenu(anchor) {
    const answers = state.about.guide.answers.map((answer) => ({
      label: answer.title,
      action: () => void reset(answer.id, answer.title),
    }));
    openMenu(anchor, [...answers, null, { label: "The whole notebook", action: () => void reset("", "The whole notebook") }]);
  }

  const reset = (answer, title) =>
    act("reset", async () => {
      const sure = await confirm(
        "Begin anew?",
        `${title} will be as at the beginning. What you have now is kept in a copy beside this notebook.`,
        "Begin anew",
      );
      if (sure) {
        await save();
        await rewritten(await post("reset", { path: path(), answer }), "Put back to the beginning.");
      }
    });

  const repair = () =>
    act("repair", async () => {
      await save();
      await rewritten(await post("repair", { path: path() }), "Repaired.");
    });

  /** Load what the server wrote into the notebook's file. */
  async function rewritten(answer, said) {
    await panel.context.revert();
    state.about = answer.about;
    state.report = answer.about.shown.check;
    state.hints = answer.about.shown.hints;
    showResults();
    side.node.append(make("p.bp-note", { role: "status" }, `${said} What you had before is in “${answer.copy}”.`));
    course.news.dispatchEvent(new Event("progress"));
  }

  async function renew() {
    state.about = await get("notebook", { path: path() });
    course.news.dispatchEvent(new Event("progress"));
  }

  function goTo(test) {
    const index = panel.content.widgets.findIndex(
      (cell) => cell.model.getMetadata("nbgrader")?.grade_id === test,
    );
    if (index >= 0) {
      panel.content.activeCellIndex = index;
      void panel.content.scrollToItem(index, "center");
    }
  }

  function show(title, ...content) {
    const close = button("×", () => hide(), { class: "bp-close", "aria-label": "Close the panel", title: "Close" });
    side.node.replaceChildren(
      make("div.bp-side-head", {}, make("h2", {}, title), close),
      ...troubleView(state.about.troubles, repair),
      ...(state.notice ? [state.notice] : []),
      ...content,
    );
    side.show();
    refresh();
  }

  function hide() {
    side.hide();
    buttons.results.focus();
    refresh();
  }

  function showResults() {
    const { report, hints } = state;
    const actions = { hint: (test) => void hint(test), goTo, markdown };
    if (report) {
      show(
        "Results",
        make(`p.bp-summary${report.passed ? ".bp-all" : ""}`, {}, summary(report)),
        taskList(report, hints, actions),
      );
      if (report.passed) {
        side.node.append(
          make("p", {}, button("What is next?", () => course.openHome(), { class: "bp-primary" })),
        );
      }
    } else if (hints.length) {
      const first = hints[hints.length - 1].test;
      show("Hints", make("div", { "data-test": first }, hintList(hints, actions)));
    } else {
      const running = state.running === "check" || state.running === "submit";
      const said = running ? "The check goes on." : "Nothing was checked yet. Write your answer, then press Check.";
      show("Results", make("p", {}, said));
    }
  }

  function showProblem(message) {
    show("Something is in the way", make("p.bp-problem", { role: "alert" }, message));
  }

  function say(text) {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  function refresh() {
    const busy = state.running !== null;
    for (const name of ["check", "hint", "solution", "submit", "reset"]) {
      buttons[name].disabled = busy;
    }
    buttons.solution.classList.toggle("bp-not-yet", !state.about.solution);
    buttons.solution.title = state.about.solution
      ? "The model solution, with its reasons"
      : "After an honest try: a check of your own answer that fails, or three hints";
    buttons.results.setAttribute("aria-expanded", String(side.isShown()));
  }

  function welcome() {
    if (state.about.troubles.length) {
      showResults();
    } else if (state.report) {
      say(`Last check: ${amount(state.report.points)} of ${amount(state.report.max_points)} points.`);
      showResults();
    } else {
      say(`${amount(state.about.guide.points)} points`);
    }
    refresh();
  }

  panel.context.model.contentChanged.connect(() => {
    if (state.report && !state.running && written() !== state.checked) {
      say("Changed since the last check.");
    }
  });
  state.checked = written();
  watchKernel(panel, (notice) => {
    state.notice = notice;
    showResults();
  });
  welcome();
}

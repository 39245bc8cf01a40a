/**
 * What stands above a lesson: a way to say that it is read, and a way home.
 *
 * @module
 */
import { post } from "./api.js";
import { addBar } from "./bar.js";
import { button, make } from "./dom.js";

/**
 * Give a lesson its bar.
 *
 * @param {object} course what the plugin gave
 * @param {object} panel JupyterLab's notebook panel
 * @param {object} about what the server said of the notebook
 */
export function attachLesson(course, panel, about) {
  const status = make("span.bp-status", { role: "status" });
  const read = button("I have read this", () => void finish(), { class: "bp-primary" });
  const home = button("Course home", () => course.openHome(), { class: "bp-plain bp-right" });
  const next = button("What is next?", () => course.openHome(), { class: "bp-primary", hidden: true });
  addBar(panel, `Lesson: ${about.title}`, read, status, next, home);

  async function finish() {
    read.disabled = true;
    try {
      show(await post("finished", { path: panel.context.path }));
      course.news.dispatchEvent(new Event("progress"));
    } catch (error) {
      status.textContent = error.message;
      read.disabled = false;
    }
  }

  function show({ state }) {
    const studied = state === "studied";
    read.hidden = studied;
    next.hidden = !studied;
    status.textContent = studied ? "✓ Read. Its questions come back for review." : "";
  }

  show(about);
}

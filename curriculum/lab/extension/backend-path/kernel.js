/**
 * Saying so when a notebook's kernel dies.
 *
 * @module
 */
import { button, make } from "./dom.js";

/**
 * Watch a notebook's kernel.
 *
 * @param {object} panel JupyterLab's notebook panel
 * @param {function(HTMLElement): void} show shows a notice
 */
export function watchKernel(panel, show) {
  const session = panel.sessionContext;
  session.statusChanged.connect((_, status) => {
    if (status === "dead" || status === "autorestarting") {
      show(notice(session, status));
    }
  });
}

function notice(session, status) {
  const restarting = status === "autorestarting";
  return make(
    "div.bp-trouble",
    { role: "alert" },
    make("h3", {}, "The kernel has stopped"),
    make(
      "p",
      {},
      "The process that runs this notebook's cells ended, so the values of your variables are gone. " +
        "Your text is safe, and a check does not need that process.",
    ),
    make(
      "p",
      {},
      restarting
        ? "JupyterLab is starting it again. Then run your cells from the top: Run → Run All Cells."
        : button("Restart the kernel", () => void session.restartKernel(), { class: "bp-primary" }),
    ),
  );
}

/**
 * Reporting how long a learner was active in a notebook: the page is seen, and there was input within a minute.
 *
 * @module
 */
import { post } from "./api.js";

/** How long after the last input one still counts as active, in milliseconds. */
const LASTS = 60_000;
/** How often activity is looked at, in milliseconds. */
const STEP = 5_000;
/** How much activity of a notebook is reported at a time, in seconds. */
const REPORT = 60;

/**
 * Follow the notebook in front.
 *
 * @param {object} notebooks JupyterLab's tracker of notebooks
 */
export function followActivity(notebooks) {
  const seconds = new Map();
  let last = 0;
  for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    window.addEventListener(kind, () => (last = Date.now()), { capture: true, passive: true });
  }

  function report(least) {
    for (const [path, time] of seconds) {
      if (time >= least) {
        seconds.delete(path);
        // what can't be reported is lost: a minute less of time spent, which is no reason to bother anyone
        post("activity", { path, seconds: Math.min(time, 300) }, { keepalive: true }).catch(() => {});
      }
    }
  }

  setInterval(() => {
    const panel = notebooks.currentWidget;
    if (panel?.isVisible && document.visibilityState === "visible" && Date.now() - last < LASTS) {
      const { path } = panel.context;
      seconds.set(path, (seconds.get(path) ?? 0) + STEP / 1000);
    }
    report(REPORT);
  }, STEP);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      report(1);
    }
  });
}

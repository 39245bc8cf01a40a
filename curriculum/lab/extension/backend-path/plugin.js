/**
 * The extension as JupyterLab sees it: what it needs, and what it adds.
 *
 * @module
 */
import { followActivity } from "./activity.js";
import { button, make } from "./dom.js";
import { attachExercise } from "./exercise.js";
import { addHome } from "./home.js";
import { attachLesson } from "./lesson.js";
import { confirm } from "./menus.js";
import { addReview } from "./review.js";
import { get, post } from "./api.js";
import { lab } from "./shared.js";

/** Names of the commands that the extension adds. */
export const COMMANDS = { home: "backend-path:home", review: "backend-path:review" };

export const plugin = {
  id: "backend-path:learner",
  description: "Course home, checks, hints, reviews",
  autoStart: true,
  requires: [lab.notebook.INotebookTracker, lab.rendermime.IRenderMimeRegistry],
  optional: [lab.apputils.ICommandPalette, lab.launcher.ILauncher, lab.application.ILayoutRestorer],
  activate,
};

function activate(app, notebooks, rendermime, palette, launcher, restorer) {
  addStyles();
  makeRoomOnNarrowScreens(app);
  const course = {
    app,
    rendermime,
    /** Open a notebook of the course. @param {string} place */
    open: (place) => void open(app, place),
    openHome: () => app.commands.execute(COMMANDS.home),
    openReview: () => app.commands.execute(COMMANDS.review),
    /** Whoever shows progress listens here for news of it. */
    news: new EventTarget(),
  };
  addHome(course, COMMANDS.home, { palette, launcher, restorer });
  addReview(course, COMMANDS.review, { palette, restorer });
  notebooks.forEach((panel) => void attach(course, panel));
  notebooks.widgetAdded.connect((_, panel) => void attach(course, panel));
  followActivity(notebooks);
}

/** Open a notebook; one that JupyterLab could not read is repaired first, if the learner agrees. */
async function open(app, place) {
  try {
    const { troubles } = await get("look", { path: place });
    if (troubles.some((trouble) => trouble.kind === "unreadable")) {
      const sure = await confirm("This notebook can't be read", troubles[0].text, "Repair");
      if (!sure) {
        return;
      }
      await post("repair", { path: place });
    }
    await app.commands.execute("docmanager:open", { path: place, factory: "Notebook" });
  } catch (error) {
    await lab.apputils.showErrorMessage("The notebook could not be opened", error.message);
  }
}

/** Put the course's bar into a notebook, if it is one of the course's. */
async function attach(course, panel) {
  await panel.context.ready;
  let about;
  try {
    about = await get("notebook", { path: panel.context.path });
  } catch (error) {
    showRefusal(panel, error);
    return;
  }
  if (panel.isDisposed) {
    return;
  }
  if (about.kind === "exercise") {
    attachExercise(course, panel, about);
  } else if (about.kind === "lesson") {
    attachLesson(course, panel, about);
  }
  course.news.dispatchEvent(new Event("progress"));
}

function showRefusal(panel, error) {
  const note = make("div.bp-bar.bp-bar-problem", { role: "alert" }, make("span", {}, error.message));
  note.append(button("Dismiss", () => widget.dispose()));
  const widget = new lab.widgets.Widget({ node: note });
  panel.contentHeader.addWidget(widget);
}

/** Fold JupyterLab's side panels away on a phone: they would leave a strip of the text. */
function makeRoomOnNarrowScreens(app) {
  const narrow = window.matchMedia("(max-width: 760px)");
  const fold = () => {
    if (narrow.matches) {
      app.shell.collapseLeft?.();
      app.shell.collapseRight?.();
    }
  };
  narrow.addEventListener("change", fold);
  void app.restored.then(fold);
}

function addStyles() {
  const address = new URL("style.css", import.meta.url).href;
  document.head.append(make("link", { rel: "stylesheet", href: address }));
}

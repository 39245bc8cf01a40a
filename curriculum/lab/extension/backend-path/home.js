/**
 * The course home: where I am, what is next, what is due for review.
 *
 * @module
 */
import { get } from "./api.js";
import { amount, button, count, duration, make } from "./dom.js";
import { homeIcon } from "./icons.js";
import { moduleMap, standing } from "./map.js";
import { lab } from "./shared.js";
import { PART_WORDS, SIGNS, signOf } from "./words.js";

/** Where the browser keeps which start of the server has shown the home already. */
const SEEN = "backend-path:start";

/**
 * Add the home to JupyterLab: its command, its button at the left, its card in the launcher; and open it at the start.
 *
 * @param {object} course what the plugin gave
 * @param {string} command the command's name
 * @param {{palette: ?object, launcher: ?object, restorer: ?object}} parts JupyterLab's own, where it has them
 */
export function addHome(course, command, { palette, launcher, restorer }) {
  const { app } = course;
  const { MainAreaWidget, WidgetTracker } = lab.apputils;
  const tracker = new WidgetTracker({ namespace: "backend-path-home" });
  let home = null;

  app.commands.addCommand(command, {
    label: "Course home",
    caption: "Where you are, what is next, what is due for review",
    icon: homeIcon,
    execute: () => {
      if (!home || home.isDisposed) {
        const content = new lab.widgets.Widget({ node: make("div.bp-home", { tabindex: "-1" }) });
        home = new MainAreaWidget({ content });
        home.id = "backend-path-home";
        home.title.label = "Course home";
        home.title.icon = homeIcon;
        home.title.closable = true;
        home.toolbar.hide();
        const page = new HomePage(course, content.node);
        const renew = () => void page.renew();
        course.news.addEventListener("progress", renew);
        home.disposed.connect(() => course.news.removeEventListener("progress", renew));
      }
      if (!home.isAttached) {
        app.shell.add(home, "main");
      }
      if (!tracker.has(home)) {
        void tracker.add(home);
      }
      app.shell.activateById(home.id);
      home.content.node.focus({ preventScroll: true });
      course.news.dispatchEvent(new Event("progress"));
    },
  });
  palette?.addItem({ command, category: "Backend Path" });
  launcher?.add({ command, category: "Backend Path", rank: 0 });
  void restorer?.restore(tracker, { command, name: () => "home" });
  addSideButton(course);

  app.shell.currentChanged?.connect((_, { newValue }) => {
    if (newValue && newValue === home) {
      course.news.dispatchEvent(new Event("progress"));
    }
  });
  void app.restored.then(() => {
    if (isFirstPage()) {
      app.shell.collapseLeft?.();
      void app.commands.execute(command);
    }
  });
}

/** Return whether this is the first page since the server started, and none that names a file. */
function isFirstPage() {
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  const start = config.backendPathStart ?? "";
  const isNew = localStorage.getItem(SEEN) !== start;
  localStorage.setItem(SEEN, start);
  return isNew && !window.location.pathname.includes("/tree/");
}

/** Put a button into the left side bar. Its panel has no content of its own: it is a way to the home. */
function addSideButton(course) {
  const node = make(
    "div.bp-sidebar",
    {},
    make("h2", {}, "Backend Path"),
    button("Course home", () => course.openHome(), { class: "bp-primary" }),
    button("Review", () => course.openReview()),
  );
  const widget = new lab.widgets.Widget({ node });
  widget.id = "backend-path-sidebar";
  widget.title.icon = homeIcon;
  widget.title.caption = "Backend Path";
  course.app.shell.add(widget, "left", { rank: 50 });
}

class HomePage {
  /**
   * @param {object} course what the plugin gave
   * @param {HTMLElement} node where the page is drawn
   */
  constructor(course, node) {
    this.course = course;
    this.node = node;
    this.chosen = null;
    this.unfolded = new Set();
    this.home = null;
    this.asking = 0;
  }

  /** Draw the page anew from what the server says now; only the latest answer counts. */
  async renew() {
    const turn = ++this.asking;
    try {
      const home = await get("home");
      if (turn === this.asking) {
        this.home = home;
        this.draw();
      }
    } catch (error) {
      if (turn === this.asking) {
        this.node.replaceChildren(
          make("p.bp-problem", { role: "alert" }, error.message),
          button("Try again", () => void this.renew()),
        );
      }
    }
  }

  draw() {
    const { home } = this;
    const next = home.next?.module ?? null;
    const chosen = this.chosen ?? next ?? home.modules[0].id;
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    const scrolled = this.node.scrollTop;
    this.node.replaceChildren(
      make(
        "div.bp-page",
        {},
        make("div.bp-home-head", {}, make("h1", {}, home.title), this.activity()),
        make("div.bp-top", {}, this.nextStep(), this.reviews(), this.checks()),
        this.path(chosen, next),
      ),
    );
    this.node.scrollTop = scrolled;
    if (focused) {
      this.node.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  }

  activity() {
    const { minutes_today: today, minutes_this_week: week, days_in_a_row: days } = this.home.activity;
    const said = [];
    if (week >= 1) {
      said.push(`${duration(today)} today`, `${duration(week)} this week`);
    }
    if (days > 1) {
      said.push(`${days} days in a row`);
    }
    return make("p.bp-activity", {}, said.join(" · "));
  }

  nextStep() {
    const { next, next_place: place, begun, description } = this.home;
    if (!next) {
      return make(
        "section.bp-card.bp-next",
        { "aria-labelledby": "bp-next" },
        make("h2", { id: "bp-next" }, "All that is ready is done"),
        make("p", {}, "New lessons come with updates of backend-path. Until then, reviews keep what you learned."),
      );
    }
    const kind = next.kind === "lesson" ? "Lesson" : "Exercise";
    const state = this.partOf(next)?.state;
    return make(
      "section.bp-card.bp-next",
      { "aria-labelledby": "bp-next" },
      make("h2", { id: "bp-next" }, begun ? "Next" : "Begin here"),
      !begun && make("p.bp-lead", {}, description.trim().split("\n\n")[0]),
      make("p.bp-next-title", {}, `${kind}: ${next.title}`),
      make("p.bp-reason", {}, next.reason),
      button(`${state === "in-progress" ? "Go on" : "Start"} (${next.minutes} min)`, () => this.course.open(place), {
        class: "bp-primary bp-large",
        "data-focus": "next",
        "aria-label": `${state === "in-progress" ? "Go on with" : "Start"} ${next.title}, ${next.minutes} minutes`,
      }),
    );
  }

  reviews() {
    const { due, due_minutes: minutes, exercises_due: exercises } = this.home;
    const card = make("section.bp-card", { "aria-labelledby": "bp-review" }, make("h2", { id: "bp-review" }, "Review"));
    if (due > 0) {
      const first = Math.min(minutes, 5);
      card.append(
        make("p", {}, `${count(due, "question")} from lessons you have read ${due === 1 ? "is" : "are"} due.`),
        button(`Review, ${duration(first)}`, () => this.course.openReview(), { "data-focus": "review" }),
      );
    } else {
      card.append(make("p.bp-quiet", {}, this.upcoming()));
    }
    if (exercises.length) {
      card.append(
        make("p", {}, "Solve again from scratch:"),
        make("ul.bp-plainlist", {}, ...exercises.map((part) => make("li", {}, this.link(part)))),
      );
    }
    return card;
  }

  upcoming() {
    const { upcoming, upcoming_in: days } = this.home;
    if (!upcoming) {
      return "No question is due. Those of a lesson come up from the day after you have read it.";
    }
    const language = document.documentElement.lang || "en";
    const day = new Date(`${upcoming.day}T12:00`).toLocaleDateString(language, { weekday: "long" });
    const when = days === 1 ? "tomorrow" : `on ${day}`;
    return `Nothing is due today. ${count(upcoming.cards, "question comes", "questions come")} up ${when}.`;
  }

  checks() {
    const named = new Set();
    const checks = this.home.checks.filter(({ check }) => !named.has(check.exercise) && named.add(check.exercise));
    const card = make(
      "section.bp-card",
      { "aria-labelledby": "bp-checks" },
      make("h2", { id: "bp-checks" }, "Latest checks"),
    );
    if (checks.length === 0) {
      card.append(make("p.bp-quiet", {}, "None yet. In an exercise, press Check."));
      return card;
    }
    card.append(
      make(
        "ul.bp-plainlist",
        {},
        ...checks.slice(0, 4).map(({ check, place }) =>
          make(
            "li.bp-row",
            {},
            make("span.bp-sign", { role: "img", "aria-label": check.passed ? "passed" : "not all passed" }, check.passed ? "✓" : "◐"),
            this.link({ title: check.title, place, id: `check:${check.at}` }),
            make("span.bp-points", {}, `${amount(check.points)} / ${amount(check.max_points)}`),
          ),
        ),
      ),
    );
    return card;
  }

  path(chosen, next) {
    const choose = (id) => {
      this.chosen = id;
      this.draw();
      this.node.querySelector(`.bp-node[aria-pressed="true"]`)?.focus({ preventScroll: true });
    };
    const module = this.home.modules.find((one) => one.id === chosen);
    return make(
      "section.bp-path",
      { "aria-labelledby": "bp-path" },
      make("h2", { id: "bp-path" }, "Your path"),
      make(
        "div.bp-wide",
        {},
        moduleMap(this.home, chosen, next, choose),
        make("div.bp-module.bp-card", { id: "bp-module", "aria-live": "polite" }, ...this.module(module, "h3")),
      ),
      make(
        "ol.bp-narrow",
        {},
        ...this.home.modules.map((one) =>
          make(
            "li",
            {},
            make(
              `details.bp-fold.bp-is-${one.state}`,
              {
                open: this.unfolded.has(one.id) || one.id === chosen,
                ontoggle: (event) => this.unfolded[event.target.open ? "add" : "delete"](one.id),
              },
              make(
                "summary",
                { "data-focus": `fold:${one.id}` },
                make("span", { "aria-hidden": "true" }, `${SIGNS[one.state]} `),
                make("span.bp-node-name", {}, one.title),
                make("span.bp-node-state", {}, one.id === next ? `Next · ${standing(one)}` : standing(one)),
              ),
              ...this.module(one, null),
            ),
          ),
        ),
      ),
    );
  }

  /** Build what is said of a module: what it is about, what it builds on, and its lessons and exercises. */
  module(module, heading) {
    const titles = module.needs.map((id) => this.home.modules.find((one) => one.id === id).title);
    const facts = [standing(module), duration(module.minutes)];
    if (module.mastery > 0) {
      facts.push(`mastery ${Math.round(module.mastery * 100)} %`);
    }
    return [
      heading && make(heading, {}, module.title),
      make("p", {}, module.summary),
      make("p.bp-quiet", {}, facts.join(" · ")),
      titles.length > 0 && make("p.bp-quiet", {}, `Builds on ${titles.join(", ")}.`),
      make("ul.bp-parts", {}, ...module.parts.map((part) => this.part(part))),
    ].filter(Boolean);
  }

  part(part) {
    const isNext = this.home.next?.kind === part.kind && this.home.next?.id === part.id;
    const facts = [part.kind, `${part.minutes} min`];
    if (part.kind === "exercise" && part.state !== "planned") {
      facts.push(part.best_points > 0 ? `${amount(part.best_points)} of ${amount(part.points)} points` : `${amount(part.points)} points`);
    }
    facts.push(isNext ? `${PART_WORDS[part.kind][part.state]}, next` : PART_WORDS[part.kind][part.state]);
    return make(
      `li.bp-part.bp-is-${part.kind === "lesson" && part.state === "studied" ? "solved" : part.state}`,
      { "aria-current": isNext ? "step" : null },
      make("span.bp-sign", { "aria-hidden": "true" }, isNext ? "➜" : signOf(part)),
      make(
        "div",
        {},
        part.place ? this.link(part) : make("span.bp-part-title", {}, part.title),
        make("div.bp-quiet", {}, facts.join(" · ")),
      ),
    );
  }

  link(part) {
    return button(part.title, () => this.course.open(part.place), { class: "bp-link", "data-focus": `${part.kind ?? ""}:${part.id}` });
  }

  partOf(step) {
    const module = this.home.modules.find((one) => one.id === step.module);
    return module?.parts.find((part) => part.kind === step.kind && part.id === step.id);
  }
}

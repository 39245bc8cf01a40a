/**
 * The review: a question, time to think, the answer, and how well it was remembered; five minutes at a time.
 *
 * @module
 */
import { get, post } from "./api.js";
import { button, count, make } from "./dom.js";
import { reviewIcon } from "./icons.js";
import { markdownWith } from "./markdown.js";
import { lab } from "./shared.js";

/** How long a review lasts, in milliseconds. The question that is open then is still answered. */
const LASTS = 5 * 60_000;

const RATINGS = [
  ["again", "Again", "not remembered"],
  ["hard", "Hard", "with effort"],
  ["good", "Good", "remembered"],
  ["easy", "Easy", "at once"],
];

/**
 * Add the review to JupyterLab.
 *
 * @param {object} course what the plugin gave
 * @param {string} command the command's name
 * @param {{palette: ?object}} parts JupyterLab's own, where it has them
 */
export function addReview(course, command, { palette }) {
  const { app } = course;
  let review = null;
  let page = null;
  app.commands.addCommand(command, {
    label: "Review what is due",
    icon: reviewIcon,
    execute: () => {
      if (!review || review.isDisposed) {
        const content = new lab.widgets.Widget({ node: make("div.bp-review", { tabindex: "-1" }) });
        review = new lab.apputils.MainAreaWidget({ content });
        review.id = "backend-path-review";
        review.title.label = "Review";
        review.title.icon = reviewIcon;
        review.title.closable = true;
        review.toolbar.hide();
        app.shell.add(review, "main");
        page = new Review(course, content.node);
      } else if (page.isOver) {
        void page.begin();
      }
      app.shell.activateById(review.id);
      review.content.node.focus();
    },
  });
  palette?.addItem({ command, category: "Backend Path" });
}

class Review {
  /**
   * @param {object} course what the plugin gave
   * @param {HTMLElement} node where it is drawn
   */
  constructor(course, node) {
    this.course = course;
    this.node = node;
    this.markdown = markdownWith(course.rendermime);
    node.addEventListener("keydown", (event) => this.key(event));
    void this.begin();
  }

  async begin() {
    this.began = Date.now();
    this.isOver = false;
    this.answered = 0;
    await this.attempt(async () => this.next(await get("review")));
  }

  async attempt(action) {
    try {
      await action();
    } catch (error) {
      this.draw(
        make("p.bp-problem", { role: "alert" }, error.message),
        button("Try again", () => void this.begin(), { class: "bp-primary" }),
      );
    }
  }

  next(cards) {
    this.cards = cards;
    if (cards.length === 0) {
      this.end(this.answered ? "That was all that is due." : "Nothing is due for review.");
    } else if (Date.now() - this.began > LASTS) {
      this.end(`Five minutes are over. ${count(cards.length, "question")} can wait.`, true);
    } else {
      this.ask(cards[0]);
    }
  }

  ask(card) {
    this.shown = false;
    const show = button("Show the answer", () => this.show(card), { class: "bp-primary bp-large" });
    this.draw(
      make("p.bp-quiet", {}, `From the lesson “${card.title}”`),
      make("section.bp-question", { "aria-label": "Question" }, this.markdown(card.question)),
      make("p.bp-quiet", {}, "Say the answer to yourself first."),
      make("div.bp-review-actions", {}, show),
    );
    show.focus();
  }

  show(card) {
    this.shown = true;
    const ratings = RATINGS.map(([rating, label, meaning], index) =>
      button(`${index + 1} ${label}`, () => void this.rate(card, rating), {
        "data-rating": rating,
        "aria-label": `${label}: ${meaning}. Key ${index + 1}`,
        title: meaning,
        class: "bp-large",
      }),
    );
    this.draw(
      make("p.bp-quiet", {}, `From the lesson “${card.title}”`),
      make("section.bp-question", { "aria-label": "Question" }, this.markdown(card.question)),
      make("section.bp-answer", { "aria-label": "Answer", "aria-live": "polite" }, this.markdown(card.answer)),
      make("p", { id: "bp-rate" }, "How well did you remember it? Keys 1 to 4 answer as well."),
      make("div.bp-review-actions", { role: "group", "aria-labelledby": "bp-rate" }, ...ratings),
    );
    ratings[2].focus();
  }

  rate(card, rating) {
    if (!this.shown) {
      return Promise.resolve();
    }
    this.shown = false;
    return this.attempt(async () => {
      const cards = await post("review", { card: card.id, rating });
      this.answered += 1;
      this.course.news.dispatchEvent(new Event("progress"));
      this.next(cards);
    });
  }

  key(event) {
    const index = ["1", "2", "3", "4"].indexOf(event.key);
    if (this.shown && index >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      void this.rate(this.cards[0], RATINGS[index][0]);
    }
  }

  end(text, more = false) {
    this.isOver = true;
    const home = button("Course home", () => this.course.openHome(), { class: "bp-primary" });
    this.draw(
      make("p.bp-summary", { role: "status" }, text),
      this.answered > 0 && make("p", {}, `You answered ${count(this.answered, "question")}. Each comes back when you are about to forget it.`),
      make(
        "div.bp-review-actions",
        {},
        home,
        more && button("Five minutes more", () => void this.begin()),
      ),
    );
    home.focus();
  }

  draw(...content) {
    this.node.replaceChildren(
      make("div.bp-page.bp-review-page", {}, make("h1", {}, "Review"), ...content.filter(Boolean)),
    );
  }
}

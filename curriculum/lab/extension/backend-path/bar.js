/**
 * The course's bar above a notebook, and the panel beside it.
 *
 * @module
 */
import { make } from "./dom.js";
import { lab } from "./shared.js";

/** Below this width of the notebook the panel stands above the text, not beside it, in pixels. */
const BESIDE = 860;

/**
 * Put a bar between a notebook's toolbar and its text.
 *
 * @param {object} panel JupyterLab's notebook panel
 * @param {string} label what the bar is, for a screen reader
 * @param {...Node} children what stands in it
 * @returns {HTMLElement} the bar
 */
export function addBar(panel, label, ...children) {
  const bar = make("div.bp-bar", { role: "toolbar", "aria-label": label }, ...children);
  const widget = new lab.widgets.Widget({ node: make("div.bp-barframe", {}, bar) });
  panel.contentHeader.addWidget(widget);
  // JupyterLab lays widgets out by the least height that they state; the bar's depends on how its buttons wrap
  const observer = new ResizeObserver(() => {
    const height = `${Math.ceil(bar.getBoundingClientRect().height)}px`;
    if (bar.isConnected && widget.node.style.minHeight !== height) {
      widget.node.style.minHeight = height;
      widget.parent?.fit();
    }
  });
  observer.observe(bar);
  widget.disposed.connect(() => observer.disconnect());
  arrowKeys(bar);
  return bar;
}

/**
 * Make the panel that stands beside a notebook's text, or above it where there is little room. It is shown on demand.
 *
 * @param {object} panel JupyterLab's notebook panel
 * @param {string} label what it is, for a screen reader
 * @returns {{node: HTMLElement, show: function(): void, hide: function(): void, isShown: function(): boolean}}
 */
export function addSide(panel, label) {
  const { SplitPanel, Widget } = lab.widgets;
  const notebook = panel.content;
  const split = new SplitPanel({ orientation: "horizontal", spacing: 4 });
  split.addClass("bp-split");
  const node = make("section.bp-side", { "aria-label": label, tabindex: "-1" });
  const side = new Widget({ node });
  side.hide();
  const index = panel.layout.widgets.indexOf(notebook);
  panel.layout.insertWidget(index, split);
  lab.widgets.BoxLayout.setStretch(split, 1);
  split.addWidget(notebook);
  split.addWidget(side);

  const arrange = () => {
    const beside = panel.node.clientWidth >= BESIDE;
    const orientation = beside ? "horizontal" : "vertical";
    if (split.orientation !== orientation) {
      split.orientation = orientation;
      split.insertWidget(beside ? 1 : 0, side);
    }
    split.setRelativeSizes(beside ? [62, 38] : [45, 55]);
  };
  let wide = panel.node.clientWidth >= BESIDE;
  const observer = new ResizeObserver(() => {
    if (wide !== panel.node.clientWidth >= BESIDE) {
      wide = !wide;
      arrange();
    }
  });
  observer.observe(panel.node);
  side.disposed.connect(() => observer.disconnect());
  return {
    node,
    show() {
      if (side.isHidden) {
        side.show();
        arrange();
      }
    },
    hide() {
      side.hide();
    },
    isShown: () => !side.isHidden,
  };
}

/** Let the arrow keys move between a toolbar's buttons, as people who use one by keyboard expect. */
function arrowKeys(bar) {
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const buttons = [...bar.querySelectorAll("button:not([disabled]):not([hidden])")];
    const at = buttons.indexOf(document.activeElement);
    if (step && at >= 0) {
      buttons[(at + step + buttons.length) % buttons.length].focus();
      event.preventDefault();
    }
  });
}

/**
 * Building elements. Text always becomes a text node, so that no text of a learner or a file can become markup.
 *
 * @module
 */

/**
 * Make an element.
 *
 * @param {string} kind the tag, with classes behind dots: `p.bp-note`
 * @param {Object<string, string | boolean | number | function | null>} [attributes] attributes; functions become
 *     listeners (`onclick`), false and null are left out
 * @param {...(Node | string | null | false)} children what stands in it
 * @returns {HTMLElement}
 */
export function make(kind, attributes = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  const element = document.createElement(tag);
  element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/**
 * Make an element of a drawing.
 *
 * @param {string} tag
 * @param {Object<string, string | number>} attributes
 * @returns {SVGElement}
 */
export function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Make a button.
 *
 * @param {string} label what it says
 * @param {function(MouseEvent): void} action what it does
 * @param {Object<string, string | boolean | null>} [attributes] more attributes; `class` adds classes
 * @returns {HTMLButtonElement}
 */
export function button(label, action, attributes = {}) {
  const { class: classes = "", ...rest } = attributes;
  return make(["button", "bp-button", ...classes.split(" ").filter(Boolean)].join("."), {
    type: "button",
    onclick: action,
    ...rest,
  }, label);
}

/**
 * Say how many there are: `3 tests`, `1 test`.
 *
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export function count(number, one, many = `${one}s`) {
  return `${amount(number)} ${number === 1 ? one : many}`;
}

/**
 * Write a number as people do: at most two decimals, and no zeros at their end.
 *
 * @param {number} number
 * @returns {string}
 */
export function amount(number) {
  return String(Math.round(number * 100) / 100);
}

/**
 * Write a time in minutes as people do: `25 min`, `2 h 10 min`.
 *
 * @param {number} minutes
 * @returns {string}
 */
export function duration(minutes) {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  if (hours === 0) {
    return `${whole} min`;
  }
  return whole % 60 ? `${hours} h ${whole % 60} min` : `${hours} h`;
}

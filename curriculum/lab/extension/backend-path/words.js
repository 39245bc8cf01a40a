/**
 * What states are called, and the signs that say them by their form.
 *
 * @module
 */

/** For a lesson or an exercise. */
export const PART_WORDS = {
  lesson: { planned: "planned", new: "not begun", "in-progress": "begun", studied: "read" },
  exercise: { planned: "planned", new: "not begun", "in-progress": "begun", studied: "studied", solved: "solved" },
};

/** For a module. */
export const MODULE_WORDS = {
  planned: "planned",
  new: "not begun",
  "in-progress": "in progress",
  studied: "studied",
  solved: "done",
};

export const SIGNS = { planned: "·", new: "○", "in-progress": "◐", studied: "◕", solved: "✓" };

/**
 * Return the sign of a lesson or exercise; a lesson is done when it is read.
 *
 * @param {{kind: string, state: string}} part
 * @returns {string}
 */
export function signOf(part) {
  return part.kind === "lesson" && part.state === "studied" ? SIGNS.solved : SIGNS[part.state];
}

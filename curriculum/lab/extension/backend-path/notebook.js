/**
 * What the course needs of an open notebook.
 *
 * @module
 */

/**
 * Return all that is written in a notebook; what cells put out is no part of it.
 *
 * @param {object} panel JupyterLab's notebook panel
 * @returns {string}
 */
export function written(panel) {
  return [...panel.content.model.cells].map((cell) => cell.sharedModel.getSource()).join("\0");
}

/**
 * Save a notebook.
 *
 * @param {object} panel JupyterLab's notebook panel
 * @throws {Error} it could not be saved; the message says what to do
 */
export async function save(panel) {
  try {
    await panel.context.save();
  } catch (error) {
    throw new Error(
      "The notebook could not be saved, so nothing was done. Your text is still here: " +
        `save it under another name (File → Save Notebook As…). JupyterLab says: ${error.message}`,
    );
  }
}

/**
 * Bring a cell into view.
 *
 * @param {object} panel JupyterLab's notebook panel
 * @param {string} name the cell's `grade_id`
 */
export function goTo(panel, name) {
  const index = panel.content.widgets.findIndex((cell) => cell.model.getMetadata("nbgrader")?.grade_id === name);
  if (index >= 0) {
    panel.content.activeCellIndex = index;
    void panel.content.scrollToItem(index, "center");
  }
}

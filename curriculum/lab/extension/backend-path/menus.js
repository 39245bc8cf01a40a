/**
 * Menus and questions, as JupyterLab has them.
 *
 * @module
 */
import { lab } from "./shared.js";

/**
 * Open a menu below a button.
 *
 * @param {HTMLElement} anchor the button
 * @param {({label: string, action: function(): void} | null)[]} items what can be chosen; null is a line between
 */
export function openMenu(anchor, items) {
  const commands = new lab.commands.CommandRegistry();
  const menu = new lab.widgets.Menu({ commands });
  menu.addClass("bp-menu");
  for (const [index, item] of items.entries()) {
    if (item === null) {
      menu.addItem({ type: "separator" });
    } else {
      const command = `item-${index}`;
      commands.addCommand(command, { label: item.label, execute: item.action });
      menu.addItem({ command });
    }
  }
  menu.aboutToClose.connect(() => anchor.focus());
  const place = anchor.getBoundingClientRect();
  menu.open(place.left, place.bottom);
  menu.activeIndex = 0;
}

/**
 * Ask before something is done.
 *
 * @param {string} title
 * @param {string} body
 * @param {string} yes what the button says that does it
 * @returns {Promise<boolean>}
 */
export async function confirm(title, body, yes) {
  const { Dialog, showDialog } = lab.apputils;
  const { button } = await showDialog({
    title,
    body,
    buttons: [Dialog.cancelButton({ label: "Cancel" }), Dialog.okButton({ label: yes })],
  });
  return button.accept;
}

/**
 * Markdown through JupyterLab's own renderer, which also removes what could do harm.
 *
 * @module
 */
import { make } from "./dom.js";

/**
 * @param {object} rendermime JupyterLab's registry of renderers
 * @returns {function(string): HTMLElement} renders Markdown; the text appears as soon as it is rendered
 */
export function markdownWith(rendermime) {
  return (text) => {
    const host = make("div.bp-markdown");
    const model = rendermime.createModel({ data: { "text/markdown": text }, trusted: false });
    const renderer = rendermime.createRenderer("text/markdown");
    host.append(renderer.node);
    void renderer.renderModel(model);
    return host;
  };
}

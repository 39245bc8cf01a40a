/**
 * Where JupyterLab begins to load the extension: the form that webpack's module federation gives to a container.
 *
 * JupyterLab calls `init` with the modules that it shares, and `get` for the extension. Nothing here is built: the rest
 * are plain modules, loaded by the browser itself.
 */
(() => {
  const here = document.currentScript.src;
  let scope;
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["backend-path"] = {
    init(shared) {
      scope = shared;
    },
    async get() {
      const { loadShared } = await import(new URL("shared.js", here));
      await loadShared(scope); // the other modules use what JupyterLab shares as soon as they are loaded
      const { plugin } = await import(new URL("plugin.js", here));
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();

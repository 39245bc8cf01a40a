/**
 * JupyterLab's own modules, which it shares with extensions.
 *
 * @module
 */

const PACKAGES = {
  application: "@jupyterlab/application",
  apputils: "@jupyterlab/apputils",
  launcher: "@jupyterlab/launcher",
  notebook: "@jupyterlab/notebook",
  rendermime: "@jupyterlab/rendermime",
  services: "@jupyterlab/services",
  components: "@jupyterlab/ui-components",
  commands: "@lumino/commands",
  coreutils: "@lumino/coreutils",
  widgets: "@lumino/widgets",
};

/** The modules by short name; filled before any other module of the extension is loaded. */
export const lab = {};

/**
 * Take JupyterLab's modules from the scope that it shares.
 *
 * @param {Object<string, Object<string, {get: function(): Promise<function(): object>}>>} scope packages, by name and version
 */
export async function loadShared(scope) {
  for (const [name, wanted] of Object.entries(PACKAGES)) {
    const versions = Object.values(scope[wanted] ?? {});
    if (versions.length === 0) {
      throw new Error(`This JupyterLab does not share ${wanted}; backend-path works with JupyterLab 4.4 and later.`);
    }
    const factory = await versions[0].get();
    lab[name] = factory();
  }
}

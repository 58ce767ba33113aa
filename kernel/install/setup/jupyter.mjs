/** Step 4: the kernel and the plot extension are installed in the private environment. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { environmentPaths } from "./environment.mjs";
import { hash, projectFolder, readIfThere, writeStamp } from "./project.mjs";

/** @param {string} [folder] */
export function kernelIsInstalled(folder = projectFolder) {
  return readIfThere(stampFile(folder)) === wantedFiles(folder);
}

/** Files that fit JupyterLab, in this environment only, to the course; by their place below the prefix. */
const CONFIGURATION = {
  // Neither news nor updates are asked for.
  "share/jupyter/lab/settings/overrides.json": {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  },
  // No proposals to build JupyterLab, and no debugger: JupyterLab 4.6 asks it for the variables after each cell, also
  // where the kernel has none, and writes an error.
  "share/jupyter/lab/settings/page_config.json": {
    buildAvailable: false,
    buildCheck: false,
    disabledExtensions: { "@jupyterlab/debugger-extension": true },
  },
  // JupyterLab's own JavaScript is CommonJS, and would be taken for what the project's package.json says.
  "package.json": { private: true, type: "commonjs" },
};

/** @param {string} [folder] */
export async function installKernel(folder = projectFolder) {
  const installer = pathToFileURL(join(folder, "kernel", "dist", "install", "install-into.js"));
  const { installInto } = await import(installer.href);
  const { prefix } = environmentPaths(folder);
  installInto(join(prefix, "share", "jupyter"));
  for (const [place, content] of Object.entries(CONFIGURATION)) {
    const file = join(prefix, place);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  }
  writeStamp(stampFile(folder), wantedFiles(folder));
}

/** @param {string} folder */
function stampFile(folder) {
  return join(environmentPaths(folder).prefix, "unroll-kernel-stamp");
}

/** What is installed depends on these files, on where the project lies, and on the Node.js that will run the kernel. */
function wantedFiles(folder) {
  const install = join(folder, "kernel", "install");
  const files = readdirSync(join(install, "labextension"), { recursive: true })
    .map((name) => join(install, "labextension", String(name)))
    .concat(
      ["kernelspec.js", "plot-extension.js"].map((name) => join(folder, "kernel", "dist", "install", name)),
      join(install, "logo", "logo-svg.svg"),
      join(folder, "node_modules", "plotly.js-dist", "package.json"),
    );
  return hash(
    folder,
    process.execPath,
    JSON.stringify(CONFIGURATION),
    ...files.sort().map((file) => readIfThere(file) ?? ""),
  );
}

/**
 * The set-up behind every command: what is missing or stale is made, and nothing else. It is plain JavaScript on Node's
 * own modules, since it runs before anything is installed.
 */
import { join } from "node:path";
import { build, buildIsFresh } from "./setup/build.mjs";
import { prepareEngine } from "./setup/engine.mjs";
import { environmentIsFresh, makeEnvironment } from "./setup/environment.mjs";
import { installKernel, kernelIsInstalled } from "./setup/jupyter.mjs";
import { withLock } from "./setup/lock.mjs";
import { installPackages, packagesAreFresh } from "./setup/packages.mjs";
import { withProgress } from "./setup/progress.mjs";
import { projectFolder, SetupError } from "./setup/project.mjs";
import { findPython } from "./setup/python.mjs";
import { stoppable } from "./setup/stoppable.mjs";

export { SetupError };

const LOCK = join(projectFolder, ".unroll-setup.tmp");

/**
 * Makes packages and build ready, and JupyterLab with them where `python` is true.
 *
 * @param {{ python: boolean }} options
 * @throws {SetupError} when a step fails
 */
export async function setUp({ python }) {
  if (packagesAreFresh() && buildIsFresh() && !(python && pythonIsStale())) return;
  await stoppable("The set-up was stopped; the next start goes on where it was.", () =>
    withLock(LOCK, async ({ noteChild: onStart }) => {
      if (!packagesAreFresh()) await withProgress("Installing packages", () => installPackages({ onStart }));
      if (!buildIsFresh()) {
        await withProgress("Building", () => build({ onStart }));
        await withProgress("Preparing the engine", () => prepareEngine({ onStart }));
      }
      if (python && !environmentIsFresh()) {
        const found = findPython();
        if (!found.ok) throw new SetupError(withoutPython(found.sentence));
        const work = () => makeEnvironment(found.command, { onStart });
        await withProgress(`Installing JupyterLab with Python ${found.version}`, work);
      }
      if (python && !kernelIsInstalled()) await installKernel();
    }),
  );
}

function pythonIsStale() {
  return !environmentIsFresh() || !kernelIsInstalled();
}

/** @param {string} sentence */
function withoutPython(sentence) {
  return `${sentence} Without Python, notebooks run with npx unroll run notebooks/00-meet-a-recurrent-network.ipynb.`;
}

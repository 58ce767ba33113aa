#!/usr/bin/env node
/**
 * `npm run setup:tensorflow`: makes the engine "tensorflow" available. It is plain JavaScript on Node's own modules, as
 * it may run before anything is installed.
 */
import { join } from "node:path";
import { withLock } from "./setup/lock.mjs";
import { projectFolder, SetupError } from "./setup/project.mjs";
import { stoppable } from "./setup/stoppable.mjs";
import { installTensorflow, removeTensorflow, TFJS_NODE, tensorflowIsInstalled } from "./setup/tensorflow.mjs";

const HELP = `npm run setup:tensorflow [-- --remove]

Installs ${TFJS_NODE} in .tensorflow, 1.1 GB, for the engine "tensorflow". Nothing else needs it.
The package downloads TensorFlow's library from storage.googleapis.com. Where that cannot be reached, on Linux,
the library comes from the wheel tensorflow-cpu by pip, and the package is built against it by make and a C++ compiler.

  --remove  takes it away again
  --help    shows this`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`${error.output}${error.message}`);
  process.exitCode = 1;
}

/** @param {string[]} options */
async function run(options) {
  const unknown = options.find((option) => !["--remove", "--help", "-h"].includes(option));
  if (unknown) throw new SetupError(`There is no option ${unknown}; --help shows those that there are.`);
  if (options.includes("--help") || options.includes("-h")) return console.log(HELP);
  if (!options.includes("--remove") && tensorflowIsInstalled()) return console.log("TensorFlow is installed already.");
  await stoppable("The set-up of TensorFlow was stopped; nothing of it is left.", () =>
    withLock(join(projectFolder, ".unroll-tensorflow.tmp"), async ({ noteChild: onStart }) => {
      if (options.includes("--remove")) {
        console.log(removeTensorflow() ? "TensorFlow is removed." : "TensorFlow is not installed.");
      } else if (!tensorflowIsInstalled()) {
        const version = await installTensorflow({ onStart });
        console.log(
          `TensorFlow ${version} is installed: UNROLL_ENGINE=tensorflow or useEngine("tensorflow") chooses it.`,
        );
      }
    }),
  );
}

#!/usr/bin/env node
/** The command `unroll`: sees to it that it is installed and built, then hands over to kernel/cli.ts. */

const OLDEST = [20, 19];
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`Unroll needs Node.js ${OLDEST.join(".")} or newer; this is ${process.version} (${process.execPath}).`);
  process.exit(1);
}

// Imported only here: an older Node.js could not even read these files.
const { setUp, SetupError } = await import("../install/setup.mjs");

const [command, ...options] = process.argv.slice(2);
const asksForHelp = options.includes("--help") || options.includes("-h");

if (command === "doctor") await diagnose();
else {
  try {
    await setUp({ python: command === "start" && !asksForHelp });
    if (command === "test" && !asksForHelp) await setUpPythonForTests();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${error.output}${error.message}`);
    process.exit(1);
  }
  await import("../dist/cli.js");
}

/** The doctor tells what is missing or stale, and makes nothing. */
async function diagnose() {
  try {
    await import("../dist/cli.js");
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.log("✗ packages and build: something is missing: npm start installs and builds it");
    process.exitCode = 1;
  }
}

/** The tests that need JupyterLab say why they are skipped; where nothing may be skipped they fail. */
async function setUpPythonForTests() {
  try {
    await setUp({ python: true });
  } catch (error) {
    if (!(error instanceof SetupError) || process.env.CI) throw error;
    process.env.UNROLL_NO_JUPYTER = error.message;
  }
}

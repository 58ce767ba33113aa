/** The process of a longer run: runs the script that it is given, and says in one line when that was stopped. */
import { pathToFileURL } from "node:url";
import { INTERRUPTED } from "../commands/interruption.js";

try {
  await import(pathToFileURL(process.argv[2]!).href);
} catch (error) {
  if (!(error instanceof Error) || error.name !== "LongRunStopped") throw error;
  console.error(error.message);
  process.exitCode = INTERRUPTED;
}

/** The language thread: TypeScript lives here, so that it answers while a cell runs. */
import { parentPort, workerData } from "node:worker_threads";
import { Cells } from "../language/cells.js";
import type { Call, Reply } from "./language.js";

const cells = new Cells((workerData as { folder: string }).folder);

parentPort!.on("message", ({ id, method, parameters }: Call) => {
  let reply: Reply;
  try {
    const result = (cells[method] as (...parameters: unknown[]) => unknown)(...parameters);
    reply = { id, result };
  } catch (error) {
    reply = { id, failure: (error as Error).stack ?? String(error) };
  }
  parentPort!.postMessage(reply);
});

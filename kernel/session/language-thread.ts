/** The language thread: TypeScript lives here, so that it answers while a cell runs. */
import { parentPort, workerData } from "node:worker_threads";
import { Cells } from "../language/cells.js";
import { type Call, type Reply, UNASKED } from "./language.js";

const cells = new Cells((workerData as { folder: string }).folder);
const reply = (message: Reply) => parentPort!.postMessage(message);

parentPort!.on("message", ({ id, method, parameters }: Call) => {
  try {
    reply({ id, result: (cells[method] as (...parameters: unknown[]) => unknown)(...parameters) });
  } catch (error) {
    reply({ id, failure: (error as Error).stack ?? String(error) });
  }
});
reply({ id: UNASKED, result: undefined });

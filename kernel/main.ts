/**
 * The kernel's process, as Jupyter starts it: `node … main.js CONNECTION_FILE`.
 *
 *     main thread       only the user's code                                    execution/
 *     I/O thread        sockets, heartbeat, queue, streams, interrupts          session/, wire/
 *     language thread   compiles, completes, inspects; child of the I/O thread  language/
 *
 * So a training loop stops neither the heartbeat nor completion, and it can be interrupted.
 */
import { MessageChannel, Worker } from "node:worker_threads";
import { CellContext } from "./execution/cell-context.js";
import { CellRunner } from "./execution/cell-runner.js";
import { Comms } from "./execution/comms.js";
import { Flow } from "./execution/flow.js";
import { installGlobals } from "./execution/globals.js";
import { installGuards } from "./execution/guards.js";
import { questions } from "./execution/input.js";
import { LastDrawings } from "./execution/last-drawings.js";
import type { FromMain, Startup, ThreadData, ToMain } from "./execution/link.js";
import { Listeners } from "./execution/listeners.js";
import { Modules } from "./execution/modules.js";
import { installOutput } from "./execution/output.js";
import { Stacks } from "./execution/stack.js";
import { errorContent } from "./execution/traceback.js";
import { loadTslab } from "./execution/tslab.js";
import { type Connection, readConnection } from "./wire/connection.js";

function giveUp(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

function connectionOrGiveUp(file: string | undefined): Connection {
  if (file === undefined)
    giveUp("The kernel is started by Jupyter, with a connection file as its argument: none was given.");
  try {
    return readConnection(file);
  } catch (error) {
    giveUp((error as Error).message);
  }
}

const { port1: answers, port2: answersOut } = new MessageChannel();
answers.unref();
const flow = new Flow();
const data: ThreadData = {
  connection: connectionOrGiveUp(process.argv[2]),
  answers: answersOut,
  counts: flow.counts,
};
const io = new Worker(new URL("./session/thread.js", import.meta.url), {
  workerData: data,
  transferList: [answersOut],
  stdout: true, // its own, so that nothing of it is taken for a cell's output
  stderr: true,
});

const writeError = process.stderr.write.bind(process.stderr);
function post(message: FromMain): void {
  io.postMessage(message);
  flow.posted(message);
}
const stacks = new Stacks();
const describe = (thrown: unknown) => errorContent(thrown, stacks);
const context = new CellContext();
context.install();
const drawings = new LastDrawings();
const comms = new Comms(context, describe, post);
const listeners = new Listeners(context, comms);
const host = installOutput(
  context,
  post,
  questions(context, post, answers),
  drawings,
  (name) => runner.declared(name),
  (target, opened) => listeners.listen(target, opened),
);
installGlobals(comms, process.cwd());
const exit = installGuards(context, post, describe);
stacks.install();
const modules = new Modules(process.cwd(), stacks, { tslab: () => loadTslab(host) });
const runner: CellRunner = new CellRunner(context, modules, stacks, drawings, describe, post);
Object.defineProperty(globalThis, Symbol.for("unroll.stop"), { value: () => runner.stopAtAwait() });

io.on("message", (message: ToMain | Startup) => {
  if (message.op === "run") {
    listeners.end(message.place);
    runner.run(message);
  } else if (message.op === "comm") comms.receive(message);
  else if (message.op === "interrupt" || message.op === "draw") {
    comms.interrupted();
    runner.interrupted();
    if (message.op === "draw") runner.drawLast();
    post({ op: "interrupted", turn: message.turn });
  } else if (message.op === "exit") exit(0);
  else {
    writeError(`${message.reason}\n`);
    exit(1);
  }
});
io.on("error", (error) => {
  writeError(`The kernel's I/O thread has failed: ${error.stack}\n`);
  exit(1);
});

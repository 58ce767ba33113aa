/** The I/O thread: whatever the user's code does, the front end is answered here. */
import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Flow } from "../execution/flow.js";
import type { Startup, ThreadData } from "../execution/link.js";
import { Codec } from "../wire/frames.js";
import type { Message } from "../wire/messages.js";
import { isTooDeep } from "../wire/nesting.js";
import { Sockets } from "../wire/sockets.js";
import { Comms } from "./comms.js";
import { Evaluator } from "./evaluator.js";
import { ExecutionQueue } from "./execution-queue.js";
import { History } from "./history.js";
import { Language } from "./language.js";
import { LanguageRequests } from "./language-requests.js";
import { MainThread } from "./main-thread.js";
import { Owners } from "./owners.js";
import { watchParent } from "./parent-watch.js";
import { Publisher } from "./publisher.js";
import { Requests } from "./requests.js";
import { Stdin } from "./stdin.js";

/** How long the main thread may take to end when it is asked to, in milliseconds. */
const GRACE = 1000;

const { connection, answers, counts } = workerData as ThreadData;
const port = parentPort!;

const language = new Language(process.cwd()); // loads TypeScript while the rest begins
const sockets = await Sockets.bind(connection).catch((error: Error) => {
  port.postMessage({ op: "failed", reason: error.message } satisfies Startup);
  return new Promise<never>(() => {});
});
const codec = new Codec(connection.key, connection.hash);
const publisher = new Publisher(codec, (channel, frames) => sockets.send(channel, frames));
const stdin = new Stdin(publisher, answers);

const main = new MainThread(port, new Flow(counts), (message): void => {
  const request = owners.of(message.cell);
  if (message.op === "comm_target") comms.setTarget(message.target, message.isKnown);
  else if (message.op === "comm_done") comms.done(message.cell);
  else if (message.op === "comm") comms.post(message);
  else if (message.op === "ask") stdin.ask(message, request === queue.running ? request : undefined);
  else if (request?.content.silent) return;
  else if (message.op === "stream") publisher.stream(message.name, message.text, request?.header ?? {});
  else publisher.publish(message.type, message.content, request?.header ?? {});
});
const evaluator = new Evaluator(language, main);
const history = new History();
const owners = new Owners();
const queue = new ExecutionQueue(evaluator, publisher, history, owners, () => comms.idle());
const comms: Comms = new Comms(
  publisher,
  owners,
  (order) => main.handle(order),
  () => queue.running,
);
const actions = { interrupt, shutdown: () => void end() };
const requests = new Requests(publisher, queue, comms, actions, history, new LanguageRequests(language));

function interrupt(): void {
  stdin.forget();
  void evaluator.interrupt();
}

/** Sends what is left, and ends the process, whatever the main thread is doing. */
async function end(): Promise<void> {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 2 * GRACE);
  publisher.flush();
  await Promise.race([Promise.all([sockets.close(), main.interrupt()]), delay(GRACE)]);
  main.exit();
}

function listen(channel: "shell" | "control" | "stdin", handle: (message: Message) => void): void {
  void sockets.listen(channel, (frames) => {
    const message = codec.decode(frames);
    if (message && !isTooDeep([message.header, message.content])) handle(message);
  });
}

listen("shell", (message) => void requests.handle("shell", message));
listen("control", (message) => void requests.handle("control", message));
listen("stdin", (message) => stdin.reply(message));
void sockets.listen("hb", (frames) => sockets.send("hb", frames));
void sockets.listen("iopub", ([frame]) => {
  if (frame?.[0] === 1) publisher.welcome(frame.subarray(1)); // 1: subscribed, 0: unsubscribed
});
watchParent(() => void end());
publisher.status("starting", {});

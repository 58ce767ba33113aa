/** What the I/O thread and the main thread say to each other. */
import type { MessagePort } from "node:worker_threads";
import type { Connection } from "../wire/connection.js";

/** A compiled cell that is to be run. */
export interface CellOrder {
  op: "run";
  /** A number that no other cell of this kernel has. */
  cell: number;
  /** What people call it in a traceback, such as `cell 3`. */
  title: string;
  /** Its id in the notebook, the same each time it is run; missing where the front end does not say. */
  place?: string;
  code: string;
  javascript: string;
  sourceMap: object;
  sidecars: { path: string; javascript: string; sourceMap: object }[];
}

export type CommType = "comm_open" | "comm_msg" | "comm_close";

/** A comm message of the front end whose handler is to be run. */
export interface CommOrder {
  op: "comm";
  /** A number that no cell and no other message of this kernel has. */
  cell: number;
  type: CommType;
  id: string;
  target: string;
  data: unknown;
  buffers: Uint8Array[];
}

/** A comm message to the front end. */
export interface CommPost {
  op: "comm";
  cell: number;
  type: CommType;
  id: string;
  target: string;
  /** JSON. */
  content: string;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** `turn` is given back with the answer, so that a late one is not taken for the next. */
export type ToMain =
  | CellOrder
  | CommOrder
  | { op: "interrupt"; turn: number }
  | { op: "draw"; turn: number }
  | { op: "exit" };

export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

export type OutputType = "display_data" | "update_display_data" | "clear_output" | "error";

export type Done =
  | { status: "ok" /** JSON of an object with `data` and `metadata`. */; result?: string }
  | { status: "error"; error: ErrorContent /** Has the error been published already? */; isShown: boolean };

export interface Question {
  cell: number;
  prompt: string;
  isSecret: boolean;
  /** Set to 1 when the answer lies in the port. */
  bell: Int32Array;
  turn: number;
}

export type Answer = { turn: number; value: string } | { turn: number; refusal: string };

export type FromMain =
  | { op: "stream"; cell: number; name: "stdout" | "stderr"; text: string }
  | { op: "publish"; cell: number; type: OutputType /** JSON. */; content: string }
  | ({ op: "ask" } & Question)
  | CommPost
  | { op: "comm_target"; cell: number; target: string; isKnown: boolean }
  /** The handler of a comm message has come to its end. */
  | { op: "comm_done"; cell: number }
  | ({ op: "done"; cell: number } & Done)
  | { op: "interrupted"; turn: number };

/** What the I/O thread tells before the sockets are there; `failed` ends the kernel. */
export type Startup = { op: "failed"; reason: string };

export interface ThreadData {
  connection: Connection;
  /** Answers to `input()` go here: the main thread can read a port while it waits. */
  answers: MessagePort;
  /** What the main thread's flow counts in. */
  counts: Int32Array;
}

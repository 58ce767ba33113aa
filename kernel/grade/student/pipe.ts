/** Lines from the grader and to it. Reading blocks the process: between two requests nothing of the student's code runs. */
import { readSync, writeSync } from "node:fs";
import { ANSWERS, REQUESTS } from "./requests.js";

const { parse } = JSON;
const { wait } = Atomics;
const { apply } = Reflect;
const Bytes = Uint8Array;
const { indexOf, subarray, set, copyWithin } = Bytes.prototype;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const { encode } = encoder;
const { decode } = decoder;

const sleeper = new Int32Array(new SharedArrayBuffer(4));
const CHUNK = 1 << 16;
const NEWLINE = 10;

let buffer = new Bytes(4 * CHUNK);
/** How much of the buffer has been read, and how much of that holds no end of a line. */
let filled = 0;
let scanned = 0;

/** The next request; undefined when the grader has closed the pipe. */
export function readRequest(): unknown {
  for (;;) {
    const end = apply(indexOf, apply(subarray, buffer, [0, filled]), [NEWLINE, scanned]) as number;
    if (end >= 0) {
      const text = apply(decode, decoder, [apply(subarray, buffer, [0, end])]) as string;
      apply(copyWithin, buffer, [0, end + 1, filled]);
      filled -= end + 1;
      scanned = 0;
      return parse(text);
    }
    scanned = filled;
    if (buffer.length - filled < CHUNK) {
      const larger = new Bytes(2 * buffer.length);
      apply(set, larger, [buffer]);
      buffer = larger;
    }
    const count = patiently(() => readSync(REQUESTS, buffer, filled, CHUNK, null));
    if (count === 0) return undefined;
    filled += count;
  }
}

export function writeAnswer(text: string): void {
  const bytes = apply(encode, encoder, [`${text}\n`]) as Uint8Array;
  for (let written = 0; written < bytes.length; )
    written += patiently(() => writeSync(ANSWERS, bytes, written, bytes.length - written));
}

function patiently(act: () => number): number {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      wait(sleeper, 0, 0, 1);
    }
  }
}

/** The messages of a ZeroMQ socket, in order. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Readable } from "zeromq";

/** How long messages that are there already may keep everything else waiting, in milliseconds. */
const TURN = 10;

/** A peer that sends without end stops neither timers nor other sockets: zeromq alone hands out 512 messages in one go. */
export async function* receive(socket: Readable): AsyncGenerator<Buffer[]> {
  let began = performance.now();
  for await (const frames of socket as AsyncIterable<Buffer[]>) {
    yield frames;
    if (performance.now() - began < TURN) continue;
    await nextTurn();
    began = performance.now();
  }
}

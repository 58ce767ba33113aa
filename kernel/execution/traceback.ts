/** An error as Jupyter shows it. */
import { inspect, types } from "node:util";
import { excerpt, red } from "./excerpt.js";
import type { ErrorContent } from "./link.js";
import type { Stacks } from "./stack.js";

const MAX_CAUSES = 5;
const MAX_MESSAGE = 10_000;

/** @param thrown whatever a cell threw: mostly an Error, but it may be anything */
export function errorContent(thrown: unknown, stacks: Stacks): ErrorContent {
  if (!isError(thrown)) {
    const evalue = safely(() => inspect(thrown), "a value that cannot be shown");
    return { ename: "Uncaught", evalue, traceback: [`${red("Uncaught")} ${evalue}`] };
  }
  const ename = nameOf(thrown);
  const evalue = messageOf(thrown);
  return { ename, evalue, traceback: lines(thrown, stacks, 0).flatMap((block) => block.split("\n")) };
}

function lines(thrown: unknown, stacks: Stacks, depth: number): string[] {
  if (!isError(thrown)) return [safely(() => inspect(thrown), "a value that cannot be shown")];
  const { frames, place } = safely(() => stacks.of(thrown), { frames: [] });
  const message = messageOf(thrown);
  const blocks = [`${red(nameOf(thrown))}${message && `: ${message}`}`];
  if (place) blocks.push(excerpt(place.code, place.line, place.column));
  blocks.push(...frames);
  if (depth >= MAX_CAUSES) return blocks;
  if (thrown instanceof AggregateError)
    thrown.errors.slice(0, MAX_CAUSES).forEach((error, index) => {
      blocks.push(`[error ${index + 1} of ${thrown.errors.length}]`, ...lines(error, stacks, depth + 1));
    });
  if (thrown.cause !== undefined) blocks.push("Caused by:", ...lines(thrown.cause, stacks, depth + 1));
  return blocks;
}

function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function messageOf(error: Error): string {
  const message = safely(() => String(error.message), "");
  const more = message.length - MAX_MESSAGE;
  return more > 0 ? `${message.slice(0, MAX_MESSAGE)}… ${more} more characters` : message;
}

function nameOf(error: Error): string {
  const name = safely(() => String(error.name), "") || "Error";
  // a class that extends Error without giving it a name is known by its own
  return name === "Error" ? safely(() => String(error.constructor.name), name) || name : name;
}

/** Errors may have getters that throw. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** What a broken or hostile peer makes of a message. */
import fc from "fast-check";
import { Codec } from "#kernel/wire/frames.js";
import { createHeader } from "#kernel/wire/messages.js";

export const DELIMITER = "<IDS|MSG>";

/** One change of a list of frames; `where` and `what` are any numbers. */
type Mutation = (frames: Buffer[], where: number, what: number) => Buffer[];

const at = (frames: Buffer[], where: number) => where % Math.max(1, frames.length);
const replaced = (frames: Buffer[], index: number, frame: Buffer) => frames.map((f, i) => (i === index ? frame : f));

const MUTATIONS: Record<string, Mutation> = {
  "a byte is flipped": (frames, where, what) => {
    const frame = Buffer.from(frames[at(frames, where)] ?? []);
    if (frame.length > 0) frame[what % frame.length]! ^= 1 + (what % 255);
    return replaced(frames, at(frames, where), frame);
  },
  "a frame is cut short": (frames, where, what) => {
    const frame = frames[at(frames, where)] ?? Buffer.alloc(0);
    return replaced(frames, at(frames, where), frame.subarray(0, what % (frame.length + 1)));
  },
  "the last frames are missing": (frames, where) => frames.slice(0, at(frames, where)),
  "the first frames are missing": (frames, where) => frames.slice(at(frames, where)),
  "a frame stands in another place": (frames, where, what) => {
    const moved = [...frames];
    moved.splice(at(frames, what), 0, ...moved.splice(at(frames, where), 1));
    return moved;
  },
  "a frame is there twice": (frames, where) => [
    ...frames.slice(0, at(frames, where) + 1),
    ...frames.slice(at(frames, where)),
  ],
  "another frame is put in": (frames, where, what) => [
    ...frames.slice(0, at(frames, where)),
    Buffer.from(String(what)),
    ...frames.slice(at(frames, where)),
  ],
  "a frame is other JSON": (frames, where, what) =>
    replaced(
      frames,
      at(frames, where),
      Buffer.from(["null", "[]", "1e999", '"text"', '{"msg_id":{}}', "{}"][what % 6]!),
    ),
  "a frame is very long": (frames, where, what) =>
    replaced(frames, at(frames, where), Buffer.alloc(what % 20_000, "x")),
  "a frame is deep": (frames, where, what) => {
    const depth = what % 5_000;
    return replaced(frames, at(frames, where), Buffer.from(`{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`));
  },
  "the signature is empty": (frames) =>
    replaced(frames, frames.findIndex((f) => f.equals(Buffer.from(DELIMITER))) + 1, Buffer.alloc(0)),
  "nothing is changed": (frames) => frames,
};

const change = fc.tuple(fc.constantFrom(...Object.keys(MUTATIONS)), fc.nat(), fc.nat());

/** One to three changes, one after the other. */
export const changes = fc.array(change, { minLength: 1, maxLength: 3 });

export function mutated(frames: Buffer[], made: [name: string, where: number, what: number][]): Buffer[] {
  return made.reduce((result, [name, where, what]) => MUTATIONS[name]!(result, where, what), frames);
}

export const TYPES = [
  "execute",
  "complete",
  "inspect",
  "is_complete",
  "history",
  "comm_info",
  "kernel_info",
  "debug",
  "moon",
];

/** A request as a front end sends it, with a prefix, a buffer and a signature. */
export function signedRequest(key: string, type: string): Buffer[] {
  const header = createHeader(type, "fuzz", "u");
  const content = { code: "1 + 1", cursor_pos: 2, silent: true, stop_on_error: false, hist_access_type: "tail", n: 3 };
  const frames = new Codec(key, "sha256").encode({
    identities: ["peer"],
    header,
    content,
    buffers: [Buffer.from("b")],
  });
  return frames.map((frame) => Buffer.from(frame as string));
}

/** Are the signature and the four parts that it covers still as they were? */
export function isIntact(frames: Buffer[], original: Buffer[]): boolean {
  const signed = (list: Buffer[]) => {
    const start = list.findIndex((frame) => frame.equals(Buffer.from(DELIMITER)));
    return start < 0 ? [] : list.slice(start, start + 6);
  };
  const [now, before] = [signed(frames), signed(original)];
  return now.length === 6 && now.every((frame, index) => frame.equals(before[index]!));
}

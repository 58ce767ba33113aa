import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import { complaint, type Expected } from "./blob.js";

/** How often a download that breaks off goes on where it was. */
const ATTEMPTS = 4;

/** There is no way to the server. */
export class Unreachable extends Error {}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Called with how many bytes of the file are there, again and again. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Fetches a file. What came before a break stays beside it as `.part`, and the next call asks for the rest alone, where
 * the content is known by its hash. The file is there when it is whole and right, and not before.
 *
 * @throws Unreachable without a way to the server; Error when the server has no such file, breaks off again and again,
 *   or sends something else
 */
export async function download(
  url: string,
  file: string,
  expected: Expected,
  { signal, onBytes }: DownloadOptions,
): Promise<void> {
  const part = `${file}.part`;
  if (expected.gitBlobSha1 === undefined) await rm(part, { force: true }); // nothing tells that two halves fit
  let isResumed = false;
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part);
    if (expected.bytes === undefined || before < expected.bytes) {
      const outcome = await fetchRest(url, part, before, { signal, ...(onBytes && { onBytes }) });
      isResumed ||= outcome === "went on";
      if (outcome === "broke off") {
        if (expected.gitBlobSha1 === undefined) await rm(part, { force: true });
        if (attempt < ATTEMPTS) continue;
        throw new Error(`${url}: the connection broke off again and again; the same command goes on where it was`);
      }
      if (outcome === "refused") {
        await rm(part, { force: true });
        if (attempt < ATTEMPTS) continue;
        throw new Error(`${url}: the server does not send the file (416)`);
      }
    } else isResumed = true;
    const wrong = complaint(await readFile(part), expected);
    if (wrong === undefined) return rename(part, file);
    await rm(part);
    // the beginning may have been of another file, or cut off in its middle
    if (!isResumed || attempt >= ATTEMPTS)
      throw new Error(`${url}: ${wrong}: it is not the file that this course knows`);
    isResumed = false;
  }
}

type Outcome = "whole" | "went on" | "broke off" | "refused";

/** Fetches what is behind the first bytes, or all where the server does not do that. */
async function fetchRest(
  url: string,
  part: string,
  before: number,
  { signal, onBytes }: DownloadOptions,
): Promise<Outcome> {
  const response = await answer(url, signal, {
    "accept-encoding": "identity", // places in the file, and not in its packed form
    ...(before > 0 && { range: `bytes=${before}-` }),
  });
  if (response.status === 416) return "refused";
  if (!response.ok || !response.body) {
    throw new Error(`${url}: the server answers ${response.status} ${response.statusText}`.trimEnd());
  }
  const goesOn = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${before}-`);
  if (response.status === 206 && !goesOn) return "refused";
  const handle = await open(part, goesOn ? "a" : "w");
  try {
    await write(response.body, handle, goesOn ? before : 0, onBytes);
  } catch (error) {
    if (signal.aborted || isOfDisk(error)) throw error;
    return "broke off";
  } finally {
    await handle.close();
  }
  return goesOn ? "went on" : "whole";
}

async function write(
  body: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  before: number,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<void> {
  let bytes = before;
  for await (const chunk of body) {
    await handle.write(chunk);
    bytes += chunk.length;
    onBytes?.(bytes);
  }
}

/** A small JSON file. */
export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await answer(url, signal, { accept: "application/json" });
  if (!response.ok) throw new Error(`${url}: the server answers ${response.status} ${response.statusText}`.trimEnd());
  try {
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error(`${url}: expected JSON, found something else`);
  }
}

async function answer(url: string, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, { signal, headers: { "user-agent": "unroll-course", ...headers } });
  } catch (error) {
    if (signal.aborted) throw error;
    const { code = "no answer" } = ((error as Error).cause ?? {}) as { code?: string };
    throw new Unreachable(`${new URL(url).host} cannot be reached (${code})`);
  }
}

function isOfDisk(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EIO", "EROFS"].includes((error as { code?: string }).code ?? "");
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

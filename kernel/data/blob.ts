import { createHash } from "node:crypto";

/** How git names a content: the SHA-1 of `blob <length>\0` and the content. */
export function gitBlobSha1(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

/** What is known of a file beforehand. */
export interface Expected {
  readonly bytes?: number;
  readonly gitBlobSha1?: string;
}

/** What is wrong with a content, the middle of a sentence; undefined where it is what was expected. */
export function complaint(content: Uint8Array, { bytes, gitBlobSha1: name }: Expected): string | undefined {
  if (bytes !== undefined && content.length !== bytes) return `expected ${bytes} bytes, found ${content.length}`;
  const found = gitBlobSha1(content);
  return name === undefined || name === found
    ? undefined
    : `expected the content that git names ${name}, found ${found}`;
}

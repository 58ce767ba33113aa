import { readFileSync } from "node:fs";

/** What a raw IDX file must be: its magic number says unsigned bytes and how many dimensions, then come the sizes. */
export interface IdxFormat {
  /** "images" has three dimensions, "labels" one. */
  readonly holds: "images" | "labels";
  readonly sizes: readonly number[];
}

/**
 * The bytes of a raw IDX file, after its header is found to be what was expected.
 *
 * @param file path of the file
 * @param format what the file should hold
 * @param remedy what to do when it does not, the end of a sentence: "run …"
 * @throws one sentence that names the file, what was expected and what was found
 * @see LeCun, Cortes & Burges, The MNIST database: the IDX file format
 */
export function readIdx(file: string, { holds, sizes }: IdxFormat, remedy: string): Uint8Array {
  const bytes = read(file, remedy);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 + 4 * sizes.length;
  // third byte: 8 means unsigned bytes; fourth byte: the number of dimensions
  const magic = 0x0800 + sizes.length;
  const fail = (expected: string, found: string): never => {
    throw new Error(`${file}: expected ${expected}, found ${found}; ${remedy}`);
  };

  if (bytes.length < header) fail(`an IDX header of ${header} bytes`, `a file of ${bytes.length} bytes`);
  if (view.getUint32(0) !== magic) fail(`the magic number ${magic} of IDX ${holds}`, `${view.getUint32(0)}`);
  const found = sizes.map((_, i) => view.getUint32(4 + 4 * i));
  if (found.some((size, i) => size !== sizes[i])) fail(`${sizes.join("×")} ${holds}`, found.join("×"));
  const length = header + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== length) fail(`${length} bytes`, `${bytes.length}, so it is truncated or not this file`);
  return bytes.subarray(header);
}

function read(file: string, remedy: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as { code?: string }).code;
    const reason = code === "ENOENT" ? "the file is missing" : `the file cannot be read (${code})`;
    throw new Error(`${file}: ${reason}; ${remedy}`);
  }
}

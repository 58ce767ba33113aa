import { type Dtype, dtypes } from "./dtype.js";

/** Where a tensor lies, in bytes behind the header. */
interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: number[];
  readonly begin: number;
  readonly end: number;
}

/** As the format's own library has it: a larger header is an attack. */
const LARGEST_HEADER = 100_000_000;

/**
 * The header of a safetensors file, checked against the file: what it promises is there, byte for byte.
 *
 * @throws one sentence that says what is wrong
 */
export function readHeader(bytes: Uint8Array): {
  entries: Entry[];
  metadata: Record<string, string>;
  dataStart: number;
} {
  if (bytes.length < 8) fail(`the file has ${bytes.length} bytes, expected at least the 8 of the header's length`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > LARGEST_HEADER) fail(`the header has ${length} bytes, expected at most ${LARGEST_HEADER}`);
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) fail(`the header has ${length} bytes and the file ends before, is it truncated?`);

  const header = parse(bytes.subarray(8, dataStart));
  const metadata = checkMetadata(header.__metadata__ ?? {});
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => checkEntry(name, entry));
  checkPlaces(entries, bytes.length - dataStart);
  return { entries, metadata, dataStart };
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  if (bytes[0] !== 0x7b) fail("the header does not begin with {, is this a safetensors file?");
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    checkNames(text);
    header = JSON.parse(text);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    fail("the header is not JSON in UTF-8, is this a safetensors file?");
  }
  return header as Record<string, unknown>;
}

/** @throws when an object of a JSON text has one name twice, of which `JSON.parse` would keep the last, or it is nested deep */
function checkNames(text: string): void {
  const names: Set<string>[] = [];
  let depth = 0;
  let word = "";
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (sign === '"') {
      const begin = i++;
      while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
      word = text.slice(begin, i + 1);
    } else if (sign === "{" || sign === "[") {
      // the header, the entry of a tensor, its shape
      if (++depth > 3) fail("the header is nested deeper than the format knows");
      if (sign === "{") names.push(new Set());
    } else if (sign === "}" || sign === "]") {
      depth--;
      if (sign === "}") names.pop();
    } else if (sign === ":") {
      const name = JSON.parse(word) as string;
      if (names.at(-1)?.has(name)) fail(`the header has the name ${show(name)} twice`);
      names.at(-1)?.add(name);
    }
  }
}

function checkMetadata(metadata: unknown): Record<string, string> {
  if (!isObject(metadata) || Object.values(metadata).some((text) => typeof text !== "string")) {
    fail("__metadata__ is not an object of texts");
  }
  return metadata as Record<string, string>;
}

function checkEntry(name: string, entry: unknown): Entry {
  const what = `tensor ${show(name)}`;
  if (!isObject(entry)) fail(`${what} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(dtypes, dtype)) {
    fail(`${what} has the type ${show(dtype)}, expected one of ${Object.keys(dtypes).join(", ")}`);
  }
  if (!isSizes(shape)) fail(`${what} has no shape of whole numbers ≥ 0`);
  if (!isSizes(offsets) || offsets.length !== 2) fail(`${what} has no two data_offsets that are whole numbers ≥ 0`);
  const [begin, end] = offsets as [number, number];
  const needed = shape.reduce((product, size) => product * size, dtypes[dtype as Dtype].bytes);
  if (end - begin !== needed) {
    fail(
      `${what} of shape [${shape.slice(0, 8).join(", ")}] needs ${needed} bytes, its data_offsets hold ${end - begin}`,
    );
  }
  return { name, dtype: dtype as Dtype, shape, begin, end };
}

/** @throws when the tensors do not fill the data from its first byte to its last, each byte once */
function checkPlaces(entries: readonly Entry[], size: number): void {
  let at = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < at) fail(`tensor ${show(name)} overlaps another one at byte ${begin} of the data`);
    if (begin > at) fail(`bytes ${at} to ${begin} of the data, before tensor ${show(name)}, belong to no tensor`);
    at = end;
  }
  if (at > size) fail(`the tensors need ${at} bytes of data and the file has ${size}, is it truncated?`);
  if (at < size) fail(`the tensors need ${at} bytes of data and the file has ${size}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

/** A name of any length, as a sentence can bear it. */
const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

class FormatError extends RangeError {
  override readonly name = "RangeError";
}

function fail(problem: string): never {
  throw new FormatError(`safetensors: ${problem}`);
}

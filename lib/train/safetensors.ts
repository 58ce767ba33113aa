import { checkChoice } from "../math/check-options.js";
import { allocate, type Numbers } from "../math/precision.js";
import { type Dtype, dtypes } from "./dtype.js";
import { readHeader } from "./safetensors-header.js";

/** Numbers of any rank, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  /** Float32Array or Float64Array: what it is written as, unless another type is asked for. */
  readonly data: Numbers;
}

/** The types that numbers can be written as. */
export type FloatType = "F64" | "F32" | "F16";

/** What a safetensors file holds. */
export interface Safetensors {
  /** By name; the types F32, F16 and BF16 are float32 here, F64, I32 and I64 float64. */
  readonly tensors: Readonly<Record<string, Tensor & { readonly dtype: Dtype }>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Tensors as a file in the safetensors format: 8 bytes that hold the header's length, the header in JSON, the numbers.
 *
 * The bytes are those that Python's `safetensors` writes: the wider type first, then by name; the header is filled up
 * with spaces to a multiple of 8, so that all numbers are aligned.
 *
 * @param tensors by name
 * @param metadata text by name
 * @param dtype what all numbers are written as: "F16", half precision, takes half the room and keeps three digits
 * @throws when a shape does not fit its numbers, or a tensor is named "__metadata__"
 * @see https://github.com/huggingface/safetensors, section Format
 *
 * @example
 * const bytes = encodeSafetensors({ w: { shape: [2], data: Float64Array.of(1, 2) } });
 * console.log(decodeSafetensors(bytes).tensors.w); // shape [2], data 1, 2
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  { metadata = {}, dtype }: { metadata?: Readonly<Record<string, string>>; dtype?: FloatType | undefined } = {},
): Uint8Array {
  if (dtype !== undefined) checkChoice("safetensors", "dtype", dtype, ["F64", "F32", "F16"]);
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    checkTensor(name, shape, data);
    return { name, shape, data, dtype: dtype ?? (data instanceof Float32Array ? "F32" : "F64") };
  });
  entries.sort((a, b) => dtypes[b.dtype].bytes - dtypes[a.dtype].bytes || byBytes(a.name, b.name));

  let end = 0;
  const fields = entries.map(({ name, dtype, shape, data }) => {
    const begin = end;
    end += data.length * dtypes[dtype].bytes;
    return `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":${JSON.stringify(shape)},"data_offsets":[${begin},${end}]}`;
  });
  const notes = Object.entries(metadata).sort(([a], [b]) => byBytes(a, b));
  if (notes.length > 0) {
    const texts = notes.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`);
    fields.unshift(`"__metadata__":{${texts.join(",")}}`);
  }
  const json = new TextEncoder().encode(`{${fields.join(",")}}`);
  const header = Math.ceil(json.length / 8) * 8;

  const bytes = new Uint8Array(8 + header + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header), true);
  bytes.fill(0x20, 8, 8 + header).set(json, 8);
  let at = 8 + header;
  for (const { dtype, data } of entries) {
    for (let i = 0; i < data.length; i++, at += dtypes[dtype].bytes) dtypes[dtype].write!(view, at, data[i]!);
  }
  return bytes;
}

/**
 * What a file in the safetensors format holds.
 *
 * @param bytes the whole file, of any origin
 * @returns tensors and metadata, which share no memory with the file
 * @throws one sentence when the file is truncated, has anything behind its end, a header that is too large or not as the
 *   format wants it, or tensors that overlap, leave gaps, have one name, or a type other than F64, F32, F16, BF16, I64, I32
 * @see https://github.com/huggingface/safetensors, section Format
 *
 * @example
 * const bytes = encodeSafetensors({ w: { shape: [1, 2], data: Float32Array.of(3, 4) } });
 * const { shape, dtype } = decodeSafetensors(bytes).tensors.w;
 * console.log(shape, dtype); // [1, 2] F32
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const { entries, metadata, dataStart } = readHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensors = entries.map(({ name, dtype, shape, begin, end }) => {
    const { bytes: width, precision, read } = dtypes[dtype];
    const data = allocate((end - begin) / width, precision);
    for (let i = 0, at = dataStart + begin; i < data.length; i++, at += width) data[i] = read(view, at);
    return [name, { dtype, shape, data }] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

function checkTensor(name: string, shape: readonly number[], data: Numbers): void {
  if (name === "__metadata__") throw new RangeError("safetensors: no tensor can be named __metadata__, rename it");
  const whole = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!whole || shape.reduce((product, size) => product * size, 1) !== data.length) {
    throw new RangeError(
      `safetensors: ${name} has ${data.length} numbers and the shape [${shape.join(", ")}], expected as many as the shape says`,
    );
  }
}

/** The order of UTF-8 bytes, which is that of code points. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

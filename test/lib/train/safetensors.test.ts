import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "unroll";

/** A file with this header and so many bytes of data. */
function fileOf(header: string | Uint8Array, data: number | Uint8Array = 0): Uint8Array {
  const json = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const numbers = typeof data === "number" ? new Uint8Array(data) : data;
  const bytes = new Uint8Array(8 + json.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(numbers, 8 + json.length);
  return bytes;
}

const entry = (dtype: string, shape: unknown, offsets: unknown) =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });

const trees = fc.dictionary(
  fc.string({ maxLength: 8 }).filter((name) => name !== "__metadata__"),
  fc.tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean()).chain(([shape, wide]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const numbers = wide ? fc.float64Array : fc.float32Array;
    return numbers({ minLength: count, maxLength: count }).map((data): Tensor => ({ shape, data }));
  }),
);

describe("safetensors", () => {
  it("come back as they were, whatever their names, shapes, numbers and notes are", () => {
    fc.assert(
      fc.property(trees, fc.dictionary(fc.string(), fc.string()), (tensors, metadata) => {
        const bytes = encodeSafetensors(tensors, { metadata });
        const read = decodeSafetensors(bytes);
        assert.deepEqual({ ...read.metadata }, { ...metadata });
        assert.deepEqual(Object.keys(read.tensors).sort(), Object.keys(tensors).sort());
        for (const [name, { shape, data }] of Object.entries(tensors)) {
          assert.deepEqual([read.tensors[name]!.shape, read.tensors[name]!.data], [shape, data]);
        }
        // the data begins at a multiple of 8
        assert.equal(new DataView(bytes.buffer).getBigUint64(0, true) % 8n, 0n);
      }),
      { seed: 12 },
    );
  });

  it("share no memory with the file, which may lie anywhere in a larger buffer", () => {
    const bytes = encodeSafetensors({ w: { shape: [2], data: Float64Array.of(1, 2) } });
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const { tensors } = decodeSafetensors(larger.subarray(3));
    larger.fill(0);
    assert.deepEqual(tensors.w!.data, Float64Array.of(1, 2));
  });

  it("are read in the smaller types and in whole numbers too", () => {
    // IEEE 754: half 1 is 0x3c00, −2 is 0xc000, the smallest 2⁻²⁴ is 0x0001, ∞ is 0x7c00; bfloat16 of 1 is 0x3f80
    const data = new Uint8Array(8 + 4 + 12 + 4);
    const view = new DataView(data.buffer);
    view.setBigInt64(0, -5n, true);
    view.setInt32(8, -7, true);
    [0x3c00, 0xc000, 0x0001, 0x7c00, 0xfc00, 0x7e00].forEach((bits, i) => {
      view.setUint16(12 + 2 * i, bits, true);
    });
    [0x3f80, 0xc040].forEach((bits, i) => {
      view.setUint16(24 + 2 * i, bits, true);
    });
    const header = `{"l":${entry("I64", [1], [0, 8])},"i":${entry("I32", [], [8, 12])},"h":${entry("F16", [6], [12, 24])},"b":${entry("BF16", [2, 1], [24, 28])}}`;
    const { tensors } = decodeSafetensors(fileOf(header, data));
    assert.deepEqual([...tensors.l!.data, ...tensors.i!.data], [-5, -7]);
    assert.deepEqual(
      [...tensors.h!.data],
      [1, -2, 2 ** -24, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
    );
    assert.deepEqual([...tensors.b!.data], [1, -3]);
    assert.deepEqual([tensors.h!.dtype, tensors.h!.data.constructor], ["F16", Float32Array]);
  });

  it("are written in half precision as the nearest numbers that it has, of two equally near the even one", () => {
    const written = (...numbers: number[]) => {
      const bytes = encodeSafetensors(
        { h: { shape: [numbers.length], data: Float64Array.from(numbers) } },
        { dtype: "F16" },
      );
      assert.equal(decodeSafetensors(bytes).tensors.h!.dtype, "F16");
      return Array.from(
        { length: numbers.length },
        (_, i) => bytes.at(2 * (i - numbers.length))! + 256 * bytes.at(2 * (i - numbers.length) + 1)!,
      );
    };
    // all 63,488 finite ones, read and written again
    const every = Array.from({ length: 0x10000 }, (_, bits) => bits).filter((bits) => (bits & 0x7c00) !== 0x7c00);
    const data = Uint8Array.from(every.flatMap((bits) => [bits & 255, bits >> 8]));
    const header = `{"h":${entry("F16", [every.length], [0, data.length])}}`;
    const numbers = [...decodeSafetensors(fileOf(header, data)).tensors.h!.data];
    assert.deepEqual(written(...numbers), every);
    // what lies in the middle between two goes to the even one, what lies beside it to the nearer one
    for (let i = 0; i + 1 < 0x7c00; i += 7) {
      const [low, high] = [numbers[i]!, numbers[i + 1]!];
      const middle = (low + high) / 2;
      const even = i % 2 === 0 ? i : i + 1;
      assert.deepEqual(written(middle, 0.999 * middle + 0.001 * low, 0.999 * middle + 0.001 * high), [even, i, i + 1]);
    }
    assert.deepEqual(written(65_519, 65_520, -1e9, Number.NaN, -0), [0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x8000]);
    assert.deepEqual(written(2 ** -25, 1.01 * 2 ** -25), [0, 1]); // half of the smallest one
  });

  it("of names that JavaScript's objects have anyway are no different", () => {
    const header = `{"__proto__":${entry("F32", [1], [0, 4])},"constructor":${entry("F32", [1], [4, 8])}}`;
    const { tensors } = decodeSafetensors(fileOf(header, 8));
    assert.deepEqual(Object.keys(tensors), ["__proto__", "constructor"]);
    assert.equal(Object.getPrototypeOf(tensors), Object.prototype);
  });

  const w = entry("F32", [2], [0, 8]);
  const wrong: [string, Uint8Array, RegExp][] = [
    ["is empty", new Uint8Array(), /the file has 0 bytes, expected at least the 8/],
    [
      "has a huge header",
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128),
      /the header has 9223372036854775808 bytes, expected at most/,
    ],
    [
      "ends in its header",
      fileOf("{}").subarray(0, 9),
      /the header has 2 bytes and the file ends before, is it truncated/,
    ],
    ["is something else", fileOf("PK\u0003\u0004"), /the header does not begin with \{, is this a safetensors file/],
    ["has no JSON", fileOf("{,}"), /the header is not JSON in UTF-8/],
    ["has no UTF-8", fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)), /the header is not JSON in UTF-8/],
    ["names a tensor twice", fileOf(`{"w":${w},"\\u0077":${w}}`, 8), /the header has the name "w" twice/],
    ["is nested deep", fileOf(`{"w":${"[".repeat(50)}`), /the header is nested deeper than the format knows/],
    ["has notes that are no texts", fileOf('{"__metadata__":{"a":1}}'), /__metadata__ is not an object of texts/],
    ["has a tensor that is none", fileOf('{"w":3}'), /tensor "w" is not described by an object/],
    [
      "has another type",
      fileOf(`{"w":${entry("U8", [8], [0, 8])}}`, 8),
      /tensor "w" has the type "U8", expected one of F64, F32/,
    ],
    ["has no type", fileOf('{"w":{}}'), /tensor "w" has the type undefined/],
    ["has a wrong shape", fileOf(`{"w":${entry("F32", [-2], [0, 8])}}`, 8), /tensor "w" has no shape of whole numbers/],
    ["has wrong places", fileOf(`{"w":${entry("F32", [2], [0, 8.5])}}`, 8), /tensor "w" has no two data_offsets/],
    [
      "has a shape that does not fit",
      fileOf(`{"w":${entry("F32", [3], [0, 8])}}`, 8),
      /of shape \[3\] needs 12 bytes, its data_offsets hold 8/,
    ],
    [
      "has a shape beyond all numbers",
      fileOf(`{"w":${entry("F32", [2 ** 53 - 1, 2 ** 53 - 1, 8], [0, 8])}}`, 8),
      /needs .* bytes, its data_offsets hold 8/,
    ],
    [
      "overlaps",
      fileOf(`{"v":${w},"w":${entry("F32", [2], [4, 12])}}`, 12),
      /tensor "w" overlaps another one at byte 4/,
    ],
    [
      "has gaps",
      fileOf(`{"v":${w},"w":${entry("F32", [1], [12, 16])}}`, 16),
      /bytes 8 to 12 of the data, before tensor "w", belong to no tensor/,
    ],
    ["is truncated", fileOf(`{"w":${w}}`, 7), /the tensors need 8 bytes of data and the file has 7, is it truncated/],
    ["goes on behind its end", fileOf(`{"w":${w}}`, 9), /the tensors need 8 bytes of data and the file has 9$/],
  ];
  for (const [what, bytes, problem] of wrong) {
    it(`are refused in one sentence when the file ${what}`, () => {
      assert.throws(() => decodeSafetensors(bytes), problem);
    });
  }

  it("throw our errors alone, and read what is whole, however a file was damaged", () => {
    const good = encodeSafetensors(
      {
        "cell.W": { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
        b: { shape: [2], data: Float64Array.of(5, 6) },
      },
      { metadata: { format: "x" } },
    );
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const damaged = fc.tuple(damage, fc.integer({ min: 0, max: good.length })).map(([changes, length]) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      return length % 3 === 0 ? bytes.subarray(0, length) : bytes;
    });
    const token = fc.constantFrom(
      '"a"',
      '"dtype"',
      '"F32"',
      '"shape"',
      '"data_offsets"',
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "0",
      "4",
      "1e99",
      "null",
      '"\\u"',
      '"',
    );
    const invented = fc.tuple(fc.array(token), fc.nat(16)).map(([tokens, size]) => fileOf(`{${tokens.join("")}`, size));
    const any = fc.oneof(damaged, invented, fc.uint8Array({ maxLength: 64 }));
    fc.assert(
      fc.property(any, (bytes) => {
        try {
          const { tensors } = decodeSafetensors(bytes);
          const size = Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0);
          assert.ok(size <= 2 * bytes.length);
        } catch (error) {
          assert.ok(error instanceof RangeError);
          assert.match(error.message, /^safetensors: [^\n]{1,400}$/);
        }
      }),
      { seed: 13, numRuns: 5000 },
    );
  });

  it("refuse to be written with a shape that does not fit, or a name that the format needs", () => {
    const data = Float64Array.of(1, 2);
    assert.throws(() => encodeSafetensors({ w: { shape: [3], data } }), /w has 2 numbers and the shape \[3\]/);
    assert.throws(
      () => encodeSafetensors({ w: { shape: [-1, -2], data } }),
      /w has 2 numbers and the shape \[-1, -2\]/,
    );
    assert.throws(
      () => encodeSafetensors({ __metadata__: { shape: [2], data } }),
      /no tensor can be named __metadata__/,
    );
  });
});

import type { Precision } from "../math/precision.js";

/** The types of numbers that are read; F64, F32 and F16 are written. */
export type Dtype = "F64" | "F32" | "F16" | "BF16" | "I64" | "I32";

interface NumberType {
  readonly bytes: number;
  /** What it becomes. */
  readonly precision: Precision;
  read(view: DataView, at: number): number;
  write?(view: DataView, at: number, value: number): void;
}

/** How numbers of each type lie in a file: little-endian. */
export const dtypes: Readonly<Record<Dtype, NumberType>> = {
  F64: {
    bytes: 8,
    precision: "float64",
    read: (view, at) => view.getFloat64(at, true),
    write: (view, at, value) => view.setFloat64(at, value, true),
  },
  F32: {
    bytes: 4,
    precision: "float32",
    read: (view, at) => view.getFloat32(at, true),
    write: (view, at, value) => view.setFloat32(at, value, true),
  },
  F16: {
    bytes: 2,
    precision: "float32",
    read: (view, at) => half(view.getUint16(at, true)),
    write: (view, at, value) => view.setUint16(at, bitsOfHalf(value), true),
  },
  BF16: { bytes: 2, precision: "float32", read: (view, at) => brain(view.getUint16(at, true)) },
  // beyond 2⁵³ the nearest number
  I64: { bytes: 8, precision: "float64", read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, precision: "float64", read: (view, at) => view.getInt32(at, true) },
};

/** IEEE 754 half precision: 1 sign bit, 5 of the exponent, 10 of the fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The bits of the half-precision number that is nearest, of two equally near the even one; beyond 65,504 it is ∞. */
function bitsOfHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  const size = Math.abs(value);
  if (size >= 65_520) return sign | 0x7c00; // the middle between 65,504 and what would be 65,536
  // below 2⁻¹⁴ all numbers stand 2⁻²⁴ apart, above it 1024 of them between two powers of 2
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = toEven(size * 2 ** (10 - exponent));
  return sign | (exponent === -14 ? steps : ((exponent + 15) << 10) + steps - 1024);
}

/** The nearest whole number, of two equally near the even one. */
function toEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** bfloat16: the upper half of a float32. */
function brain(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
}

/** A number that was measured, beside a simple baseline and what others have published. */
export interface Measured {
  /** What was measured: "test accuracy". */
  readonly name: string;
  readonly value: number;
  /** "%", "nats", …, or "". */
  readonly unit: string;
  /** The lowest and the highest value that is as it should be. */
  readonly expected: readonly [low: number, high: number];
  /** What a simple method reaches, in the same unit: { name: "naive Bayes", value: 79.9 }. */
  readonly baseline?: { readonly name: string; readonly value: number };
  /** What others have published, in the same unit: { source: "Goo et al. 2018", value: 88.8 }. */
  readonly published?: { readonly source: string; readonly value: number };
  /** Which data it was measured on. */
  readonly data?: string;
}

/** @throws when a number is not finite, or `expected` is not [low, high] */
export function checkMeasured(caller: string, { value, expected, baseline, published }: Measured): void {
  const [low, high] = expected;
  const numbers = [value, low, high, baseline?.value ?? 0, published?.value ?? 0];
  if (numbers.every(Number.isFinite) && low <= high) return;
  throw new RangeError(`${caller}: value ${value}, expected ${low} … ${high}: expected finite numbers, and low ≤ high`);
}

/** "96.4 %": four significant digits. */
export function amount({ value, unit }: Pick<Measured, "value" | "unit">): string {
  return `${Number(value.toPrecision(4))}${unit === "" ? "" : ` ${unit}`}`;
}

/** What stands beside it: "naive Bayes: 79.9 %", "published: 88.8 % (Goo et al. 2018)", or nothing. */
export function besides({ unit, baseline, published }: Measured): string[] {
  return [
    ...(baseline ? [`${baseline.name}: ${amount({ value: baseline.value, unit })}`] : []),
    ...(published ? [`published: ${amount({ value: published.value, unit })} (${published.source})`] : []),
  ];
}

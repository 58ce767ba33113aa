/** How the time of a training step grows when T, B or H is doubled. */
import { markdownTable } from "../markdown.js";
import { median } from "../median.js";
import { nameOf } from "./line-up.js";
import { digits, groups } from "./report.js";
import type { Turns } from "./rounds.js";
import type { Work } from "./shapes.js";

export const SIZES = ["T", "B", "H"] as const;
export type Size = (typeof SIZES)[number];

/** How much longer a step may take when the size is doubled: twice the rows, or four times the weights. */
export const AT_MOST: Record<Size, number> = { T: 2, B: 2, H: 4 };

const BASE: Work = { task: "train", cell: "lstm", T: 32, B: 32, I: 32, H: 128, outputs: 10, reads: "numbers" };
const RANGES: Record<Size, readonly number[]> = {
  T: [16, 32, 64, 128, 256, 512],
  B: [8, 16, 32, 64, 128, 256],
  H: [32, 64, 128, 256, 512, 1024],
};

/** What the time of one contestant is at one size. */
export interface Point {
  readonly size: Size;
  readonly value: number;
  readonly name: string;
  readonly ms: number;
}

/** An LSTM's training step over the range of each size, the others as they are in the base. */
export function growthWorks(): { size: Size; value: number; work: Work }[] {
  return SIZES.flatMap((size) => RANGES[size].map((value) => ({ size, value, work: { ...BASE, [size]: value } })));
}

export function pointsOf({ size, value }: { size: Size; value: number }, turns: Turns): Point[] {
  return [...turns]
    .filter(([, each]) => each.length > 0)
    .map(([contestant, each]) => ({ size, value, name: nameOf(contestant), ms: median(each) }));
}

/** By how much the time grows with each doubling, a row for each contestant and size. */
export function growthTable(points: readonly Point[]): string {
  const rows = SIZES.flatMap((size) =>
    [...groups(ofSize(points, size), ({ name }) => name)].map(([name, each]) => [
      `${size} ${each[0]?.value} … ${each.at(-1)?.value}, ${name}`,
      each.map(({ ms }) => digits(ms)).join(" · "),
      factors(each)
        .map((factor) => factor.toFixed(1))
        .join(" · "),
      `${AT_MOST[size]}`,
    ]),
  );
  return markdownTable([["size doubled", "ms", "times", "at most"], ...rows]);
}

/** From each point to the next. */
export function factors(points: readonly Point[]): number[] {
  return points.slice(1).map(({ ms }, i) => ms / points[i]!.ms);
}

export function ofSize(points: readonly Point[], size: Size): Point[] {
  return points.filter((point) => point.size === size).sort((a, b) => a.value - b.value);
}

export const baseline = `LSTM, T ${BASE.T}, B ${BASE.B}, I ${BASE.I}, H ${BASE.H} where they are not doubled`;

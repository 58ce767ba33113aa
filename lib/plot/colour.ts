import { diverging } from "./figure.js";

type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The colour of a value on the diverging scale: −1 blue, 0 near white, 1 orange; what lies outside is cut.
 *
 * @returns #rrggbb
 */
export function tint(value: number): string {
  return between(
    diverging.map(([, colour]) => colour),
    (Math.min(1, Math.max(-1, value)) + 1) / 2,
  );
}

/**
 * Black or white: the one that reads better on a colour.
 *
 * @param colour #rrggbb
 */
export function inkOn(colour: string): "#000000" | "#FFFFFF" {
  // contrast with black is (L + 0.05) / 0.05, with white 1.05 / (L + 0.05): they meet at L = 0.179 (WCAG 2.2)
  return luminance(parse(colour)) > 0.179 ? "#000000" : "#FFFFFF";
}

/** `count` colours in an order that is seen, blue over grey to orange, each to be read on light and dark. */
export function ramp(count: number): string[] {
  const ends = ["#0072B2", "#999999", "#D55E00"];
  return Array.from({ length: count }, (_, i) => between(ends, count > 1 ? i / (count - 1) : 0));
}

/** @param position 0, at the first colour, … 1, at the last; the colours stand at even distances */
function between(colours: readonly string[], position: number): string {
  const place = position * (colours.length - 1);
  const i = Math.min(Math.floor(place), colours.length - 2);
  const [low, high] = [parse(colours[i]!), parse(colours[i + 1]!)];
  const mixed = low.map((part, k) => Math.round(part + (place - i) * (high[k]! - part)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function parse(colour: string): Rgb {
  const part = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16);
  return [part(1), part(3), part(5)];
}

/** L = 0.2126 R + 0.7152 G + 0.0722 B of the linear values; WCAG 2.2, "relative luminance" */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The growth as a picture that needs no program to be seen: three panels, both axes logarithmic. */
import { palette } from "unroll";
import { AT_MOST, baseline, ofSize, type Point, SIZES, type Size } from "./growth.js";
import { groups } from "./report.js";

const PANEL = { width: 240, height: 240, left: 48, top: 28, apart: 36 };
const LEGEND = 26;
const NAMES: Record<Size, string> = { T: "steps T", B: "batch B", H: "hidden units H" };

/** An SVG; grey guides grow as much as is allowed. */
export function growthFigure(points: readonly Point[]): string {
  const names = [...groups(points, ({ name }) => name).keys()];
  const colours = new Map(names.map((name, i) => [name, palette[i % palette.length]!]));
  const times = points.map(({ ms }) => ms);
  const range = [
    10 ** Math.floor(Math.log10(Math.min(...times))),
    10 ** Math.ceil(Math.log10(Math.max(...times))),
  ] as const;
  const width = PANEL.left + SIZES.length * (PANEL.width + PANEL.apart);
  const height = PANEL.top + PANEL.height + 44 + LEGEND;
  const panels = SIZES.map((size, i) => {
    const x = PANEL.left + i * (PANEL.width + PANEL.apart);
    return `<g transform="translate(${x} ${PANEL.top})">${panel(size, ofSize(points, size), range, colours, i === 0)}</g>`;
  });
  const legend = names.map((name, i) => {
    const x = PANEL.left + i * 150;
    const line = `<path d="M${x} ${height - 14}h18" stroke="${colours.get(name)}" stroke-width="2"/>`;
    return `${line}<text x="${x + 24}" y="${height - 10}">${name}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>Milliseconds of a training step (${baseline})</title>`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...panels,
    ...legend,
    "</svg>",
    "",
  ].join("\n");
}

function panel(
  size: Size,
  points: readonly Point[],
  [least, most]: readonly [number, number],
  colours: ReadonlyMap<string, string>,
  labelled: boolean,
): string {
  const values = [...new Set(points.map(({ value }) => value))];
  const [first = 1, last = 1] = [values[0], values.at(-1)];
  const x = (value: number) => (last > first ? (Math.log(value / first) / Math.log(last / first)) * PANEL.width : 0);
  const y = (ms: number) => PANEL.height * (1 - Math.log(ms / least) / Math.log(most / least));
  const at = (value: number, ms: number) => `${x(value).toFixed(1)} ${y(ms).toFixed(1)}`;
  const path = (each: readonly Point[]) => `M${each.map(({ value, ms }) => at(value, ms)).join("L")}`;

  const powers: number[] = [];
  for (let power = least; power <= most * 1.001; power *= 10) powers.push(power);
  const grid = powers.map((power) => {
    const label = labelled
      ? `<text x="-6" y="${y(power) + 4}" text-anchor="end">${Number(power.toPrecision(1))}</text>`
      : "";
    return `<path d="M0 ${y(power)}h${PANEL.width}" stroke="#ddd"/>${label}`;
  });
  const ticks = values.map(
    (value) => `<text x="${x(value).toFixed(1)}" y="${PANEL.height + 15}" text-anchor="middle">${value}</text>`,
  );
  const lines = [...groups(points, ({ name }) => name)].flatMap(([name, each]) => {
    const start = each[0]!.ms;
    const doublings = Math.min(Math.log2(last / first), Math.log(most / start) / Math.log(AT_MOST[size]));
    const guide = `M${at(first, start)}L${at(first * 2 ** doublings, start * AT_MOST[size] ** doublings)}`;
    return [
      `<path d="${guide}" stroke="#aaa" stroke-dasharray="2 3"/>`,
      `<path d="${path(each)}" fill="none" stroke="${colours.get(name)}" stroke-width="2"/>`,
      ...each.map(
        ({ value, ms }) =>
          `<circle cx="${x(value).toFixed(1)}" cy="${y(ms).toFixed(1)}" r="2.5" fill="${colours.get(name)}"/>`,
      ),
    ];
  });
  const title = `<text x="0" y="-10" font-weight="bold">ms, ${NAMES[size]}</text>`;
  return [title, ...grid, ...ticks, ...lines].join("\n");
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readNotebook } from "../client/notebook.js";
import { lessonFacts } from "./facts.js";
import { headlines, shownValue } from "./headline.js";
import type { Lesson } from "./lesson.js";
import { coverOf } from "./plots.js";

const PICTURES = "pictures";
const WIDTH = 240; // pixels, in a table of five columns
const WORDS = 120; // characters of a picture's description

/** The table of lessons, its numbers read from the executed notebooks. */
export function lessonTable(lessons: readonly Lesson[]): string {
  const rows = lessons.filter(({ notebook }) => existsSync(notebook)).map(row);
  return ["| lesson | minutes | headline number | expected | |", "|---|---|---|---|---|", ...rows].join("\n");
}

function row({ name, notebook: file }: Lesson): string {
  const notebook = readNotebook(file);
  const { title = name } = lessonFacts(notebook);
  const { seconds } = notebook.metadata.unroll as { seconds?: number };
  const found = headlines(notebook);
  const numbers = found.map((headline) => `${headline.name}: **${shownValue(headline)}**`);
  const expected = found.map((headline) => headline.expected.join(" … "));
  const cover = coverOf(notebook);
  const words = String(cover?.["text/plain"] ?? "").replaceAll(/["|<>]|\s+/g, " ");
  const alt = words.length > WORDS ? `${words.slice(0, WORDS)}…` : words;
  const picture = cover ? `<img src="notebooks/${PICTURES}/${name}.png" width="${WIDTH}" alt="${alt}">` : "";
  const cells = [
    `[${title}](notebooks/${basename(file)})`,
    seconds === undefined ? "" : (seconds / 60).toFixed(1),
    numbers.join("<br>"),
    expected.join("<br>"),
    picture,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Writes the pictures that the table shows, where the notebooks have them. */
export function writeCovers(folder: string, lessons: readonly Lesson[]): void {
  mkdirSync(join(folder, PICTURES), { recursive: true });
  for (const { name, notebook } of lessons) {
    const png = existsSync(notebook) && coverOf(readNotebook(notebook))?.["image/png"];
    if (png) writeFileSync(join(folder, PICTURES, `${name}.png`), Buffer.from(String(png), "base64"));
  }
}

/** A README in which the text stands between the two marks of that name. @throws when the marks are missing */
export function withTable(readme: string, text: string, name = "lessons"): string {
  const [first, last] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [begin, end] = [readme.indexOf(first), readme.indexOf(last)];
  if (begin < 0 || end < begin)
    throw new Error(`README.md: expected the marks ${first} and ${last} around what is written there.`);
  return `${readme.slice(0, begin + first.length)}\n${text}\n${readme.slice(end)}`;
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { amount } from "unroll/course/measured.js";
import { readNotebook } from "../client/notebook.js";
import { lessonFacts } from "./facts.js";
import { FIRST_APPLICATION, type Headline, headlineOf, results } from "./headline.js";
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
  const headline = headlineOf(notebook);
  const cover = coverOf(notebook);
  const words = String(cover?.["text/plain"] ?? "").replaceAll(/["|<>]|\s+/g, " ");
  const alt = words.length > WORDS ? `${words.slice(0, WORDS)}…` : words;
  const picture = cover ? `<img src="notebooks/${PICTURES}/${name}.png" width="${WIDTH}" alt="${alt}">` : "";
  const cells = [
    `[${title}](notebooks/${basename(file)})`,
    seconds === undefined ? "" : (seconds / 60).toFixed(1),
    headline ? `${headline.name}: **${amount(headline)}**` : "",
    headline ? headline.expected.join(" … ") : "",
    picture,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Every result of the applications beside a simple baseline and what was published. */
export function applicationTable(lessons: readonly Lesson[]): string {
  const rows = lessons
    .filter(({ name, notebook }) => Number(name.slice(0, 2)) >= FIRST_APPLICATION && existsSync(notebook))
    .flatMap((lesson) => results(readNotebook(lesson.notebook)).map((found) => applicationRow(lesson, found)));
  return [
    "| lesson | what is measured | data | baseline | here | published |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function applicationRow({ name, notebook }: Lesson, found: Headline): string {
  const { unit, data = "", baseline, published, stored } = found;
  const cells = [
    `[${Number(name.slice(0, 2))}](notebooks/${basename(notebook)})`,
    found.name + (stored ? ` (longer run: ${Number(stored.minutes.toFixed(1))} minutes, \`${stored.command}\`)` : ""),
    data,
    baseline ? `${amount({ unit, value: baseline.value })} (${baseline.name})` : "",
    `**${amount(found)}**`,
    published ? `${amount({ unit, value: published.value })} (${published.source})` : "",
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
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

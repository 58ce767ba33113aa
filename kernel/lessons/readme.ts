import { existsSync } from "node:fs";
import { basename } from "node:path";
import { readNotebook } from "../client/notebook.js";
import { headlines, shownValue } from "./headline.js";
import type { Lesson } from "./lesson.js";

/** The table of lessons, its numbers read from the executed notebooks. */
export function lessonTable(lessons: readonly Lesson[]): string {
  const rows = lessons
    .filter((lesson) => existsSync(lesson.notebook))
    .flatMap((lesson) => {
      const notebook = readNotebook(lesson.notebook);
      const title = /^# (.*)$/m.exec(notebook.cells[0]?.source ?? "")?.[1] ?? lesson.name;
      const seconds = (notebook.metadata.unroll as { seconds?: number } | undefined)?.seconds;
      const minutes = seconds === undefined ? "" : (seconds / 60).toFixed(1);
      return headlines(notebook).map(
        (headline) =>
          `| [${title}](notebooks/${basename(lesson.notebook)}) | ${minutes} | ${headline.name} | ${shownValue(headline)} | ${headline.expected.join(" … ")} | ${headline.engine} |`,
      );
    });
  return ["| lesson | minutes | headline | measured | expected | engine |", "|---|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}

/** A README in which the text stands between the two marks of that name. @throws when the marks are missing */
export function withTable(readme: string, text: string, name = "lessons"): string {
  const [first, last] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [begin, end] = [readme.indexOf(first), readme.indexOf(last)];
  if (begin < 0 || end < begin)
    throw new Error(`README.md: expected the marks ${first} and ${last} around what is written there.`);
  return `${readme.slice(0, begin + first.length)}\n${text}\n${readme.slice(end)}`;
}

/** The lessons as a book of pages that need nothing else: no server, no network, no Jupyter. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { amount } from "unroll/course/measured.js";
import { escapeHtml } from "unroll/display/mime.js";
import { readNotebook } from "../client/notebook.js";
import { notebookPage, page } from "../page/page.js";
import { lessonFacts } from "./facts.js";
import { headlineOf } from "./headline.js";
import type { Lesson } from "./lesson.js";
import { coverOf } from "./plots.js";

const CONTENTS = "index.html";

/**
 * Writes a page for each lesson that was run, and one with the contents.
 *
 * @param folder where the book goes
 * @returns the page with the contents
 * @throws when no lesson was run
 */
export function writeBook(lessons: readonly Lesson[], folder: string): string {
  const ready = lessons.filter(({ notebook }) => existsSync(notebook));
  if (ready.length === 0) throw new Error("There is no lesson that was run: npm run lessons runs them.");
  mkdirSync(folder, { recursive: true });
  ready.forEach((lesson, i) => {
    const navigation = neighbours(ready[i - 1], ready[i + 1]);
    const html = notebookPage(readNotebook(lesson.notebook), {
      name: lesson.name,
      folder: dirname(lesson.notebook),
      navigation,
    });
    writeFileSync(join(folder, `${lesson.name}.html`), withinBook(html, ready));
  });
  const contents = join(folder, CONTENTS);
  writeFileSync(contents, page({ title: "Unroll", body: contentsHtml(ready) }));
  return contents;
}

function neighbours(before: Lesson | undefined, after: Lesson | undefined): string {
  const link = (lesson: Lesson | undefined, sign: (title: string) => string) =>
    lesson ? `<a href="${lesson.name}.html">${escapeHtml(sign(titleOf(lesson)))}</a>` : "<span></span>";
  const contents = `<a href="${CONTENTS}">Contents</a>`;
  return `<nav>${link(before, (title) => `‹ ${title}`)}${contents}${link(after, (title) => `${title} ›`)}</nav>`;
}

/** Where a lesson leads to another one, its page leads to the other page. */
function withinBook(html: string, lessons: readonly Lesson[]): string {
  return html.replaceAll(/href="([\w-]+)\.ipynb(#[^"]*)?"/g, (link, name: string, place = "") =>
    lessons.some((lesson) => lesson.name === name) ? `href="${name}.html${place}"` : link,
  );
}

function contentsHtml(lessons: readonly Lesson[]): string {
  return `<h1>Unroll</h1>
<p>A course on recurrent networks. The pages are its notebooks as they were run last: the code, its outputs, and plots
that answer to the mouse. To change something and run it, open the notebooks.</p>
<ol class="contents">
${lessons.map(entryHtml).join("\n")}
</ol>`;
}

function entryHtml(lesson: Lesson): string {
  const notebook = readNotebook(lesson.notebook);
  const { goals, time } = lessonFacts(notebook);
  const cover = coverOf(notebook);
  const words = escapeHtml(String(cover?.["text/plain"] ?? ""));
  const picture = cover?.["image/png"] ? `<img src="data:image/png;base64,${cover["image/png"]}" alt="${words}">` : "";
  const headline = headlineOf(notebook);
  const small = [time, headline && `${headline.name}: ${amount(headline)}`]
    .filter((text) => text !== undefined)
    .map(escapeHtml);
  return `<li>${picture}<div><a href="${lesson.name}.html">${escapeHtml(titleOf(lesson))}</a>
${goals ? `<p>You will be able to ${escapeHtml(goals)}</p>` : ""}<small>${small.join("<br>")}</small></div></li>`;
}

function titleOf({ name, notebook }: Lesson): string {
  return lessonFacts(readNotebook(notebook)).title ?? name;
}

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Notebook, writeNotebook } from "#kernel/client/notebook.js";
import { writeBook } from "#kernel/lessons/book.js";
import { lessonFacts } from "#kernel/lessons/facts.js";
import { buildNotebook, isUpToDate, type Lesson, lessons } from "#kernel/lessons/lesson.js";
import { lessonTable, withTable, writeCovers } from "#kernel/lessons/readme.js";
import { codeCell, notebookOf, PLOTLY, shown, textCell } from "../../support/notebooks.js";

const PNG = "iVBORw0KGgo=";
const headline = { name: "share <right>", value: 97.123, unit: "%", expected: [95, 100], seconds: 9, engine: "e" };

const top = (title: string) => `# ${title}

**You will be able to** say A & B.

**Time:** 2 minutes to run. **Needs:** lesson 0; a pencil. **Data:** none.`;

function executed(title: string, text = ""): Notebook {
  const figure = { [PLOTLY]: { data: [] }, "image/png": PNG, "text/plain": "a | line" };
  const plot = codeCell("x;", [shown(figure), shown({ "application/vnd.unroll.result+json": headline })]);
  const notebook = notebookOf(textCell(top(title)), { ...plot, metadata: { tags: ["cover"] } }, textCell(text));
  return { ...notebook, metadata: { unroll: { seconds: 90 } } };
}

describe("lessons that were run", () => {
  const folder = mkdtempSync(join(tmpdir(), "unroll-lessons-"));
  const book = join(folder, "book");
  let all: Lesson[];

  before(() => {
    mkdirSync(join(folder, "source"));
    for (const name of ["00-one", "01-two", "02-not-run"]) {
      writeFileSync(join(folder, "source", `${name}.ts`), `// %% [markdown]\n// # ${name}\n`);
    }
    all = lessons(folder);
    writeNotebook(all[0]!.notebook, executed("0 · One", "[on](01-two.ipynb) [later](02-not-run.ipynb)"));
    writeNotebook(all[1]!.notebook, executed("1 · Two"));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("say on top what they are for, how long they take and what they need", () => {
    assert.deepEqual(lessonFacts(executed("0 · One")), {
      title: "0 · One",
      goals: "say A & B.",
      time: "2 minutes to run",
      needs: "lesson 0; a pencil",
    });
    assert.deepEqual(lessonFacts(notebookOf(textCell("# Something else"))), {});
  });

  it("become a book: a page each, which lead to each other, and the contents", () => {
    assert.equal(writeBook(all, book), join(book, "index.html"));
    const [one, two, contents] = ["00-one", "01-two", "index"].map((name) =>
      readFileSync(join(book, `${name}.html`), "utf8"),
    );
    assert.match(one!, /<a href="01-two\.html">1 · Two ›<\/a>/);
    assert.match(two!, /<a href="00-one\.html">‹ 0 · One<\/a><a href="index\.html">Contents<\/a>/);
    assert.match(one!, /<a href="01-two\.html">on<\/a> <a href="02-not-run\.ipynb">later<\/a>/);
    assert.match(contents!, /<a href="00-one\.html">0 · One<\/a>\s*<p>You will be able to say A &amp; B\.<\/p>/);
    assert.match(contents!, /<small>2 minutes to run<br>share &lt;right&gt;: 97\.12 %<\/small>/);
    assert.match(contents!, new RegExp(`<img src="data:image/png;base64,${PNG}" alt="a \\| line">`));
    assert.ok(!contents!.includes("not-run"));
  });

  it("make no book when none was run", () => {
    assert.throws(() => writeBook(all.slice(2), book), /There is no lesson that was run/);
  });

  it("stand in the README's table with minutes, number and picture", () => {
    writeCovers(folder, all);
    assert.equal(readFileSync(join(folder, "pictures", "00-one.png")).toString("base64"), PNG);
    const table = lessonTable(all).split("\n");
    assert.equal(
      table[2],
      '| [0 · One](notebooks/00-one.ipynb) | 1.5 | share <right>: **97.12 %** | 95 … 100 | <img src="notebooks/pictures/00-one.png" width="240" alt="a   line"> |',
    );
    assert.equal(table.length, 4);
    const readme = "a\n<!-- lessons -->\nold\n<!-- /lessons -->\nb\n";
    assert.equal(withTable(readme, "new"), "a\n<!-- lessons -->\nnew\n<!-- /lessons -->\nb\n");
    assert.throws(() => withTable("a", "new"), /expected the marks <!-- lessons -->/);
  });

  it("are stale when their source is another one", () => {
    assert.equal(isUpToDate(all[0]!), false);
    writeNotebook(all[0]!.notebook, buildNotebook(all[0]!));
    assert.equal(isUpToDate(all[0]!), true);
    writeFileSync(all[0]!.source, "// %% [markdown]\n// # Another\n");
    assert.equal(isUpToDate(all[0]!), false);
    assert.equal(isUpToDate(all[2]!), false);
  });
});

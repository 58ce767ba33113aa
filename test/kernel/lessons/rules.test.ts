import assert from "node:assert/strict";
import type { Notebook } from "#kernel/client/notebook.js";
import { outputComplaints, sourceComplaints } from "#kernel/lessons/rules.js";
import { codeCell, notebookOf, PLOTLY, shown, textCell } from "../../support/notebooks.js";

const NAME = "02-hello";
const TOP = `# 2 · Hello

**You will be able to** greet.

**Time:** 1 minute. **Needs:** nothing.`;
const TEXT = `**Think:** why? <details><summary>Answer</summary>So.</details>

**Misconception:** *“No.”* **Known good:** all.

**Read:** Elman (1990), *Finding structure in time*.`;
const solution = (name: string) =>
  textCell(`<details><summary>Solution of ${name}</summary>\n\n\`\`\`ts\n1;\n\`\`\`\n\n</details>`);
const CODE = `import { live, predict } from "unroll";
live(() => 1);
model.predict(1);
predict("a?", 1).reveal(1);
predict("b?", 1).reveal(1);
plot.withSlider([]);
result({});`;
const headline = { lesson: NAME, name: "n", value: 2, unit: "", expected: [1, 3], seconds: 1, engine: "e" };
const plot = { [PLOTLY]: { data: [], layout: { sliders: [{}] } }, "image/png": "iVBORw0", "text/plain": "a line" };

function lesson(): Notebook {
  const names = ["2.1", "2.2", "2.3"];
  const notebook = notebookOf(
    textCell(TOP),
    textCell(TEXT),
    codeCell(CODE, [shown(plot), shown({ "application/vnd.unroll.result+json": headline })]),
    ...names.flatMap((name) => [codeCell(`check("${name}", 1);`, [shown({})]), solution(name)]),
  );
  notebook.cells[2]!.metadata = { tags: ["cover"] };
  return notebook;
}

/** What is said of the lesson when in its JSON, or in a text that stands there in quotes, a part is replaced. */
function without(part: string, by = ""): string[] {
  const json = JSON.stringify(lesson());
  const quoted = JSON.stringify(part).slice(1, -1);
  const changed = JSON.parse(json.replaceAll(json.includes(part) ? part : quoted, by)) as Notebook;
  return [...sourceComplaints(changed, NAME), ...outputComplaints(changed, NAME)];
}

describe("the rules of a lesson", () => {
  it("have nothing to say of a lesson that has all of it", () => {
    assert.deepEqual(without("there is no such text"), []);
  });

  const missing: [what: string, text: string, by: string, says: RegExp][] = [
    ["a title", "# 2 · Hello", "Hello", /no title/],
    ["goals", "**You will be able to**", "", /You will be able to/],
    ["a time", "**Time:**", "", /Time/],
    ["needs", "**Needs:**", "", /Needs/],
    ["a live plot", "live(() => 1)", "1", /no plot changes/],
    ["a slider", "withSlider", "digits", /no plot has a slider/],
    ["a second prediction", 'predict("b?", 1).reveal(1);', "", /there are 1 predict/],
    ["the truth of one", 'predict("b?", 1).reveal(1)', 'predict(\\"b?\\", 1)', /2 predict.* and 1 reveal/],
    ["a third exercise", 'check("2.3", 1)', "1", /there are 2 exercises/],
    ["a solution", "Solution of 2.2", "Nothing", /exercise 2\.2 has no <details>/],
    ["exercises of its own", '"2.1"', '\\"3.1\\"', /exercise 3\.1 has the number of another lesson/],
    ["a question", "**Think:**", "", /Think/],
    ["a misconception", "**Misconception:**", "", /misconception/],
    ["settings", "**Known good:**", "", /Known good/],
    ["something to read", "(1990)", "", /Read/],
    ["a cover", '"tags":["cover"]', "", /\[cover\]/],
    ["the public interface", 'from "unroll"', 'from \\"fs\\"', /it imports "fs"/],
    [
      "short cells",
      "live(() => 1);",
      "live(() => 1);\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n",
      /a cell has \d+ lines/,
    ],
    ["a headline number", "result({});", "", /no headline number/],
    ["its own headline number", '"lesson":"02-hello"', '"lesson":"03"', /is of the lesson "03"/],
    ["a number in its range", '"value":2', '"value":4', /result 4 is not in 1 … 3/],
    ["pictures", "iVBORw0", "", /plot 1 has no picture/],
    ["no HTML beside them", '"image/png"', '"text/html":"a","image/png"', /plot 1 has HTML/],
    ["words", "a line", "", /plot 1 has no words/],
    ["a run", '"execution_count":1', '"execution_count":null', /not all of its cells have run/],
    [
      "no long values",
      '"output_type":"display_data","data":{}',
      `"output_type":"execute_result","data":{"text/plain":"${"9".repeat(2000)}"}`,
      /prints its last value/,
    ],
    [
      "no errors",
      '"output_type":"display_data","data":{}',
      '"output_type":"error","ename":"E","evalue":"no"',
      /an error: E: no/,
    ],
    ["less than 1.5 MB", "Finding structure", "x".repeat(1_600_000), /kB, expected at most 1500/],
  ];
  for (const [what, text, by, says] of missing) {
    it(`ask for ${what}`, () => {
      assert.match(without(text, by).join("\n"), says);
    });
  }

  it("let an application have several results, the headline beside a baseline, and others none but one", () => {
    const said = (name: string, ...results: object[]) => {
      const outputs = results.map((more) =>
        shown({ "application/vnd.unroll.result+json": { ...headline, lesson: name, ...more } }),
      );
      return outputComplaints(notebookOf(codeCell("result({});", outputs)), name).filter((words) =>
        /result|headline/.test(words),
      );
    };
    const baseline = { name: "guessing", value: 1 };
    assert.deepEqual(said("11-hello", {}, { headline: true, baseline }), []);
    assert.deepEqual(said("11-hello", { baseline }, {}, { stored: { command: "c", minutes: 9 } }), []);
    assert.match(said("11-hello", {}).join(), /no baseline beside it/);
    assert.match(
      said("11-hello", { headline: true, baseline }, { headline: true }).join(),
      /2 of its results are marked/,
    );
    assert.match(said(NAME, {}, {}).join(), /it has 2 headline numbers, expected one/);
    assert.match(said(NAME, { stored: { command: "c", minutes: 9 } }).join(), /no headline number/);
  });

  it("ask for a box to try the model in an application, with answers, and not too large", () => {
    const source = (code: string, name: string) =>
      sourceComplaints(notebookOf(codeCell(code)), name).filter((words) => /model/.test(words));
    assert.deepEqual(source("", "10-hello"), []);
    assert.match(source("", "11-hello").join(), /nobody can try the model: end with tryText/);
    assert.deepEqual(source("await tryChat({});", "11-hello"), []);

    const output = (answer: object) => {
      const box = { title: "Try", examples: [{ name: "a film", answer }] };
      const cell = codeCell("x", [shown({ "application/vnd.unroll.try+json": box })]);
      return outputComplaints(notebookOf(cell), "11-hello").filter((words) => /box/.test(words));
    };
    assert.deepEqual(output({ shown: [{ "text/plain": "good" }] }), []);
    assert.match(output({ error: "no such word" }).join(), /the box "Try" has no answer to "a film": no such word/);
    assert.match(output({ shown: [{ "text/plain": "x".repeat(160_000) }] }).join(), /has 160 kB, expected at most 150/);
  });
});

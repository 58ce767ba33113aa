import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { type Cell, writeNotebook } from "#kernel/client/notebook.js";
import { JupyterServer } from "../support/jupyter-server.js";
import { needsBrowser, needsJupyter } from "../support/needs.js";
import { launchBrowser, NotebookPage } from "../support/notebook-page.js";
import { projectFolder } from "../support/project.js";

const TRAINING = `import { adam, classifier, inARow, liveTraining, mnist, random, rnn, train } from "unroll";
const model = classifier(rnn(28, 64), 10);
const weights = model.init(random(1));
let epochs = 0;
const watch = liveTraining({ title: "until somebody stops it" });
const pictures = inARow(mnist().train.slice(0, 2000), 1);
await train(model, weights, pictures, {
  epochs: 500, optimizer: adam(), random: random(2), ...watch, onEpoch: () => void epochs++,
});`;

const CELLS = {
  completion: "const corpus = { words: 3, wordLength: 4 };\ncorpus",
  error:
    "interface Point { x: number }\n\nfunction half(n: number): Point {\n  throw new RangeError('no half of ' + n);\n}\nhalf(3);",
  refused: 'const count: number = "three";',
  progress: 'for (const n of progress([1, 2, 3, 4], { label: "counting" })) console.log(n);',
  training: TRAINING,
  after: "console.log(weights.readout.W.rows, epochs >= 0);",
  long: 'console.log("x".repeat(10_000_000));',
  flood: 'while (true) console.log("a line that is printed for ever");',
  prompt: 'const name = prompt("Who are you?");\nconsole.log("Hello, " + name);',
};

describe("the kernel in JupyterLab", function () {
  this.timeout(120_000);
  let server: JupyterServer;
  let browser: Browser;
  let notebook: NotebookPage;

  const cell = (name: keyof typeof CELLS): Locator => notebook.cells.nth(Object.keys(CELLS).indexOf(name));
  const output = (name: keyof typeof CELLS): Locator => cell(name).locator(".jp-OutputArea");

  /** Starts a cell without waiting for its end. */
  async function start(name: keyof typeof CELLS): Promise<void> {
    await cell(name).locator(".jp-InputArea-editor").click();
    await notebook.page.keyboard.press("Control+Enter");
  }

  before(async function () {
    needsJupyter(this);
    const program = needsBrowser(this);
    const parent = join(projectFolder, "test", "dist", "browser");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "kernel-"));
    const cells = Object.entries(CELLS).map(
      ([id, source]): Cell => ({ cell_type: "code", id, metadata: {}, source, outputs: [], execution_count: null }),
    );
    const kernelspec = { name: "unroll", display_name: "TypeScript (Unroll)", language: "typescript" };
    writeNotebook(join(folder, "kernel.ipynb"), { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
    server = new JupyterServer(folder, { options: ["--port", "0"] });
    const [address, opened] = await Promise.all([server.address(), launchBrowser(program)]);
    browser = opened;
    notebook = await NotebookPage.open(browser, address, "kernel.ipynb");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("offers the members of a value while one types", async () => {
    await start("completion");
    await output("completion").locator(':text("wordLength: 4")').waitFor();
    await notebook.page.keyboard.press("Enter");
    await notebook.page.keyboard.press("Control+End");
    await notebook.page.keyboard.type(".wor");
    await notebook.page.keyboard.press("Tab");
    const offered = notebook.page.locator(".jp-Completer .jp-Completer-item");
    await offered.first().waitFor();
    assert.deepEqual(await offered.locator(".jp-Completer-match").allInnerTexts(), ["wordLength", "words"]);
    await notebook.page.keyboard.press("Escape");
  });

  it("shows an error with its cell, line and caret", async () => {
    await start("error");
    await output("error").locator(':text("RangeError: no half of 3")').first().waitFor();
    const text = await output("error").innerText();
    assert.match(text, /throw new RangeError/);
    assert.match(text, /\^/);
    assert.match(text, /line 4|:4/);
    assert.doesNotMatch(text, /node:|dist\//);
  });

  it("shows what TypeScript refuses before anything runs", async () => {
    await start("refused");
    await output("refused").locator(":text(\"Type 'string' is not assignable to type 'number'\")").first().waitFor();
  });

  it("draws a progress bar", async () => {
    await start("progress");
    await output("progress").locator("progress").waitFor();
    await output("progress").locator(':text("4 of 4")').waitFor();
  });

  it("draws curves while it trains, is interrupted, and keeps the variables", async () => {
    await start("training");
    const plot = output("training").locator(".js-plotly-plot");
    await plot.locator(".main-svg").first().waitFor({ timeout: 60_000 });
    const first = await notebook.points(plot);
    await notebook.page.waitForFunction(
      `document.querySelector(".js-plotly-plot").data[0].x.length > ${first}`,
      undefined,
      { timeout: 60_000 },
    );
    await notebook.page.keyboard.press("Escape");
    await notebook.page.keyboard.press("i");
    await notebook.page.keyboard.press("i");
    await output("training").locator(':text("KeyboardInterrupt")').first().waitFor();
    await notebook.untilIdle();
    await start("after");
    await output("after").locator(':text("64 true")').waitFor();
  });

  it("gets ten million characters of one line, all of them", async () => {
    await start("long");
    await output("long").locator("pre").waitFor();
    await notebook.untilIdle();
    assert.equal((await output("long").innerText()).trimEnd().length, 10_000_000);
  });

  it("stays alive while a cell prints without end, and interrupts it", async () => {
    await start("flood");
    await output("flood").locator("pre").waitFor();
    await notebook.page.waitForTimeout(2000);
    await notebook.page.keyboard.press("Escape");
    await notebook.page.keyboard.press("i");
    await notebook.page.keyboard.press("i");
    await output("flood").locator(':text("KeyboardInterrupt")').first().waitFor();
    await notebook.untilIdle();
  });

  it("asks a question in a box and goes on with the answer", async () => {
    await start("prompt");
    const box = output("prompt").locator("input.jp-Stdin-input");
    await box.waitFor();
    await box.fill("Ada");
    await box.press("Enter");
    await output("prompt").locator(':text("Hello, Ada")').waitFor();
  });
});

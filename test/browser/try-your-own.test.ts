import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { writeNotebook } from "#kernel/client/notebook.js";
import { JupyterServer } from "../support/jupyter-server.js";
import { needsBrowser, needsJupyter } from "../support/needs.js";
import { launchBrowser, NotebookPage } from "../support/notebook-page.js";
import { codeCell, notebookOf } from "../support/notebooks.js";
import { projectFolder } from "../support/project.js";
import { contrast } from "./contrast.js";

const CELLS = {
  text: `import { plot, tryChat, tryDrawing, tryPicture, tryText } from "unroll";
tryText({
  title: "Is it a good film?", label: "A sentence about a film", examples: ["a fine film", "a bore"],
  answer: (text) => {
    if (text.includes("?")) throw new Error("A question is no opinion.\\nat line 3");
    return [\`\${text.length} letters\`, plot.bars({ good: text.length, bad: 7 }, { title: "how sure" })];
  },
});`,
  drawing: `import { mnist } from "unroll";
const { test } = mnist();
tryDrawing({
  title: "Which digit is it?", examples: [0, 1, 2].map((i) => test.pixels(i)),
  answer: (picture) => \`\${picture.rows}×\${picture.cols}, \${[...picture.data].reduce((a, b) => a + b, 0).toFixed(0)} pixels of ink\`,
});`,
  pictures: `tryPicture({
  title: "What is to be seen?", pictures: [0, 1, 2].map((i) => ({ picture: test.pixels(i), name: \`digit \${test.label(i)}\` })),
  answer: (index) => ({ "text/html": \`<b>a \${test.label(index)}</b>\`, "text/plain": String(test.label(index)) }),
});`,
  chat: `await tryChat({
  title: "A talk", examples: ["Hello", "How are you?"],
  answer: async (text, turns) => \`\${text}, \${turns.length + 1}\`,
});`,
  busy: "await new Promise((done) => setTimeout(done, 1)); for (const end = Date.now() + 3000; Date.now() < end; );",
};

describe("boxes in JupyterLab", function () {
  this.timeout(120_000);
  let server: JupyterServer;
  let browser: Browser;
  let address: URL;
  let notebook: NotebookPage;

  const cell = (name: keyof typeof CELLS): Locator => notebook.cells.nth(Object.keys(CELLS).indexOf(name));
  const box = (name: keyof typeof CELLS): Locator => cell(name).locator(".unroll-box");
  const answer = (name: keyof typeof CELLS): Locator => box(name).locator(".unroll-box-answer");

  before(async function () {
    needsJupyter(this);
    const program = needsBrowser(this);
    const parent = join(projectFolder, "test", "dist", "browser");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "boxes-"));
    const metadata = { kernelspec: { name: "unroll", display_name: "TypeScript (Unroll)", language: "typescript" } };
    writeNotebook(join(folder, "boxes.ipynb"), {
      ...notebookOf(...Object.values(CELLS).map((c) => codeCell(c))),
      metadata,
    });
    server = new JupyterServer(folder, { options: ["--port", "0"] });
    [address, browser] = await Promise.all([server.address(), launchBrowser(program)]);
    notebook = await NotebookPage.open(browser, address, "boxes.ipynb");
    await notebook.runAll();
    await notebook.untilAllHaveRun(30_000);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("answer a sentence that is typed, with words and a figure", async () => {
    const field = box("text").getByLabel("A sentence about a film");
    await field.fill("a film that has a lot of letters");
    await field.press("Enter");
    await answer("text").getByText("32 letters").waitFor();
    await answer("text").locator(".js-plotly-plot .main-svg").first().waitFor();
  });

  it("take pictures", async () => {
    const shots = process.env.SHOTS;
    if (!shots) return;
    for (const theme of ["Light", "Dark"]) {
      await notebook.useTheme(`JupyterLab ${theme}`);
      await notebook.page.waitForTimeout(500);
      for (const name of ["text", "drawing", "pictures", "chat"] as const) {
        await box(name).scrollIntoViewIfNeeded();
        await box(name).screenshot({ path: join(shots, `${name}-${theme}.png`) });
      }
    }
    await notebook.useTheme("JupyterLab Light");
  });

  it("leave no error in the page", () => {
    assert.deepEqual(notebook.errors, []);
    void contrast;
    void address;
  });
});

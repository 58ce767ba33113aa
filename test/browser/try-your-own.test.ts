import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
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
    if (text === "for ever") while (true);
    if (text.includes("?")) throw new Error("A question is no opinion.\\nat line 3");
    return [\`\${text.length} letters\`, text, plot.bars({ good: text.length, bad: 7 }, { title: "how sure" })];
  },
});`,
  drawing: `import { mnist } from "unroll";
const { test } = mnist();
tryDrawing({
  title: "Which digit is it?", examples: [0, 1, 2].map((i) => test.pixels(i)),
  answer: ({ rows, cols, data }) => {
    const ink = [...data].reduce((a, b) => a + b, 0);
    const middle = (place: (i: number) => number) => Math.floor([...data].reduce((a, b, i) => a + b * (place(i) + 0.5), 0) / ink);
    return \`\${rows}×\${cols}, \${ink.toFixed(0)} pixels of ink in pixel \${middle((i) => Math.floor(i / 28))}, \${middle((i) => i % 28)}\`;
  },
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

const BOXES = ["text", "drawing", "pictures", "chat"] as const;

describe("boxes in JupyterLab", function () {
  this.timeout(120_000);
  let server: JupyterServer;
  let browser: Browser;
  let address: URL;
  let folder: string;
  let notebook: NotebookPage;

  const cell = (name: keyof typeof CELLS): Locator => notebook.cells.nth(Object.keys(CELLS).indexOf(name));
  const box = (name: keyof typeof CELLS): Locator => cell(name).locator(".unroll-box");
  const answer = (name: keyof typeof CELLS): Locator => box(name).locator(".unroll-box-answer");

  before(async function () {
    needsJupyter(this);
    const program = needsBrowser(this);
    const parent = join(projectFolder, "test", "dist", "browser");
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, "boxes-"));
    const metadata = { kernelspec: { name: "unroll", display_name: "TypeScript (Unroll)", language: "typescript" } };
    writeNotebook(join(folder, "boxes.ipynb"), {
      ...notebookOf(...Object.values(CELLS).map((c) => codeCell(c))),
      metadata,
    });
    server = new JupyterServer(folder, { options: ["--port", "0"] });
    [address, browser] = await Promise.all([server.address(), launchBrowser(program)]);
    notebook = await NotebookPage.open(browser, address, "boxes.ipynb");
    notebook.page.setDefaultTimeout(15_000);
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

  it("take no key that is typed for a command of the notebook", async () => {
    await box("text").getByLabel("A sentence about a film").press("Escape");
    await box("text").getByRole("button", { name: "a bore" }).focus();
    for (const key of ["a", "m"]) await notebook.page.keyboard.press(key);
    assert.equal(await notebook.cells.count(), Object.keys(CELLS).length);
    assert.equal(await box("text").count(), 1);
  });

  it("show an example's answer at the press of its button, by the keyboard too", async () => {
    const example = box("text").getByRole("button", { name: "a bore" });
    await example.press("Enter");
    await answer("text").getByText("6 letters").waitFor();
    assert.equal(await example.getAttribute("aria-pressed"), "true");
    assert.equal(await box("text").getByLabel("A sentence about a film").inputValue(), "a bore");
  });

  it("say in one sentence what has failed, and go on", async () => {
    const field = box("text").getByLabel("A sentence about a film");
    await field.fill("is it?");
    await box("text").getByRole("button", { name: "Ask" }).click();
    await box("text").getByText("A question is no opinion.", { exact: true }).waitFor();
    assert.equal(await answer("text").isVisible(), false);
    await field.fill("it is");
    await field.press("Enter");
    await answer("text").getByText("5 letters").waitFor();
    assert.equal(await box("text").getByRole("status").isVisible(), false);
  });

  it("show what is typed, and what is answered, as text", async () => {
    const field = box("text").getByLabel("A sentence about a film");
    await field.fill('<img src=x onerror="window.attacked = true">');
    await field.press("Enter");
    await answer("text").getByText("44 letters").waitFor();
    await answer("text").getByText("<img src=x").waitFor();
    assert.equal(await notebook.page.evaluate("window.attacked"), undefined);
  });

  it("read a digit that is drawn with the mouse, centred as the model's own are", async () => {
    const canvas = box("drawing").getByRole("img", { name: /drawn with mouse/ });
    await canvas.scrollIntoViewIfNeeded();
    await drawSeven(await canvas.boundingBox());
    await answer("drawing")
      .getByText(/^28×28, \d+ pixels of ink in pixel 14, 14$/)
      .waitFor();
    const ink = Number(/, (\d+) pixels/.exec(await answer("drawing").innerText())![1]);
    // the sevens of MNIST's test set have 32 … 173, 90 on average
    assert.ok(ink > 60 && ink < 140, `${ink} pixels of ink`);
    const seen = box("drawing").getByAltText("the drawing as the model reads it");
    assert.equal(await seen.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth), 28);
  });

  it("read a digit that is drawn with a finger or a pen", async () => {
    await box("drawing").getByRole("button", { name: "Clear" }).click();
    assert.equal(await answer("drawing").isVisible(), false);
    await box("drawing").locator("canvas").evaluate(TOUCH);
    await answer("drawing")
      .getByText(/^28×28/)
      .waitFor();
    const ink = Number(/, (\d+) pixels/.exec(await answer("drawing").innerText())![1]);
    // 20 pixels long with its round ends and as wide as the pen, 2.86: 20 · 2.86 − 2.86² · (1 − π/4) = 55.4
    assert.ok(Math.abs(ink - 55.4) < 2, `${ink} pixels of ink`);
  });

  it("show pictures to pick from, and HTML as JupyterLab does", async () => {
    await box("pictures").getByRole("button", { name: "digit 2" }).click();
    await answer("pictures").locator("b", { hasText: "a 2" }).waitFor();
    await box("pictures").getByRole("button", { name: "Ask again" }).click();
    await answer("pictures").locator("b", { hasText: "a 2" }).waitFor();
  });

  it("talk, and remember what was said", async () => {
    const field = box("chat").getByLabel("Your message");
    await field.fill("And you?");
    await field.press("Enter");
    await box("chat").getByText("And you?, 2").waitFor();
    await box("chat").getByRole("button", { name: "How are you?" }).click();
    await box("chat").getByText("How are you?, 3").waitFor();
    assert.equal(await field.inputValue(), "");
    await box("chat").getByRole("button", { name: "Start over" }).click();
    assert.equal(await box("chat").locator("li").count(), 0);
  });

  it("say that the kernel is busy while a cell runs, and answer when it has ended", async () => {
    await cell("busy").locator(".jp-InputArea-editor").click();
    await notebook.page.keyboard.press("Control+Enter");
    await notebook.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').waitFor();
    const field = box("text").getByLabel("A sentence about a film");
    await field.fill("patience");
    await field.press("Enter");
    await box("text").getByText("The kernel is busy: the answer comes when it is done.").waitFor();
    await answer("text").getByText("8 letters").waitFor();
  });

  it("have no answer where the kernel is interrupted, and say so", async () => {
    const field = box("text").getByLabel("A sentence about a film");
    await field.fill("for ever");
    await field.press("Enter");
    await box("text").getByText("Waiting for the answer").waitFor();
    await notebook.menu("Kernel", "Interrupt Kernel");
    await box("text").getByText("The kernel was interrupted before it had an answer.").waitFor();
  });

  it("answer in another view of the same output, and after the page is opened anew", async () => {
    await notebook.save();
    const again = await NotebookPage.open(browser, address, "boxes.ipynb");
    const field = again.cells.first().getByLabel("A sentence about a film");
    await field.fill("anew");
    await field.press("Enter");
    await again.cells.first().getByText("4 letters").waitFor();
    const output = again.cells.first().locator(".jp-OutputArea-output").first();
    await output.click({ button: "right", position: { x: 300, y: 10 } });
    await again.page.locator('.lm-Menu-item:has-text("Create New View for Cell Output")').click();
    const view = again.page.locator(".jp-LinkedOutputView");
    await view.getByLabel("A sentence about a film").fill("besides");
    await view.getByLabel("A sentence about a film").press("Enter");
    await view.getByText("7 letters").waitFor();
    await again.cells.first().getByText("4 letters").waitFor();
    assert.deepEqual(again.errors, []);
    await again.page.close();
  });

  it("can be read in the dark theme as in the light one, and fit into a narrow window", async () => {
    const shots = process.env.BOX_PICTURES; // a folder, for who wants to look at them
    for (const theme of ["Light", "Dark"]) {
      await notebook.useTheme(`JupyterLab ${theme}`);
      for (const name of BOXES) {
        await box(name).scrollIntoViewIfNeeded();
        if (shots) await notebook.page.waitForTimeout(500);
        if (shots) await box(name).screenshot({ path: join(shots, `${name}-${theme}.png`) });
      }
      const behind = await notebook.style(box("text"), "backgroundColor");
      for (const part of [".unroll-box-title", ".unroll-box-label", ".unroll-box-example >> nth=0"]) {
        const ratio = contrast(await colour(box("text").locator(part)), behind);
        // WCAG 2.2, 1.4.3: text has a contrast of at least 4.5
        assert.ok(ratio >= 4.5, `${part} has a contrast of ${ratio} in the theme ${theme}`);
      }
    }
    await notebook.useTheme("JupyterLab Light");
    await notebook.page.setViewportSize({ width: 640, height: 900 });
    for (const name of BOXES) {
      const [outer, inner] = [box(name), box(name).locator(".unroll-box-head")];
      if (shots) await outer.screenshot({ path: join(shots, `${name}-narrow.png`) });
      const [{ width }, head] = [(await outer.boundingBox())!, (await inner.boundingBox())!];
      assert.ok(head.width < width, `${name}: ${head.width} in ${width}`);
      assert.equal(await inner.evaluate(OVERFLOW), 0);
    }
    await notebook.page.setViewportSize({ width: 1280, height: 900 });
  });

  it("say after a restart that their cell wants to be run, and show the examples' answers still", async () => {
    await notebook.restart();
    for (const name of BOXES) await box(name).getByText("Run this cell to try your own.").waitFor();
    assert.equal(await box("text").getByLabel("A sentence about a film").isDisabled(), true);
    await box("text").getByRole("button", { name: "a fine film" }).click();
    await answer("text").getByText("11 letters").waitFor();
    await notebook.runCell(0);
    const field = box("text").getByLabel("A sentence about a film");
    await field.fill("again");
    await field.press("Enter");
    await answer("text").getByText("5 letters").waitFor();
    assert.equal(await box("text").count(), 1);
    await box("chat").getByText("Run this cell to try your own.").waitFor();
  });

  it("ask nobody in a notebook that nobody has trusted, and say the same", async () => {
    await notebook.save();
    const saved = JSON.parse(readFileSync(join(folder, "boxes.ipynb"), "utf8"));
    saved.cells[0].source += " // by somebody else";
    writeFileSync(join(folder, "untrusted.ipynb"), JSON.stringify(saved));
    const opened = await NotebookPage.open(browser, address, "untrusted.ipynb");
    const first = opened.cells.first();
    await first.getByText("Run this cell to try your own.").waitFor();
    await first.getByRole("button", { name: "a bore" }).click();
    await first.getByText("6 letters").waitFor();
    assert.deepEqual(opened.errors, []);
    await opened.page.close();
  });

  it("leave no error in the page", () => {
    assert.deepEqual(notebook.errors, []);
  });

  async function drawSeven(place: { x: number; y: number; width: number; height: number } | null): Promise<void> {
    const at = ([x, y]: readonly [number, number]) =>
      [place!.x + x * place!.width, place!.y + y * place!.height] as const;
    const { mouse } = notebook.page;
    await mouse.move(...at([0.1, 0.15]));
    await mouse.down();
    await mouse.move(...at([0.4, 0.15]), { steps: 5 });
    await mouse.move(...at([0.2, 0.6]), { steps: 5 });
    await mouse.up();
  }
});

/** A stroke from top to bottom by a finger. */
const TOUCH = (node: unknown) => {
  const canvas = node as {
    getBoundingClientRect(): { left: number; top: number; width: number; height: number };
    setPointerCapture(id: number): void;
    hasPointerCapture(id: number): boolean;
    dispatchEvent(event: unknown): void;
  };
  const { PointerEvent } = globalThis as unknown as { PointerEvent: new (type: string, init: object) => unknown };
  // a finger that a script makes cannot be captured
  canvas.setPointerCapture = () => {};
  canvas.hasPointerCapture = () => true;
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const say = (type: string, y: number) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 2,
        pointerType: "touch",
        isPrimary: true,
        bubbles: true,
        clientX: left + width / 2,
        clientY: top + y * height,
      }),
    );
  say("pointerdown", 0.2);
  for (let y = 0.2; y < 0.8; y += 0.1) say("pointermove", y);
  say("pointerup", 0.8);
};

/** By how many pixels the content is wider than its place. */
const OVERFLOW = (node: unknown) => {
  const { scrollWidth, clientWidth } = node as { scrollWidth: number; clientWidth: number };
  return Math.max(0, scrollWidth - clientWidth);
};

const colour = (element: Locator) =>
  element.evaluate(
    (node) =>
      (globalThis as unknown as { getComputedStyle(node: unknown): { color: string } }).getComputedStyle(node).color,
  );

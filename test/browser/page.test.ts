import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { type Notebook, type Output, readNotebook } from "#kernel/client/notebook.js";
import { addPictures } from "#kernel/lessons/pictures.js";
import { notebookPage } from "#kernel/page/page.js";
import { needsBrowser } from "../support/needs.js";
import { launchBrowser } from "../support/notebook-page.js";
import { codeCell, notebookOf, PLOTLY, shown, textCell } from "../support/notebooks.js";
import { projectFolder } from "../support/project.js";
import { contrast } from "./contrast.js";

const LARGEST = 2_500_000; // bytes, for a lesson with ten plots
const FIGURE = { data: [{ x: [1, 2, 3], y: [3, 1, 2] }], layout: { height: 300, title: { text: "three points" } } };
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Of the last plot of a page, in pixels of the window. */
const PLACE_OF_LAST_POINT = `(() => {
  const plot = [...document.querySelectorAll(".js-plotly-plot")].at(-1);
  const { xaxis, yaxis } = plot._fullLayout;
  const { left, top } = plot.getBoundingClientRect();
  const [{ x, y }] = plot.data;
  return { x: left + xaxis._offset + xaxis.d2p(x.at(-1)), y: top + yaxis._offset + yaxis.d2p(y.at(-1)) };
})()`;

describe("the page of a notebook, in a browser", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "unroll-page-"));
  let browser: Browser;
  let server: Server;
  let asked = 0;
  let elsewhere: string;

  before(async function () {
    browser = await launchBrowser(needsBrowser(this));
    server = createServer((_, response) => {
      asked++;
      response.end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a notebook's page, and collects what goes wrong in it. */
  async function open(notebook: Notebook, options: Parameters<Browser["newContext"]>[0] = {}) {
    const file = join(folder, "page.html");
    writeFileSync(file, notebookPage(notebook, { name: "page", folder }));
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, errors, bytes: statSync(file).size };
  }

  const style = (page: Page, selector: string, name: string) =>
    page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${name}`) as Promise<string>;

  it("draws a lesson with ten plots, which answer to the mouse, within its size, without the network", async () => {
    const lesson = readNotebook(join(projectFolder, "notebooks", "00-meet-a-recurrent-network.ipynb"));
    const plots = lesson.cells
      .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
      .filter((output): output is Extract<Output, { data: unknown }> => "data" in output && PLOTLY in output.data);
    for (const { data } of plots) {
      delete data["image/png"];
      data["text/html"] = "<b>a sketch</b>";
    }
    const more = Array.from({ length: Math.max(0, 9 - plots.length) }, (_, i) => structuredClone(plots[i]!));
    lesson.cells.push(codeCell("again", [...more, shown({ [PLOTLY]: FIGURE })]));
    await addPictures(lesson, { format: "webp" });
    // GitHub shows HTML rather than a picture
    assert.ok(plots.every(({ data }) => data["image/webp"] && !("text/html" in data)));

    const { page, errors, bytes } = await open(lesson, { offline: true });
    await page.waitForFunction(`document.querySelectorAll(".js-plotly-plot .main-svg:first-child").length >= 10`);
    assert.ok(bytes <= LARGEST, `the page has ${bytes} bytes`);
    const last = page.locator(".js-plotly-plot").last();
    await last.scrollIntoViewIfNeeded();
    const { x, y } = (await page.evaluate(PLACE_OF_LAST_POINT)) as { x: number; y: number };
    await page.mouse.move(x - 5, y);
    await page.mouse.move(x, y);
    await last.locator(".hoverlayer .hovertext").first().waitFor();
    assert.ok(await page.locator("math").count());
    assert.deepEqual(errors, []);
  });

  it("asks nobody for anything, whatever an output wants", async () => {
    const wants = [
      `<img src="${elsewhere}/a.png"><link rel="stylesheet" href="${elsewhere}/a.css"><iframe src="${elsewhere}"></iframe>`,
      `<script src="${elsewhere}/a.js"></script><script>fetch("${elsewhere}/b").catch(() => { window.refused = true; });</script>`,
    ];
    const { page } = await open(
      notebookOf(
        textCell(`![](${elsewhere}/c.png)`),
        codeCell(
          "x",
          wants.map((html) => shown({ "text/html": html })),
        ),
      ),
    );
    await page.waitForFunction("window.refused");
    await page.waitForLoadState("load");
    assert.equal(asked, 0);
  });

  it("is dark or light as the reader's system is, its figures with it, and can be read in both", async () => {
    const { page, errors } = await open(notebookOf(codeCell("const x = 1; // one", [shown({ [PLOTLY]: FIGURE })])), {
      colorScheme: "light",
    });
    const worst = async () => {
      const background = await style(page, "body", "backgroundColor");
      const code = await style(page, ".code", "backgroundColor");
      return Math.min(
        contrast(await style(page, ".xtick text", "fill"), background),
        contrast(await style(page, ".gtitle", "fill"), background),
        contrast(await style(page, ".comment", "color"), code),
        contrast(await style(page, ".keyword", "color"), code),
      );
    };
    await page.locator(".js-plotly-plot .xtick text").first().waitFor();
    const light = await worst();
    const colour = await style(page, ".xtick text", "fill");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(
      `getComputedStyle(document.querySelector(".xtick text")).fill !== ${JSON.stringify(colour)}`,
    );
    const dark = await worst();
    // WCAG 2.2, 1.4.3: text has a contrast of at least 4.5
    assert.ok(light >= 4.5 && dark >= 4.5, `the contrast is ${light} in the light theme and ${dark} in the dark one`);
    assert.deepEqual(errors, []);
  });

  it("shows pictures of its plots, or their words, where scripts are off", async () => {
    const outputs = [
      shown({ [PLOTLY]: FIGURE, "image/png": PIXEL, "text/plain": "three points" }),
      shown({ [PLOTLY]: FIGURE, "text/plain": "no picture of it" }),
    ];
    const { page } = await open(notebookOf(codeCell("x", outputs)), { javaScriptEnabled: false });
    const picture = page.getByAltText("three points");
    await picture.waitFor();
    assert.deepEqual(await picture.boundingBox().then((box) => box && [box.width, box.height]), [1, 1]);
    const words = page.locator("noscript pre");
    await words.waitFor();
    assert.equal(await words.textContent(), "no picture of it");
  });

  it("shows the same where the browser cannot unpack the figures", async () => {
    const notebook = notebookOf(
      codeCell("x", [shown({ [PLOTLY]: FIGURE, "image/png": PIXEL, "text/plain": "three points" })]),
    );
    const context = await browser.newContext();
    await context.addInitScript("delete window.DecompressionStream");
    const page = await context.newPage();
    const file = join(folder, "old.html");
    writeFileSync(file, notebookPage(notebook, { name: "old", folder }));
    await page.goto(pathToFileURL(file).href);
    await page.getByAltText("three points").waitFor();
  });

  it("takes the width of the window when it changes", async () => {
    const { page } = await open(notebookOf(codeCell("x", [shown({ [PLOTLY]: FIGURE })])));
    const plot = page.locator(".js-plotly-plot .main-svg").first();
    await plot.waitFor();
    const before = (await plot.boundingBox())!.width;
    await page.setViewportSize({ width: 600, height: 900 });
    await page.waitForFunction(
      `document.querySelector(".js-plotly-plot .main-svg").getBoundingClientRect().width < ${before - 100}`,
    );
  });

  it("runs no script that stands in a text", async () => {
    const evil = `<script>window.attacked = true</script><img src=x onerror="window.attacked = true">`;
    const outputs: Output[] = [
      { output_type: "stream", name: "stderr", text: evil },
      { output_type: "error", ename: evil, evalue: evil, traceback: [evil] },
      shown({ "text/plain": evil }),
      shown({ [PLOTLY]: FIGURE, "text/plain": evil }),
    ];
    const { page } = await open(notebookOf(codeCell(evil, outputs)));
    await page.locator(".js-plotly-plot .main-svg").first().waitFor();
    assert.equal(await page.evaluate("window.attacked"), undefined);
  });

  describe("with a box in which one tries a model", () => {
    const figure = (points: number) => ({
      [PLOTLY]: { ...FIGURE, data: [{ y: Array.from({ length: points }, (_, i) => i) }] },
      "text/plain": `${points} points`,
    });
    const examples = [2, 5].map((points) => ({
      name: `${points}`,
      answer: { shown: [{ "text/plain": `${points} it is` }, figure(points)] },
    }));
    const content = { box: "b", kind: "text", title: "How many?", label: "A number", examples };
    const notebook = notebookOf(codeCell("x", [shown({ "application/vnd.unroll.try+json": content })]));
    const drawn = (points: number) =>
      `[...document.querySelectorAll(".js-plotly-plot")].some((plot) =>
        plot.clientWidth > 0 && plot.querySelector(".main-svg") && plot.data[0].y.length === ${points})`;

    it("switches between the stored answers, figures among them, without the network", async () => {
      const { page, errors } = await open(notebook, { offline: true });
      const box = page.locator(".unroll-box");
      await page.waitForFunction(drawn(2));
      await box.getByText("2 it is").waitFor();
      assert.equal(await box.getByText("5 it is").isVisible(), false);
      const second = box.getByRole("button", { name: "5" });
      await second.press("Enter");
      await box.getByText("5 it is").waitFor();
      await page.waitForFunction(drawn(5));
      assert.equal(await second.getAttribute("aria-pressed"), "true");
      assert.equal(await box.getByText("2 it is").isVisible(), false);
      await box.getByText("open the notebook in JupyterLab to try your own").waitFor();
      if (process.env.BOX_PICTURES) {
        await box.screenshot({ path: join(process.env.BOX_PICTURES, "page-light.png") });
        await page.emulateMedia({ colorScheme: "dark" });
        await page.waitForTimeout(500);
        await box.screenshot({ path: join(process.env.BOX_PICTURES, "page-dark.png") });
      }
      assert.deepEqual(errors, []);
    });

    it("has all answers below one another where scripts are off", async () => {
      const { page } = await open(notebook, { javaScriptEnabled: false });
      for (const words of ["2 it is", "5 it is"]) await page.getByText(words).waitFor();
      assert.deepEqual(await page.locator("noscript pre").allTextContents(), ["2 points", "5 points"]);
    });
  });
});

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { jupyterDisplay, plot } from "unroll";
import { JupyterServer } from "../support/jupyter-server.js";
import { needsBrowser, needsJupyter } from "../support/needs.js";
import { launchBrowser, NotebookPage } from "../support/notebook-page.js";
import { codeCell, notebookOf, PLOTLY, shown } from "../support/notebooks.js";
import { projectFolder } from "../support/project.js";
import { contrast } from "./contrast.js";

// What the cells of fixtures/plots.ipynb do.
const LIVE_POINTS = 60; // one cell draws 1, 2, … 60 points, with a pause between them
const MORE_POINTS = 10; // the last cell adds 10 to them, each time it is run
const FAST_POINTS = 200; // one draws 1, 2, … 200 points, without a pause
const LAST_CELL = 6;
const BAD_CELL = 5;

const RECORD_GROWTH = `
  var seenPoints = [];
  setInterval(() => {
    const points = document.querySelector(".js-plotly-plot")?.data?.[0].x.length;
    if (points && points !== seenPoints.at(-1)) seenPoints.push(points);
  }, 20);
`;
const LABELS_ARE_LIGHT = `
  getComputedStyle(document.querySelector(".xtick text")).fill.match(/\\d+/g).slice(0, 3).every((part) => part > 127)
`;

const WIDTH_OF_IMAGE = (node: unknown) => (node as { naturalWidth: number }).naturalWidth;

describe("plots in JupyterLab", function () {
  this.timeout(120_000);
  let server: JupyterServer;
  let browser: Browser;
  let address: URL;
  let folder: string;
  let notebook: NotebookPage;
  let live: Locator;
  let fast: Locator;

  before(async function () {
    needsJupyter(this);
    const program = needsBrowser(this);
    const parent = join(projectFolder, "test", "dist", "browser");
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, "notebooks-"));
    cpSync(join(projectFolder, "test", "browser", "fixtures"), folder, { recursive: true });
    server = new JupyterServer(folder, { options: ["--port", "0"] });
    [address, browser] = await Promise.all([server.address(), launchBrowser(program)]);
    notebook = await NotebookPage.open(browser, address, "plots.ipynb");
    live = notebook.plots.nth(0);
    fast = notebook.plots.nth(2);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("grow in place while their cell runs", async () => {
    await notebook.page.evaluate(RECORD_GROWTH);
    await notebook.runAll();
    await live.locator(".main-svg").first().waitFor();
    const node = await live.elementHandle();
    await notebook.untilAllHaveRun(60_000);
    assert.equal(await notebook.points(live), LIVE_POINTS + MORE_POINTS);
    assert.equal(await node?.evaluate((element) => element.isConnected), true, "another node has taken its place");
    const seen = (await notebook.page.evaluate("seenPoints")) as number[];
    assert.ok(seen.length > 3, `the plot was seen with ${seen.join(", ")} points`);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
  });

  it("are one for each figure, however often it was updated", async () => {
    assert.equal(await notebook.plots.count(), 3);
  });

  it("show the last of many figures that came faster than they can be drawn", async () => {
    await fast.scrollIntoViewIfNeeded();
    await waitForPoints(notebook, 2, FAST_POINTS);
  });

  it("answer to the mouse", async () => {
    await live.scrollIntoViewIfNeeded();
    const { x, y } = await notebook.pixelOf(live, 20);
    await notebook.page.mouse.move(x, y);
    await live.locator(".hoverlayer .hovertext").first().waitFor();
  });

  it("keep what the reader has zoomed to when new data comes", async () => {
    const area = (await live.locator(".nsewdrag").first().boundingBox())!;
    await notebook.page.mouse.move(area.x + area.width / 4, area.y + area.height / 4);
    await notebook.page.mouse.down();
    await notebook.page.mouse.move(area.x + area.width / 2, area.y + area.height / 2, { steps: 5 });
    await notebook.page.mouse.up();
    const zoomed = await notebook.xRange(live);
    assert.ok(zoomed[1] < LIVE_POINTS, `the drag has not zoomed: the axis runs to ${zoomed[1]}`);
    await notebook.runCell(LAST_CELL);
    await waitForPoints(notebook, 0, LIVE_POINTS + 2 * MORE_POINTS);
    assert.deepEqual(await notebook.xRange(live), zoomed);
  });

  it("take the width of the page when it changes", async () => {
    const before = (await live.locator(".main-svg").first().boundingBox())!.width;
    await notebook.page.setViewportSize({ width: 1000, height: 900 });
    await notebook.page.waitForFunction(
      `document.querySelector(".js-plotly-plot .main-svg").getBoundingClientRect().width < ${before - 100}`,
    );
  });

  it("can be read in the dark theme as in the light one", async () => {
    const label = live.locator(".xtick text").first();
    const page = notebook.page.locator(".jp-NotebookPanel-notebook");
    const contrastOfLabel = async () =>
      contrast(await notebook.style(label, "fill"), await notebook.style(page, "backgroundColor"));
    const light = await contrastOfLabel();
    await notebook.useTheme("JupyterLab Dark");
    await notebook.page.waitForFunction(LABELS_ARE_LIGHT);
    const dark = await contrastOfLabel();
    await notebook.useTheme("JupyterLab Light");
    // WCAG 2.2, 1.4.3: text has a contrast of at least 4.5
    assert.ok(light >= 4.5 && dark >= 4.5, `the contrast is ${light} in the light theme and ${dark} in the dark one`);
  });

  it("that are not to be seen while the theme changes take its colours when they are", async () => {
    const hide = (isHidden: boolean) =>
      live.locator("xpath=..").evaluate((node, none) => {
        (node as unknown as { style: { display: string } }).style.display = none ? "none" : "";
      }, isHidden);
    await hide(true);
    await notebook.useTheme("JupyterLab Dark");
    await hide(false);
    await notebook.page.waitForFunction(LABELS_ARE_LIGHT);
    await notebook.useTheme("JupyterLab Light");
    await notebook.page.waitForFunction(`!(${LABELS_ARE_LIGHT})`);
  });

  it("say in a sentence why a figure cannot be drawn", async () => {
    assert.equal(
      await notebook.cells.nth(BAD_CELL).locator(".unroll-figure").textContent(),
      'This figure cannot be drawn: its "data" must be a list of traces, and is "no traces".',
    );
  });

  it("are there again when the saved notebook is opened, though nobody has trusted it", async () => {
    await notebook.save();
    const saved = JSON.parse(readFileSync(join(folder, "plots.ipynb"), "utf8"));
    saved.cells[0].source += " Changed by somebody else.";
    writeFileSync(join(folder, "untrusted.ipynb"), JSON.stringify(saved));
    const reopened = await NotebookPage.open(browser, address, "untrusted.ipynb");
    await reopened.page
      .locator('.jp-StatusItem-trust [title*="not trusted" i], [title*="not trusted" i]')
      .first()
      .waitFor();
    await reopened.plots.nth(2).locator(".main-svg").first().waitFor();
    assert.equal(await reopened.points(reopened.plots.first()), LIVE_POINTS + 2 * MORE_POINTS);
    assert.deepEqual(reopened.errors, []);
  });

  it("are drawn live although they have an HTML form, which stands in where the extension is missing", async () => {
    const { [PLOTLY]: figure, ...forms } = plot.curves([{ name: "loss", y: [2, 1, 3] }])[jupyterDisplay]();
    const output = shown({ [PLOTLY]: figure, ...forms });
    const metadata = { kernelspec: { name: "unroll", display_name: "TypeScript (Unroll)" } };
    const saved = { ...notebookOf(codeCell("x", [output])), metadata };
    writeFileSync(join(folder, "figure.ipynb"), JSON.stringify(saved));
    const here = await NotebookPage.open(browser, address, "figure.ipynb");
    await here.plots.first().locator(".main-svg").first().waitFor();
    assert.equal(await here.page.locator("figure").count(), 0);

    const stock = await browser.newContext();
    await stock.route("**/@unroll/plotly/**", (route) => route.abort());
    const elsewhere = await NotebookPage.open(stock, address, "figure.ipynb");
    await elsewhere.page.getByText("loss: from 2 to 3").waitFor();
    // nobody has trusted the notebook, and the picture is there
    assert.ok((await elsewhere.page.locator("figure img").evaluate(WIDTH_OF_IMAGE)) > 0);
    assert.equal(await elsewhere.plots.count(), 0);
  });

  it("leave no error in the page", () => {
    assert.deepEqual(notebook.errors, []);
  });
});

async function waitForPoints({ page }: NotebookPage, plot: number, points: number): Promise<void> {
  await page.waitForFunction(`document.querySelectorAll(".js-plotly-plot")[${plot}].data[0].x.length === ${points}`);
}

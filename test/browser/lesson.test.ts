import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { JupyterServer } from "../support/jupyter-server.js";
import { needsBrowser, needsJupyter } from "../support/needs.js";
import { launchBrowser, NotebookPage } from "../support/notebook-page.js";
import { projectFolder } from "../support/project.js";
import { moveSlider, plotWithSlider, shownBy } from "./slider.js";

const lessons = [
  "00-meet-a-recurrent-network.ipynb",
  "02-the-recurrent-computation.ipynb",
  "05-vanishing-and-exploding.ipynb",
];

for (const lesson of lessons) describeLesson(lesson);

function describeLesson(lesson: string): void {
  describe(`the lesson ${lesson} in JupyterLab`, function () {
    this.timeout(300_000);
    let server: JupyterServer;
    let browser: Browser;
    let notebook: NotebookPage;

    before(async function () {
      needsJupyter(this);
      const program = needsBrowser(this);
      const parent = join(projectFolder, "test", "dist", "browser");
      mkdirSync(parent, { recursive: true });
      const folder = mkdtempSync(join(parent, "lesson-"));
      copyFileSync(join(projectFolder, "notebooks", lesson), join(folder, lesson));
      server = new JupyterServer(folder, { options: ["--port", "0"], env: { UNROLL_QUICK: "1" } });
      const [address, opened] = await Promise.all([server.address(), launchBrowser(program)]);
      browser = opened;
      notebook = await NotebookPage.open(browser, address, lesson);
    });

    after(async () => {
      await browser?.close();
      await server?.stop();
    });

    it("runs from the first cell to the last without an error", async () => {
      await notebook.clearOutputs();
      await notebook.runAll();
      await notebook.untilAllHaveRun(240_000);
      assert.equal(await notebook.page.locator('[data-mime-type="application/vnd.jupyter.error"]').count(), 0);
    });

    it("shows plots that answer to the mouse", async () => {
      const plot = notebook.plots.first();
      await plot.scrollIntoViewIfNeeded();
      await plot.locator(".main-svg").first().waitFor();
      const box = (await plot.locator(".nsewdrag").first().boundingBox())!;
      await notebook.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await plot.hover();
      await plot.locator(".modebar").waitFor();
    });

    it("has a slider that moves a plot", async () => {
      const plot = plotWithSlider(notebook.page);
      const before = await shownBy(plot);
      await moveSlider(notebook.page, plot, 1);
      assert.notEqual((await shownBy(plot)).shows, before.shows);
    });

    it("leaves no error in the page", () => {
      assert.deepEqual(notebook.errors, []);
    });
  });
}

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { writeBook } from "#kernel/lessons/book.js";
import { lessons } from "#kernel/lessons/lesson.js";
import { needsBrowser } from "../support/needs.js";
import { launchBrowser } from "../support/notebook-page.js";
import { projectFolder } from "../support/project.js";
import { moveSlider, plotWithSlider, shownBy } from "./slider.js";

const all = lessons(join(projectFolder, "notebooks")).filter(({ notebook }) => existsSync(notebook));

describe("the book of the lessons, in a browser without a network", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "unroll-book-"));
  const asked: string[] = [];
  const errors: string[] = [];
  let browser: Browser;
  let page: Page;
  let contents: string;

  before(async function () {
    browser = await launchBrowser(needsBrowser(this));
    contents = pathToFileURL(writeBook(all, folder)).href;
    const context = await browser.newContext({ offline: true, viewport: { width: 1000, height: 900 } });
    page = await context.newPage();
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it("has a page of contents with a link, a picture and a number for each lesson", async () => {
    await page.goto(contents);
    const links = await page
      .locator(".contents a")
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href")));
    assert.deepEqual(
      links,
      all.map(({ name }) => `${name}.html`),
    );
    assert.equal(await page.locator(".contents img").count(), all.length);
    assert.match(await page.locator(".contents li").first().innerText(), /You will be able to[\s\S]+%/);
  });

  it("leads from lesson to lesson and back to the contents", async () => {
    await page.goto(contents);
    await page.locator(".contents a").first().click();
    await page.locator("nav a", { hasText: "›" }).first().click();
    assert.match(page.url(), new RegExp(`${all[1]!.name}\\.html$`));
    await page.locator("nav a", { hasText: "Contents" }).first().click();
    assert.equal(page.url(), contents);
  });

  for (const { name } of all) {
    it(`draws the plots of ${name}, and its first slider moves a plot there and back`, async () => {
      await page.goto(new URL(`${name}.html`, contents).href);
      const plot = plotWithSlider(page);
      await plot.locator(".slider-rail-touch-rect").waitFor();
      const first = await shownBy(plot);
      await moveSlider(page, plot, 1);
      const last = await shownBy(plot);
      assert.notEqual(last.shows, first.shows);
      await moveSlider(page, plot, 0);
      assert.equal((await shownBy(plot)).shows, first.shows);
    });
  }

  it("keeps a solution folded away until it is asked for", async () => {
    await page.goto(new URL(`${all.at(-1)!.name}.html`, contents).href);
    const solution = page.locator("details", { hasText: "Solution of" }).first();
    assert.equal(await solution.locator("pre").isVisible(), false);
    await solution.locator("summary").click();
    assert.equal(await solution.locator("pre").isVisible(), true);
  });

  it("asks for nothing but its own pages, and leaves no error", () => {
    assert.deepEqual(
      asked.filter((url) => !/^(file|data|blob):/.test(url)),
      [],
    );
    assert.deepEqual(errors, []);
  });
});

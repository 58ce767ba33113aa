import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { jupyterDisplay, plot } from "unroll";
import { needsBrowser } from "../../support/needs.js";
import { launchBrowser } from "../../support/notebook-page.js";
import { specimens } from "./specimens.js";

const WIDTH = 760; // pixels, as in the pictures beside a notebook's plots

interface Plotly {
  react(place: object, figure: object): Promise<object>;
  purge(place: object): void;
}

describe("every figure", function () {
  this.timeout(60_000);
  const said: string[] = [];
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await launchBrowser(needsBrowser(this));
    page = await browser.newPage({ viewport: { width: WIDTH, height: 640 } });
    page.on("pageerror", (error) => said.push(error.message));
    // Plotly warns of what it cannot read in a figure
    page.on("console", (message) => {
      if (["error", "trace"].includes(message.type())) said.push(message.text());
    });
    await page.setContent('<body style="margin: 0"><div id="figure"></div></body>');
    await page.addScriptTag({
      content: readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist"), "utf8"),
    });
  });

  after(() => browser?.close());

  async function draw(name: string): Promise<void> {
    const figure = specimens[name]!()[jupyterDisplay]()["application/vnd.plotly.v1+json"] as object;
    await page.evaluate((drawn) => {
      const { Plotly, figure: place } = globalThis as unknown as { Plotly: Plotly; figure: object };
      Plotly.purge(place);
      return Plotly.react(place, drawn).then(() => undefined);
    }, figure);
  }

  it("has a specimen here", () => {
    const kinds = Object.entries(plot).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
    const shown = new Set(Object.keys(specimens).map((name) => name.split(",")[0]));
    const tools = ["cellPlan"];
    assert.deepEqual(
      kinds.filter((kind) => !shown.has(kind) && !tools.includes(kind)),
      [],
    );
  });

  for (const name of Object.keys(specimens)) {
    it(`draws, with all its words in sight: ${name}`, async () => {
      said.length = 0;
      await draw(name);
      assert.ok((await page.locator(".main-svg, canvas").count()) > 0);
      assert.deepEqual(said, []);
      assert.deepEqual(await cutOff(), []);
    });
  }

  /** Texts of which a part lies outside the figure. */
  async function cutOff(): Promise<(string | null)[]> {
    const { height } = (await page.locator("#figure .main-svg").first().boundingBox())!;
    const texts = await page.locator("#figure text").evaluateAll((nodes) =>
      nodes.map((node) => {
        interface Box {
          readonly left: number;
          readonly right: number;
          readonly top: number;
          readonly bottom: number;
          readonly width: number;
        }
        const element = node as unknown as { textContent: string | null; getBoundingClientRect(): Box };
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        return { text: element.textContent, left, right, top, bottom, width };
      }),
    );
    return texts
      .filter(
        ({ left, right, top, bottom, width }) => width > 0 && (left < 0 || right > WIDTH || top < 0 || bottom > height),
      )
      .map(({ text }) => text);
  }

  it("with a right axis keeps the numbers of both axes apart in their corner", async () => {
    await draw("curves");
    const below = (await page.locator(".xtick text").last().boundingBox())!;
    const beside = (await page.locator(".y2tick text").first().boundingBox())!;
    // one below the other, or they touch: the number below reaches to the right of the axis
    assert.ok(below.x + below.width > beside.x);
    assert.ok(below.y > beside.y + beside.height + 3, `${below.y - beside.y - beside.height} pixels between them`);
  });

  it("with a slider shows the figure that it is moved to", async () => {
    said.length = 0;
    await draw("withSlider, drawings");
    const words = () => page.locator(".textpoint").allTextContents();
    assert.ok(
      (await words()).some((word) => word.startsWith("z1")),
      (await words()).join(" "),
    );
    const rail = (await page.locator(".slider-rail-touch-rect").boundingBox())!;
    await page.mouse.click(rail.x + rail.width - 2, rail.y + rail.height / 2);
    await page.waitForFunction(`document.querySelector("#figure").data[1].text.includes("z<br>0")`);
    assert.deepEqual(said, []);
  });

  it("tells the mouse what it points at", async () => {
    await draw("attention");
    const area = (await page.locator(".nsewdrag").first().boundingBox())!;
    await page.mouse.move(area.x + area.width * 0.06, area.y + area.height * 0.08);
    const hover = page.locator(".hoverlayer .hovertext");
    await hover.waitFor();
    assert.equal(await hover.textContent(), "“le” looks at “the”: 0.63");
  });
});

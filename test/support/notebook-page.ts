/** A notebook in JupyterLab, in a real browser, handled as a user handles it. */
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { CHROMIUM_FLAGS } from "#kernel/lessons/chromium.js";

/** What Plotly keeps on the element that it draws in. */
interface Plot {
  data: { x: number[]; y: number[] }[];
  _fullLayout: { xaxis: Axis; yaxis: Axis };
}

interface Axis {
  range: [number, number];
  /** From data to pixels within the plot area, which begins at the offset. */
  d2p(value: number): number;
  _offset: number;
}

export async function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
}

export class NotebookPage {
  /** What went wrong in the page: exceptions, and errors that scripts wrote to the console. */
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  /**
   * Opens a notebook and waits until its kernel is ready.
   *
   * @param address JupyterLab's address, with the token
   * @param name the notebook, as seen from JupyterLab's folder
   */
  static async open(browser: Browser | BrowserContext, address: URL, name: string): Promise<NotebookPage> {
    const page = await browser.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    const notebook = new NotebookPage(page);
    await keepSettingsInThePage(page);
    await page.goto(`${address.origin}/lab/tree/${name}${address.search}&reset`);
    await page.locator(".jp-Notebook .jp-Cell").first().waitFor();
    await page.locator('.jp-Toolbar-kernelName:has-text("TypeScript (Unroll)")').waitFor();
    await notebook.untilIdle();
    return notebook;
  }

  get cells(): Locator {
    return this.page.locator(".jp-Notebook .jp-Cell");
  }

  get plots(): Locator {
    return this.page.locator(".jp-Notebook .js-plotly-plot");
  }

  async untilIdle(timeout = 60_000): Promise<void> {
    await this.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout });
  }

  async runAll(): Promise<void> {
    await this.menu("Run", "Run All Cells");
  }

  async clearOutputs(): Promise<void> {
    await this.menu("Edit", "Clear Outputs of All Cells");
  }

  async runCell(index: number): Promise<void> {
    await this.cells.nth(index).locator(".jp-InputArea-editor").click();
    await this.page.keyboard.press("Control+Enter");
    await this.untilIdle();
  }

  /** Waits until every cell with code has been run. */
  async untilAllHaveRun(timeout: number): Promise<void> {
    await this.page.waitForFunction(
      `[...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].every((prompt) => /\\[\\d+\\]/.test(prompt.textContent))`,
      undefined,
      { timeout },
    );
    await this.untilIdle(timeout);
  }

  /** Restarts the kernel, and waits until it is ready. */
  async restart(): Promise<void> {
    await this.menu("Kernel", "Restart Kernel…");
    await this.page.locator(".jp-Dialog .jp-mod-accept").click();
    await this.page.locator(".jp-Dialog").waitFor({ state: "detached" });
    await this.untilIdle();
  }

  async save(): Promise<void> {
    const saved = this.page.waitForResponse(
      (response) => response.request().method() === "PUT" && response.url().includes("/api/contents/"),
    );
    await this.menu("File", "Save Notebook");
    await saved;
  }

  async useTheme(name: string): Promise<void> {
    await this.menu("Settings", "Theme", name);
    await this.page.locator(`body[data-jp-theme-name="${name}"]`).waitFor({ state: "attached" });
  }

  /** How many points the first trace of a plot has. */
  async points(plot: Locator): Promise<number> {
    return plot.evaluate((node) => (node as unknown as Plot).data[0]!.x.length);
  }

  async xRange(plot: Locator): Promise<[number, number]> {
    return plot.evaluate((node) => (node as unknown as Plot)._fullLayout.xaxis.range);
  }

  /** Where on the page a point of a plot's first trace lies, in pixels. */
  async pixelOf(plot: Locator, point: number): Promise<{ x: number; y: number }> {
    const place = await plot.evaluate((node, index) => {
      const { data, _fullLayout: layout } = node as unknown as Plot;
      const { x, y } = data[0]!;
      const { xaxis, yaxis } = layout;
      return { x: xaxis._offset + xaxis.d2p(x[index]!), y: yaxis._offset + yaxis.d2p(y[index]!) };
    }, point);
    const { x, y } = (await plot.boundingBox())!;
    return { x: x + place.x, y: y + place.y };
  }

  /** A style of an element as the browser has computed it. */
  async style(element: Locator, name: "fill" | "backgroundColor"): Promise<string> {
    return element.evaluate((node, property) => {
      const window = globalThis as unknown as { getComputedStyle(node: unknown): Record<string, string> };
      return window.getComputedStyle(node)[property]!;
    }, name);
  }

  async menu(...path: string[]): Promise<void> {
    const [bar, ...items] = path;
    await this.page.locator(`.lm-MenuBar-item:has-text("${bar}")`).first().click();
    for (const item of items) await this.page.locator(`.lm-Menu-item:has-text("${item}")`).first().click();
  }
}

/** What a test changes in JupyterLab's settings, or leaves open, is not written to the environment that all share. */
async function keepSettingsInThePage(page: Page): Promise<void> {
  const changed = new Map<string, string>();
  await page.route(/\/lab\/api\/(settings|workspaces)\//, async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (request.method() === "PUT") {
      changed.set(pathname, request.postDataJSON().raw);
      return route.fulfill({ status: 204 });
    }
    const raw = changed.get(pathname);
    if (raw === undefined) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, json: { ...(await response.json()), raw } });
  });
}

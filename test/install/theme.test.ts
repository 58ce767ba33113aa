import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../support/project.js";

interface Layout {
  paper_bgcolor?: string;
  template?: { layout: { font?: object; margin?: object; paper_bgcolor?: string; colorway?: string[] } };
}

const file = join(projectFolder, "kernel", "install", "labextension", "static", "theme.js");
const { withTheme } = (await import(pathToFileURL(file).href)) as { withTheme(layout: Layout): Layout };

describe("the theme of a plot", () => {
  const page = globalThis as unknown as Record<string, unknown>;

  /** A page whose theme has one colour. */
  before(() => {
    page.document = { body: {} };
    page.getComputedStyle = () => ({
      getPropertyValue: (name: string) => (name === "--jp-ui-font-color1" ? " teal" : ""),
    });
  });

  after(() => {
    delete page.document;
    delete page.getComputedStyle;
  });

  const textColour = (layout: Layout) => (layout.template?.layout.font as { color: string } | undefined)?.color;

  it("gives its colours to a figure without a background, or with a clear one", () => {
    assert.equal(textColour(withTheme({})), "teal");
    assert.equal(textColour(withTheme({ paper_bgcolor: "rgba(0,0,0,0)" })), "teal");
    assert.equal(textColour(withTheme({ paper_bgcolor: "transparent" })), "teal");
  });

  it("leaves a figure alone that brings its own background", () => {
    const white = { paper_bgcolor: "white" };
    assert.equal(withTheme(white), white);
    const template = { template: { layout: { paper_bgcolor: "rgba(10, 10, 10, 0.5)" } } };
    assert.equal(withTheme(template), template);
  });

  it("keeps the rest of a figure's template, and takes the place of its colours", () => {
    const own = { font: { color: "black", size: 20 }, margin: { t: 5 }, colorway: ["red"] };
    const { font, margin, colorway } = withTheme({ template: { layout: own } }).template!.layout;
    assert.deepEqual(font, { color: "teal", size: 20, family: undefined });
    assert.deepEqual(margin, { l: 60, r: 30, t: 5, b: 50 });
    assert.deepEqual(colorway, ["red"]);
  });
});

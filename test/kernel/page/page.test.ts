import assert from "node:assert/strict";
import type { Output } from "#kernel/client/notebook.js";
import { highlighted } from "#kernel/page/highlight.js";
import { outputHtml } from "#kernel/page/output.js";
import { notebookPage } from "#kernel/page/page.js";
import { codeCell, notebookOf, PLOTLY, shown, textCell } from "../../support/notebooks.js";

const EVIL = `<script>alert("x")</script>`;
const ESCAPED = "&lt;script&gt;alert(";

describe("an output on a page", () => {
  const figures: unknown[] = [];
  const html = (output: Output) => outputHtml(output, { folder: ".", figures });

  it("is shown in its richest form, in JupyterLab's order", () => {
    assert.equal(
      html(shown({ "text/plain": "p", "text/html": "<b>h</b>", "image/png": "AA==" })),
      '<div class="shown"><b>h</b></div>',
    );
    assert.match(html(shown({ "text/plain": "p", "text/markdown": "*m*" })), /<em>m<\/em>/);
    assert.match(html(shown({ "text/latex": "$$x$$" })), /<math display="block"/);
    assert.match(html(shown({ "application/json": { a: "<" }, "text/plain": "p" })), /&quot;a&quot;: &quot;&lt;&quot;/);
    assert.equal(html(shown({ "application/x-unknown": 1 })), "");
  });

  it("is a picture with the words for it, in the size that it asks for", () => {
    const picture = shown({ "image/png": "AA\n==", "text/plain": 'a "cat"' }, { "image/png": { width: 40 } });
    assert.match(html(picture), /<img src="data:image\/png;base64,AA==" alt="a &quot;cat&quot;" width="40">/);
    const drawing = Buffer.from("<svg></svg>").toString("base64"); // no "+" in it
    assert.match(
      html(shown({ "image/svg+xml": "<svg></svg>" })),
      new RegExp(`<img src="data:image/svg\\+xml;base64,${drawing}"`),
    );
  });

  it("shows texts as they are, with the terminal's colours", () => {
    const stream: Output = { output_type: "stream", name: "stdout", text: `${EVIL}\u001b[31mred\u001b[39m` };
    assert.match(html(stream), /^<pre class="stdout">/);
    assert.ok(html(stream).includes(ESCAPED));
    assert.match(html(stream), /<span class="ansi-red-fg">red<\/span>/);
    const error: Output = {
      output_type: "error",
      ename: "E",
      evalue: "v",
      traceback: ["\u001b[31mE\u001b[39m: v", EVIL],
    };
    assert.match(html(error), /^<pre class="error"><span class="ansi-red-fg">E<\/span>: v\n&lt;script/);
    assert.ok(html(shown({ "text/plain": EVIL })).includes(ESCAPED));
  });

  it("leaves room for a figure, in which its picture or its words stand where scripts are off", () => {
    const figure = { data: [], layout: { height: 250 } };
    const place = html(shown({ [PLOTLY]: figure, "image/webp": "AA==", "text/plain": "a <line>" }));
    assert.match(place, /data-figure="0" style="min-height:250px"><noscript><img src="data:image\/webp;base64,AA=="/);
    assert.match(
      html(shown({ [PLOTLY]: { data: [] }, "text/plain": "a <line>" })),
      /<noscript><pre class="result">a &lt;line&gt;/,
    );
    assert.match(html(shown({ [PLOTLY]: figure, "text/html": "<b>h</b>", "text/plain": "p" })), /<noscript><b>h<\/b>/);
    assert.deepEqual(figures[0], { [PLOTLY]: figure, "text/plain": "a <line>" });
  });
});

describe("code on a page", () => {
  it("is coloured by the compiler's own reader, and no letter is lost", () => {
    const code = "const a: string = `x $" + "{1} y`; // <b>\nreturn /r\\/e/g;\n  /* open";
    const html = highlighted(code);
    for (const part of [
      '<span class="keyword">const</span>',
      '<span class="literal">1</span>',
      '<span class="comment">// &lt;b&gt;</span>',
      '<span class="string">/r\\/e/g</span>',
    ])
      assert.ok(html.includes(part), `${part} is missing in ${html}`);
    const text = html
      .replaceAll(/<[^>]+>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
    assert.equal(text, code);
  });
});

describe("the page of a notebook", () => {
  const page = (...cells: Parameters<typeof notebookOf>) =>
    notebookPage(notebookOf(...cells), { name: EVIL, folder: "." });

  it("is called by the notebook's first heading, or else by its name, which is escaped", () => {
    assert.match(page(textCell("text\n\n# The <i>title")), /<title>The &lt;i&gt;title<\/title>/);
    assert.ok(page().includes(`<title>${ESCAPED}`));
  });

  it("has texts, code with its number and outputs in the notebook's order", () => {
    const html = page(
      textCell("first"),
      codeCell("let x = 1;", [shown({ "text/plain": "second" })]),
      textCell("third"),
    );
    const places = ["<p>first</p>", "[1]", "let</span> x", "second", "<p>third</p>"].map((part) => html.indexOf(part));
    assert.ok(!places.includes(-1), `missing: ${places}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it("holds plotly.js once where there are figures, and no script where there is none", () => {
    const figure = shown({ [PLOTLY]: { data: [] } });
    assert.equal(page(codeCell("", [figure, figure])).match(/id="plotly"/g)?.length, 1);
    assert.doesNotMatch(page(textCell("text")), /<script/);
  });

  it("forbids the network", () => {
    assert.match(
      page(),
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none';[^"]*base-uri 'none'">/,
    );
    assert.doesNotMatch(page(), /connect-src|https?:(?!\/\/www\.w3\.org)/);
  });
});

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdownHtml } from "#kernel/page/markdown.js";
import { folderForTheseTests } from "../support.js";

describe("a text cell on a page", () => {
  const folder = folderForTheseTests();
  const html = (source: string) => markdownHtml(source, { folder });

  it("has its formulas as MathML, in the line and in lines of their own", () => {
    assert.match(html("the state $h_t$ at"), /<p>the state <math><msub><mi>h<\/mi><mi>t<\/mi><\/msub><\/math> at<\/p>/);
    assert.match(html("a\n$$\nx\n= y\n- z\n$$\nb"), /<p>a<\/p>\s*<div class="formula"><math display="block"/);
    assert.match(html("so $$x$$ is"), /<p>so <div class="formula"><math display="block"/);
    assert.match(html("\\begin{align}a &= b\\end{align}"), /^<div class="formula"><math display="block"/);
  });

  it("leaves dollars that are no formula, and what Markdown would do to one", () => {
    for (const text of ["costs $5 and $6", "a \\$b\\$ c", "`$x$`", "$ x $", "is $ x$"])
      assert.doesNotMatch(html(text), /<math/);
    assert.doesNotMatch(html("$a_1 + b_1$ and $a*b*c$"), /<em>/);
  });

  it("shows a formula that cannot be read as it is, with the reason, and the page goes on", () => {
    const shown = html("$\\frac{<b>$ behind");
    assert.match(shown, /\\frac\{&lt;b&gt;[\s\S]*ParseError[\s\S]*behind/);
  });

  it("has coloured TypeScript, and any other code as it is", () => {
    assert.match(
      html("```ts\nconst a = 1;\n```"),
      /<span class="keyword">const<\/span> a = <span class="literal">1<\/span>/,
    );
    assert.match(html("```\nconst <a>\n```"), /<code>const &lt;a&gt;<\/code>/);
  });

  it("has headings with the ids that they have in JupyterLab", () => {
    assert.match(html("## What to *take* along"), /<h2 id="What-to-\*take\*-along">What to <em>take<\/em> along<\/h2>/);
  });

  it("holds the pictures of its folder and of the cell itself", () => {
    writeFileSync(join(folder, "a b.png"), "picture");
    const data = Buffer.from("picture").toString("base64");
    assert.match(html("![cat](a%20b.png)"), new RegExp(`<img src="data:image/png;base64,${data}" alt="cat">`));
    const attached = markdownHtml("![](attachment:x.png)", {
      folder,
      attachments: { "x.png": { "image/png": `${data}\n` } },
    });
    assert.match(attached, new RegExp(`<img src="data:image/png;base64,${data}"`));
    assert.match(html("![gone](none.png)"), /<img src="none.png" alt="gone">/);
  });
});

import assert from "node:assert/strict";
import { notebookPage } from "#kernel/page/page.js";
import { codeCell, notebookOf, PLOTLY, shown } from "../../support/notebooks.js";

const PIXEL = "data:image/png;base64,iVBORw0KGgo=";
const page = (box: object) =>
  notebookPage(notebookOf(codeCell("x", [shown({ "application/vnd.unroll.try+json": box, "text/html": "no" })])), {
    name: "page",
    folder: "/",
  });

describe("a box on a page", () => {
  it("has a button and an answer for each example, and says that there is no kernel", () => {
    const examples = [
      { name: "<b>good</b>", answer: { shown: [{ "text/plain": "90 %" }, { "text/html": "<i>sure</i>" }] } },
      { name: "bad", answer: { error: "no such <word>" } },
    ];
    const html = page({ box: "b", kind: "text", title: "A <film>", label: "A sentence", examples });
    assert.match(html, /A &lt;film&gt;/);
    assert.match(html, /<button[^>]*>&lt;b&gt;good&lt;\/b&gt;<\/button>/);
    assert.match(html, /90 %[\s\S]*<i>sure<\/i>/);
    assert.match(html, /no such &lt;word&gt;/);
    assert.match(html, /A page has no kernel/);
    assert.doesNotMatch(html, /<b>good|>no</);
  });

  it("draws figures as all of the page are drawn", () => {
    const answer = { shown: [{ [PLOTLY]: { data: [], layout: {} }, "text/plain": "a line" }] };
    const html = page({ box: "b", kind: "drawing", title: "t", examples: [{ name: "1", picture: PIXEL, answer }] });
    assert.match(html, /data-figure="0"/);
    assert.match(html, /id="figures"/);
    assert.ok(html.includes(`<img src="${PIXEL}" alt="1">`));
  });

  it("shows a talk as one", () => {
    const answer = { shown: [{ "text/plain": "Hi & bye" }, { "text/plain": "more" }] };
    const html = page({ box: "b", kind: "chat", title: "t", examples: [{ name: "Hello", answer }] });
    assert.match(html, /unroll-box-you[\s\S]+Hello[\s\S]+unroll-box-reply[\s\S]+Hi &amp; bye[\s\S]+more/);
  });

  it("brings its style and script only where there is one", () => {
    assert.doesNotMatch(notebookPage(notebookOf(codeCell("x")), { name: "page", folder: "/" }), /unroll-box/);
  });
});

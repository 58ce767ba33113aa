/** A box where nobody can ask it: its examples with their answers as HTML, and in words. */
import { escapeHtml, type MimeBundle } from "../display/mime.js";
import type { BoxAnswer } from "./box-answer.js";
import type { BoxContent } from "./box-content.js";

const SIDE = 84; // pixels: a picture of 28×28, three times as large

/** For GitHub, and front ends without the box: it drops styles and scripts, and keeps pictures and tables. */
export function boxHtml({ title, label, examples }: BoxContent): string {
  const parts = examples.map(({ name, picture, answer }) => {
    const asked = picture
      ? `<img src="${escapeHtml(picture)}" alt="${escapeHtml(name)}" width="${SIDE}">`
      : `<i>${escapeHtml(name)}</i>`;
    return `<p>${label ? `${escapeHtml(label)}: ` : ""}${asked}</p>\n<blockquote>${answerHtml(answer)}</blockquote>`;
  });
  return `<section>\n<p><b>${escapeHtml(title)}</b></p>\n${parts.join("\n")}\n</section>`;
}

function answerHtml(answer: BoxAnswer): string {
  return "error" in answer ? `<p>${escapeHtml(answer.error)}</p>` : answer.shown.map(formHtml).join("\n");
}

function formHtml(bundle: MimeBundle): string {
  const { "text/html": html, "image/png": png, "text/plain": words = "" } = bundle;
  if (typeof html === "string") return html;
  const text = escapeHtml(String(words));
  if (typeof png === "string") return `<img src="data:image/png;base64,${png}" alt="${text}">`;
  return `<p>${text.replaceAll("\n", "<br>")}</p>`;
}

/** The first example and its answer: that is what a terminal has room for. */
export function boxWords({ title, examples: [first] }: BoxContent): string {
  if (!first) return title;
  const { name, answer } = first;
  const said = "error" in answer ? answer.error : answer.shown.map((bundle) => bundle["text/plain"] ?? "").join("\n");
  return `${title}\n› ${name}\n${said.replaceAll(/^/gm, "  ")}`;
}

/** A box in which one tries a model, on a page: its examples as buttons that switch between the stored answers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BoxContent } from "unroll/course/box-content.js";
import { escapeHtml } from "unroll/display/mime.js";
import { projectFolder } from "../install/project-folder.js";

export const BOX = "application/vnd.unroll.try+json";

type Example = BoxContent["examples"][number];

/**
 * Without scripts all answers stand below one another.
 *
 * @param shownHtml the HTML of one bundle
 */
export function boxHtml(
  { kind, title, label, examples }: BoxContent,
  shownHtml: (bundle: Record<string, unknown>) => string,
): string {
  const buttons = examples.map(({ name, picture }, i) =>
    picture
      ? `<button type="button" class="unroll-box-picture" data-example="${i}">${pictureHtml(picture, name)}` +
        `${kind === "picture" ? `<span>${escapeHtml(name)}</span>` : ""}</button>`
      : `<button type="button" class="unroll-box-example" data-example="${i}">${escapeHtml(name)}</button>`,
  );
  const answers = examples.map((example) => {
    const { answer } = example;
    if ("error" in answer)
      return `${askedHtml(kind, example)}<p class="unroll-box-error">${escapeHtml(answer.error)}</p>`;
    const [reply, ...rest] = answer.shown;
    if (kind !== "chat") return askedHtml(kind, example) + answer.shown.map(shownHtml).join("\n");
    return talkHtml(example.name, String(reply?.["text/plain"] ?? "")) + rest.map(shownHtml).join("\n");
  });
  return `<section class="unroll-box">
<div class="unroll-box-title">${escapeHtml(title)}</div>
${label === undefined ? "" : `<div class="unroll-box-label">${escapeHtml(label)}</div>`}
<div class="unroll-box-examples" role="group" aria-label="Examples" hidden>${buttons.join("\n")}</div>
<p class="unroll-box-note">A page has no kernel: open the notebook in JupyterLab to try your own.</p>
${answers.map((html) => `<div class="unroll-box-answer">${html}</div>`).join("\n")}
</section>`;
}

/** What was asked stands above its answer, where it is not said by a button. */
function askedHtml(kind: string, { name, picture }: Example): string {
  if (picture && kind === "drawing") return `<p class="unroll-box-large">${pictureHtml(picture, name)}</p>`;
  return `<p class="unroll-box-asked">${picture ? pictureHtml(picture, name) : escapeHtml(name)}</p>`;
}

function talkHtml(you: string, reply: string): string {
  const said = (who: string, name: string, text: string) =>
    `<li class="unroll-box-${who}"><span class="unroll-box-who">${name}</span>` +
    `<span class="unroll-box-said">${escapeHtml(text)}</span></li>`;
  return `<ol class="unroll-box-talk">${said("you", "You", you)}${said("reply", "Model", reply)}</ol>`;
}

function pictureHtml(address: string, name: string): string {
  return `<img src="${escapeHtml(address)}" alt="${escapeHtml(name)}">`;
}

/** The style sheet of JupyterLab's boxes. */
export function boxStyle(): string {
  return readFileSync(join(projectFolder, "kernel", "install", "labextension", "static", "box.css"), "utf8");
}

/** The script that switches between answers. */
export function boxScript(): string {
  return `<script>\n${readFileSync(join(projectFolder, "kernel", "page", "static", "boxes.js"), "utf8")}</script>\n`;
}

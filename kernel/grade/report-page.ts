import { escapeHtml } from "unroll/display/mime.js";
import { changes } from "./reports.js";
import type { PartOutcome, Result } from "./result.js";

const SIGNS: Readonly<Record<PartOutcome, string>> = {
  right: "✓",
  wrong: "✗",
  error: "✗",
  time: "⏱",
  memory: "✗",
  output: "✗",
  answer: "✗",
  exit: "✗",
  aborted: "·",
};

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}
td.n{text-align:right;white-space:nowrap}.right{color:#00725a}.wrong{color:#b34400}tr.exercise td{font-weight:600;background:#f3f3f3}
code{overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}tr.exercise td{background:#262626}
.right{color:#4cc9a8}.wrong{color:#ff9d5c}}`;

/** What a student gets: which parts passed and what was said of the others. All that a student has written is escaped. */
export function reportPage(result: Result, title: string): string {
  const { student, score, points, exercises, refused, failures, cells, limits } = result;
  const rows = exercises.flatMap((exercise) => [
    `<tr class="exercise"><td colspan="2">${escapeHtml(exercise.title)}</td><td></td><td class="n">${exercise.score} / ${exercise.points}</td></tr>`,
    ...exercise.parts.map((part) => {
      const kind = part.outcome === "right" ? "right" : "wrong";
      return (
        `<tr><td class="${kind}">${SIGNS[part.outcome]}</td><td>${escapeHtml(part.title)}</td>` +
        `<td>${escapeHtml(part.message)}</td><td class="n">${part.score} / ${part.points}</td></tr>`
      );
    }),
  ]);
  const notes = [
    ...(refused === undefined ? [] : [refused]),
    ...changes(cells).map((change) => `Cells ${change}.`),
    ...failures.map((failure) => `Cell ${failure.cell} did not run to its end: ${failure.message}`),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(`${title}: ${student}`)}</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p><b>${escapeHtml(student)}</b>: ${score} of ${points} points</p>
<table><thead><tr><th></th><th>part</th><th>message</th><th>points</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table>
${notes.length > 0 ? `<h2>Notes</h2><ul>\n${notes.map((note) => `<li><code>${escapeHtml(note)}</code></li>`).join("\n")}\n</ul>` : ""}
<p><small>Graded in a process of its own, kept in by ${escapeHtml(limits.kind)}.</small></p>
</body></html>
`;
}

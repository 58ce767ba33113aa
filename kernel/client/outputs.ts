/** Collects what cells send into their outputs, as Jupyter does. */
import type { Message } from "../wire/messages.js";
import type { CodeCell, Output } from "./notebook.js";

type Bundle = Extract<Output, { data: unknown }>;

export class Outputs {
  /** An update changes every output with its id, in whatever cell. */
  readonly #byDisplayId = new Map<string, Bundle[]>();
  /** Cells whose output is removed when the next one comes. */
  readonly #toBeCleared = new Set<CodeCell>();

  add(cell: CodeCell, { header, content }: Message): void {
    switch (header.msg_type) {
      case "execute_input":
        cell.execution_count = content.execution_count as number;
        break;
      case "clear_output":
        if (content.wait) this.#toBeCleared.add(cell);
        else cell.outputs = [];
        break;
      case "update_display_data":
        for (const output of this.#byDisplayId.get(displayId(content) ?? "") ?? []) {
          output.data = content.data as Bundle["data"];
          output.metadata = content.metadata as Bundle["metadata"];
        }
        break;
      case "stream":
        this.#clearIfAsked(cell);
        addText(cell, content.name as "stdout" | "stderr", String(content.text));
        break;
      case "display_data":
      case "execute_result": {
        this.#clearIfAsked(cell);
        const { data, metadata, execution_count } = content as Extract<Output, { output_type: "execute_result" }>;
        const output: Bundle =
          header.msg_type === "display_data"
            ? { output_type: "display_data", data, metadata }
            : { output_type: "execute_result", data, metadata, execution_count };
        cell.outputs.push(output);
        this.#remember(displayId(content), output);
        break;
      }
      case "error": {
        this.#clearIfAsked(cell);
        const { ename, evalue, traceback } = content as Extract<Output, { output_type: "error" }>;
        cell.outputs.push({ output_type: "error", ename, evalue, traceback });
      }
    }
  }

  #remember(id: string | undefined, output: Bundle): void {
    if (id === undefined) return;
    this.#byDisplayId.set(id, [...(this.#byDisplayId.get(id) ?? []), output]);
  }

  #clearIfAsked(cell: CodeCell): void {
    if (this.#toBeCleared.delete(cell)) cell.outputs = [];
  }
}

function displayId(content: Message["content"]): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function addText(cell: CodeCell, name: "stdout" | "stderr", text: string): void {
  const last = cell.outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) last.text = overwritten(last.text, text);
  else cell.outputs.push({ output_type: "stream", name, text: overwritten("", text) });
}

/** `before` with `text` behind it, where a carriage return goes back to the start of the line, as on a terminal. */
function overwritten(before: string, text: string): string {
  const lineStart = before.lastIndexOf("\n") + 1;
  const lines = (before.slice(lineStart) + text).replaceAll("\r\n", "\n").split("\n");
  const shown = lines.map((line, index) => (line.includes("\r") ? folded(line, index === lines.length - 1) : line));
  return before.slice(0, lineStart) + shown.join("\n");
}

/** @param isOpen more may follow: a carriage return at the end is kept, for it takes effect with what comes behind it */
function folded(line: string, isOpen: boolean): string {
  const end = isOpen && line.endsWith("\r") ? "\r" : "";
  return line.split("\r").reduce((shown, part) => part + shown.slice(part.length)) + end;
}

import type { BoxContent } from "unroll/course/box-content.js";
import type { Notebook } from "../client/notebook.js";
import { BOX } from "../page/box.js";
import { codeCells } from "./plots.js";

/** A box in which one tries a model, as a notebook has it. */
export interface ShownBox extends BoxContent {
  /** What it takes in the notebook's file, in all its forms. */
  readonly bytes: number;
}

export function boxesOf(notebook: Notebook): ShownBox[] {
  return codeCells(notebook)
    .flatMap(({ outputs }) => outputs)
    .flatMap((output) => ("data" in output && output.data[BOX] ? [output.data] : []))
    .map((data) => ({ ...(data[BOX] as BoxContent), bytes: JSON.stringify(data).length }));
}

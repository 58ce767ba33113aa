import type { BoxAnswer } from "./box-answer.js";

export type BoxKind = "text" | "drawing" | "picture" | "chat";

/** What a notebook's file keeps of a box. */
export interface BoxContent {
  /** The name under which the kernel listens. */
  readonly box: string;
  readonly kind: BoxKind;
  readonly title: string;
  readonly label?: string;
  readonly examples: readonly { readonly name: string; readonly picture?: string; readonly answer: BoxAnswer }[];
}

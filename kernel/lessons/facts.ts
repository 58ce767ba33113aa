import type { Notebook } from "../client/notebook.js";

/** What stands on top of a lesson. */
export interface LessonFacts {
  /** "2 · The recurrent computation" */
  readonly title?: string;
  /** What the reader will be able to do, a sentence that goes on. */
  readonly goals?: string;
  /** "1 minute to run on two cores, 30 to understand" */
  readonly time?: string;
  readonly needs?: string;
}

/** Reads the lesson's first cell. */
export function lessonFacts(notebook: Notebook): LessonFacts {
  const text = notebook.cells[0]?.source ?? "";
  const found = {
    title: /^# (\d+ · .+)$/m.exec(text)?.[1],
    goals: /\*\*You will be able to\*\* (.+?)$/m.exec(text)?.[1],
    time: /\*\*Time:\*\* (.+?)\.? *(?=\*\*|$)/m.exec(text)?.[1],
    needs: /\*\*Needs:\*\* (.+?)\.? *(?=\*\*|$)/m.exec(text)?.[1],
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

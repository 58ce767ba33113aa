/** What is written from a practical's source beside its notebooks: its hidden tests as a module, and mocha specs. */
import { readFileSync } from "node:fs";
import { practicals } from "unroll/course/find-task.js";
import { sourceHash } from "./lesson.js";
import { marked } from "./markers.js";
import { type Practical, practicalCells } from "./practical.js";

const IMPORT = /^import \{([^}]*)\} from "unroll";\n?/gm;

/**
 * The module with the hidden tests of a practical, TypeScript. It imports all that the practical does: what writes it leaves
 * out what is not used.
 */
export function hiddenModule(practical: Practical): string {
  const cells = practicalCells(practical);
  const blocks = cells.flatMap(({ role, source }) =>
    role?.is === "tests" ? [marked(source, "HIDDEN TESTS") ?? ""] : [],
  );
  const body = blocks.map((block) => block.replaceAll(IMPORT, "").trim()).join("\n\n");
  const names = cells.flatMap(({ source }) => [...source.matchAll(IMPORT)].flatMap(([, list]) => namesIn(list!)));
  const imported = new Set([
    ...names.filter((name) => !["pointsFor", "type TaskTest"].includes(name)),
    "type TaskTest",
  ]);
  return `${header(practical)}
import { ${[...imported].join(", ")} } from "unroll";

const tests: Record<string, readonly TaskTest[]> = {};

function pointsFor(name: string, hidden: readonly TaskTest[]): void {
  tests[name] = hidden;
}

${body.replaceAll("await pointsFor(", "pointsFor(")}

/** The hidden tests of each exercise. */
export const hiddenTests: Readonly<Record<string, readonly TaskTest[]>> = tests;
`;
}

/** A mocha spec that runs the public or the hidden tests on a submission, TypeScript. */
export function mochaSpec(
  practical: Practical,
  kind: "public" | "hidden",
  hidden: Readonly<Record<string, readonly { title: string; points: number }[]>>,
): string {
  const groups = practicals()[practical.name]!.map((task) => {
    const tests = kind === "public" ? task.tests : (hidden[task.name] ?? []);
    const lines = tests.map(({ title, points }) => {
      const words = JSON.stringify(`${title} (${points} ${points === 1 ? "point" : "points"})`);
      return `    it(${words}, () => passes("${task.name}", "${kind}", ${JSON.stringify(title)}));`;
    });
    const seconds = `    this.timeout(${1000 * task.seconds});`;
    return `  describe("${task.name}", function () {\n${seconds}\n${lines.join("\n")}\n  });`;
  });
  return `${header(practical)}
import { passes } from "./submission.js";

describe("${practical.name}, ${kind} tests", () => {
${groups.join("\n\n")}
});
`;
}

const header = ({ name, source }: Practical) =>
  `// Written by \`unroll practical\` from notebooks/${name}/source/${name}.ts: change it there.
// ${sourceHash(readFileSync(source, "utf8"))}`;

const namesIn = (list: string) =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** What every lesson of the course has, so that those who write one are told what is missing. */
import type { Notebook, Output } from "../client/notebook.js";
import { boxesOf } from "./boxes.js";
import { exercisesOf } from "./exercises.js";
import { lessonFacts } from "./facts.js";
import { FIRST_APPLICATION, headlineOf, results } from "./headline.js";
import { codeCells, coverOf, figureOf, plotsOf } from "./plots.js";

const MOST_LINES = 15;
const MOST_BYTES = 1.5e6;
const MOST_BYTES_OF_BOX = 150e3;
/** A longer text is no answer, but a value that nobody wanted to see. */
const MOST_SHOWN = 1500; // characters
const LEAST = { predictions: 2, exercises: 3 };

type Rule = (notebook: Notebook, name: string) => (string | false)[];

/** The rules that a lesson can be held to before it has run. */
const sourceRules: readonly Rule[] = [
  (notebook) => {
    const { title, goals, time, needs } = lessonFacts(notebook);
    return [
      !title && 'the first cell has no title like "# 2 · The recurrent computation"',
      !goals && 'the first cell has no "**You will be able to** …"',
      !time && 'the first cell has no "**Time:** …"',
      !needs && 'the first cell has no "**Needs:** …"',
    ];
  },
  (notebook) => codeCells(notebook).map(({ source }) => lengthOf(source) > MOST_LINES && tooLong(source)),
  (notebook) => {
    const modules = codeCells(notebook).flatMap(({ source }) => [...source.matchAll(/\bfrom "([^"]+)"/g)]);
    return modules.map(([, module]) => module !== "unroll" && `it imports "${module}": a lesson uses "unroll" alone`);
  },
  (notebook) => {
    const code = codeOf(notebook);
    const predictions = code.match(/(?<!\.)\bpredict\(/g)?.length ?? 0;
    const answers = code.match(/\.reveal\(/g)?.length ?? 0;
    const exercises = new Set(exercisesOf(notebook).map(({ name }) => name));
    return [
      !/\b(liveTraining|live)\(/.test(code) && "no plot changes while something runs: use liveTraining() or live()",
      !/\bwithSlider\(/.test(code) && "no plot has a slider: use plot.withSlider()",
      predictions < LEAST.predictions && `there are ${predictions} predict(…), expected ${LEAST.predictions} or more`,
      answers < predictions && `${predictions} predict(…) and ${answers} reveal(…): each guess wants its truth`,
      exercises.size < LEAST.exercises && `there are ${exercises.size} exercises, expected ${LEAST.exercises} or more`,
    ];
  },
  (notebook) =>
    exercisesOf(notebook).map(
      ({ name, solved }) =>
        !solved && `exercise ${name} has no <details><summary>Solution of ${name}</summary> with its code`,
    ),
  (notebook, lesson) =>
    exercisesOf(notebook).map(
      ({ name }) =>
        name.split(".")[0] !== String(Number(lesson.slice(0, 2))) &&
        `exercise ${name} has the number of another lesson`,
    ),
  (notebook) => {
    const text = notebook.cells
      .flatMap(({ cell_type, source }) => (cell_type === "markdown" ? [source] : []))
      .join("\n");
    return [
      !/\*\*Think:\*\*[\s\S]*?<details><summary>Answer<\/summary>/.test(text) &&
        'there is no "**Think:** …" with <details><summary>Answer</summary>',
      !/\*\*Misconception:\*\*/.test(text) && 'no misconception is named: "**Misconception:** …"',
      !/\*\*Known good:\*\*/.test(text) && 'there are no settings that are "**Known good:**"',
      !/\*\*Read:\*\*.*\(\d{4}\)/.test(text) && 'there is no "**Read:** …" with years',
    ];
  },
  (notebook) => [
    !codeCells(notebook).some(({ metadata }) => "tags" in metadata) && "no cell begins with // %% [cover]",
    !/\bresult\(/.test(codeOf(notebook)) && "there is no headline number: use result({ … })",
  ],
  (notebook, lesson) => [
    Number(lesson.slice(0, 2)) >= FIRST_APPLICATION &&
      !/\btry(Text|Drawing|Picture|Chat)\(/.test(codeOf(notebook)) &&
      "nobody can try the model: end with tryText({ … }), tryDrawing, tryPicture or tryChat",
  ],
];

/** What can be seen only when it has run. */
const outputRules: readonly Rule[] = [
  (notebook) => [
    codeCells(notebook).some((cell) => cell.execution_count === null) && "not all of its cells have run",
    ...codeCells(notebook)
      .flatMap(({ outputs }) => outputs)
      .map((output) => output.output_type === "error" && `it shows an error: ${output.ename}: ${output.evalue}`),
  ],
  (notebook) =>
    codeCells(notebook)
      .filter(({ outputs }) => outputs.some((output) => lengthShown(output) > MOST_SHOWN))
      .map(({ source }) => `a cell prints its last value at length, give it a name: ${source.slice(0, 60)}…`),
  (notebook) => [
    ...plotsOf(notebook).flatMap((bundle, i) => [
      !String(bundle["image/png"]).startsWith("iVBOR") && `plot ${i + 1} has no picture`,
      "text/html" in bundle && `plot ${i + 1} has HTML, which GitHub would show in the place of its picture`,
      !bundle["text/plain"] && `plot ${i + 1} has no words that say what is seen`,
    ]),
    !plotsOf(notebook).some((bundle) => figureOf(bundle).layout?.sliders?.length) && "no plot has a slider",
    !coverOf(notebook) && "the cell marked [cover] shows no plot",
  ],
  (notebook, name) => {
    const found = results(notebook).filter(({ stored }) => !stored);
    const isApplication = Number(name.slice(0, 2)) >= FIRST_APPLICATION;
    const marked = found.filter(({ headline }) => headline);
    return [
      found.length === 0 && "it has no headline number",
      !isApplication && found.length > 1 && `it has ${found.length} headline numbers, expected one`,
      marked.length > 1 && `${marked.length} of its results are marked as its headline, expected one at most`,
      isApplication && !headlineOf(notebook)?.baseline && "its headline number has no baseline beside it",
      ...found.flatMap(({ lesson, value, expected: [low, high] }) => [
        lesson !== name && `its result is of the lesson "${lesson}"`,
        !(value >= low && value <= high) && `its result ${value} is not in ${low} … ${high}`,
      ]),
    ];
  },
  (notebook) =>
    boxesOf(notebook).flatMap(({ title, bytes, examples }) => [
      bytes > MOST_BYTES_OF_BOX &&
        `the box "${title}" has ${kilobytes(bytes)} kB, expected at most ${kilobytes(MOST_BYTES_OF_BOX)}: take fewer examples`,
      ...examples.map(
        ({ name, answer }) => "error" in answer && `the box "${title}" has no answer to "${name}": ${answer.error}`,
      ),
    ]),
  (notebook) => {
    const bytes = JSON.stringify(notebook).length;
    return [bytes > MOST_BYTES && `it has ${kilobytes(bytes)} kB, expected at most ${kilobytes(MOST_BYTES)}`];
  },
];

/**
 * What is missing in a lesson.
 *
 * @param name "02-the-recurrent-computation"
 * @returns a sentence for each thing; none, and it is as all lessons are
 */
export function sourceComplaints(notebook: Notebook, name: string): string[] {
  return complaints(sourceRules, notebook, name);
}

/** The same for a lesson that has run, of what it shows. */
export function outputComplaints(notebook: Notebook, name: string): string[] {
  return complaints(outputRules, notebook, name);
}

function complaints(rules: readonly Rule[], notebook: Notebook, name: string): string[] {
  return rules.flatMap((rule) => rule(notebook, name)).filter((complaint) => complaint !== false);
}

const lengthShown = (output: Output) =>
  output.output_type === "execute_result" ? String(output.data["text/plain"]).length : 0;
const kilobytes = (bytes: number) => Math.round(bytes / 1000);
const codeOf = (notebook: Notebook) =>
  codeCells(notebook)
    .map(({ source }) => source)
    .join("\n");
const lengthOf = (source: string) => source.split("\n").length;
const tooLong = (source: string) =>
  `a cell has ${lengthOf(source)} lines, expected at most ${MOST_LINES}: ${source.slice(0, 60)}…`;

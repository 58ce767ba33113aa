import type { BuiltIn } from "./built-in.js";

/** What papers that nobody wrote could be about: the task, the trouble with it, a way out, and what that is good for. */
const topics = [
  [
    "reading handwriting",
    "letters touch each other",
    "a recurrent network that cuts and reads at once",
    "reads a page in one pass",
  ],
  [
    "forecasting the weather",
    "sensors fail without a word",
    "a gate that distrusts broken sensors",
    "keeps its forecasts when sensors fail",
  ],
  [
    "recognising birds by song",
    "birds sing over one another",
    "a bidirectional network with one mask for each bird",
    "tells birds apart that sing together",
  ],
  ["finding spam", "spam changes every week", "a memory that forgets old spam slowly", "stays right for months"],
  ["translating recipes", "cooks leave words out", "an attention over the pantry", "fills in what cooks leave out"],
  ["teaching a robot to walk", "falling is expensive", "a recurrent model of the floor", "falls half as often"],
  ["captioning pictures", "small objects are missed", "a glance that moves over the picture", "names small objects"],
  [
    "predicting traffic",
    "one accident changes everything",
    "a graph of gated units",
    "reacts to accidents within minutes",
  ],
  [
    "tagging parts of speech",
    "rare words have no examples",
    "a sum of the endings of words",
    "tags words that it never met",
  ],
  ["composing melodies", "a tune loses its theme", "a second memory for the theme", "comes back to its theme"],
  [
    "answering questions",
    "the answer is not in the text",
    "a unit that may say nothing",
    "knows when it does not know",
  ],
  ["checking programs", "brackets close far away", "a stack beside the state", "matches brackets at any depth"],
] as const;

const paper = (k: number) => {
  const [task, trouble, way, gain] = topics[k % topics.length]!;
  const style = Math.floor(k / topics.length);
  const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
  const share = 3 + ((7 * k) % 20);
  const background = [
    `${capital(task)} is an old problem with many uses.`,
    `Recently, there has been much interest in ${task}.`,
    `Neural networks have had great success in ${task}.`,
    `${capital(task)} matters in practice, and many have worked on it.`,
  ][style]!;
  const difficulty = [`However, ${trouble}.`, `It is still hard, since ${trouble}.`][k % 2]!;
  const proposal = [
    `We propose ${way}, which ${gain}, for ${task}.`,
    `In this paper, we introduce ${way} for ${task}, and it ${gain}.`,
    `We present ${way}; in ${task}, it ${gain}.`,
    `This work shows that ${way} ${gain} in ${task}.`,
  ][style]!;
  const detail = ["It has few weights and is trained from end to end.", "Training takes an hour on one computer."][
    (k + style) % 2
  ]!;
  const outcome = `On two data sets it makes ${share} % fewer mistakes than what was known before.`;
  const sentences = [
    background,
    ...(k % 3 === 0 ? [] : [difficulty]),
    proposal,
    ...(k % 4 === 1 ? [] : [detail]),
    outcome,
  ];
  const labels = sentences.map((sentence) => (sentence === proposal ? 1 : 0));
  return { id: `built-in-${k}`, src: sentences, labels, tldr: [`${capital(way)} ${gain} in ${task}.`] };
};

const part = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, k) => JSON.stringify(paper(from + k))).join("\n");

/** Abstracts of papers that nobody wrote, in the form of the data set `scitldr`: 48, made of sentences of this course. */
export const builtInSummaries: BuiltIn = { train: part(0, 32), dev: part(32, 40), test: part(40, 48) };

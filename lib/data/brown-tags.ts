/** The twelve parts of speech that Petrov, Das & McDonald found in the tags of 25 treebanks. */
export type UniversalTag =
  | "."
  | "ADJ"
  | "ADP"
  | "ADV"
  | "CONJ"
  | "DET"
  | "NOUN"
  | "NUM"
  | "PRON"
  | "PRT"
  | "VERB"
  | "X";

const tags: Readonly<Record<UniversalTag, string>> = {
  ".": ". , : -- ( ) ' `` ''",
  ADJ: "ap ap$ jj jj$ jjr jjs jjt od",
  ADP: "cs in",
  ADV: "* ql qlp rb rb$ rbr rbt rn wql wrb",
  CONJ: "cc",
  DET: "abx at dt dt$ dti dts dtx pp$ wdt wp$",
  NOUN: "nn nn$ nns nns$ np np$ nps nps$ nr nr$ nrs pn pn$",
  NUM: "cd cd$",
  PRON: "pp$$ ppl ppls ppo pps ppss wpo wps",
  PRT: "abl abn ex rp to uh",
  VERB: "be bed bedz beg bem ben ber bez do dod doz hv hvd hvg hvn hvz md vb vbd vbg vbn vbz",
  X: "nil",
};

const universal = new Map(
  Object.entries(tags).flatMap(([tag, theirs]) => theirs.split(" ").map((one) => [one, tag as UniversalTag] as const)),
);

/**
 * The universal tag of one of the Brown corpus. Marks of titles, headlines and cited words (`-tl`, `-hl`, `-nc`) do not
 * count, foreign words (`fw-`) are X, a negated verb (`*` behind it) is a verb. Of two words written as one the first
 * counts, but a verb drawn to what it follows on ("it's") makes a particle of both.
 *
 * @returns undefined where the tag is none of Brown's
 * @see Petrov, Das & McDonald 2012, A universal part-of-speech tagset
 */
export function universalTag(tag: string): UniversalTag | undefined {
  if (tag.startsWith("fw-")) return "X";
  const parts = tag.replace(/(?<=.)(-(tl|hl|nc|t|n))+$/, "").split("+");
  const [first, second] = parts.map((part) => universal.get(part) ?? universal.get(part.replace(/(?<=.)\*$/, "")));
  return second === "VERB" && first !== "VERB" && first !== "PRT" ? "PRT" : first;
}

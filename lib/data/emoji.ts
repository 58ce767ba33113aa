import { createRequire } from "node:module";
import { join } from "node:path";
import { checkCount } from "../math/check-options.js";
import { permutation, random } from "../math/random.js";
import { type DataSet, dataSet } from "./data-set.js";
import { type EmojiEntry, emojiEntries, type UnicodeName } from "./emoji-names.js";
import { packageFolder } from "./package-folder.js";
import { type CaptionedPicture, Picture } from "./picture.js";

/** A picture with its Unicode name, and, where people are seen, who they are and which skin tones they have. */
export interface EmojiPicture extends CaptionedPicture, Omit<EmojiEntry, "code"> {}

const TONES = ["light", "medium-light", "medium", "medium-dark", "dark"];

const about = {
  name: "emoji",
  task: "pictures with their Unicode names",
  unit: "pictures",
  licence: "pictures CC BY 4.0, names Unicode License",
  credit: "Twemoji by Twitter, Inc. and contributors; Unicode CLDR by way of emojibase",
};

/**
 * Twemoji: 3,700 small pictures in colour with their Unicode names as captions, flags left out.
 *
 * Each person (man, woman, or not said) is held out in one skin tone: in half of the persons that pair is in `dev`, in the
 * other half in `test`. `train` has this person in the four other tones, and this tone in the other persons, but never
 * both together. Of couples, all pictures are held out in which one of the two has that tone.
 *
 * The pictures are drawn from the vector graphics of the npm package `@iconify-json/twemoji` when they are asked for, on
 * white: a second or two.
 *
 * @param size how many pixels a picture has, across and down, ≥ 1
 * @returns the data set; the split is always the same
 * @throws when the size is not a whole number ≥ 1, or a package is not installed
 * @see Twemoji, licence CC BY 4.0; Unicode CLDR short names, Unicode License v3
 *
 * @example
 * const [first] = emoji({ size: 16 }).train;
 * console.log(first.caption, first.picture.channels); // regional indicator a 3
 */
export function emoji({ size = 32 }: { size?: number } = {}): DataSet<EmojiPicture> {
  checkCount("emoji", "size", size, 1);
  const draw = pen(size);
  const entries = emojiEntries(installed("emojibase-data", "en/compact.json") as UnicodeName[]);
  const heldOut = heldOutTones(entries);
  const parts = { train: [] as EmojiPicture[], dev: [] as EmojiPicture[], test: [] as EmojiPicture[] };
  for (const { code, ...entry } of entries) {
    const held = entry.person === undefined ? undefined : heldOut.get(entry.person);
    const isHeldOut = held && entry.tones.includes(held.tone);
    parts[isHeldOut ? held.part : "train"].push({ picture: draw(code), ...entry });
  }
  return dataSet(about, parts, { origin: "the npm packages @iconify-json/twemoji and emojibase-data", isWhole: true });
}

/** For each person the tone in which it is held out, all tones about equally often. */
function heldOutTones(entries: readonly EmojiEntry[]): Map<string, { tone: string; part: "dev" | "test" }> {
  const persons = [...new Set(entries.flatMap(({ person }) => person ?? []))];
  const order = permutation(random(11), persons.length);
  return new Map(
    persons.map((person, i) => {
      const place = order[i]!;
      return [person, { tone: TONES[place % TONES.length]!, part: place < persons.length / 2 ? "dev" : "test" }];
    }),
  );
}

/** Draws pictures by their code points. */
function pen(size: number): (code: string) => Picture {
  const { icons, width, height } = installed("@iconify-json/twemoji", "icons.json") as {
    icons: Readonly<Record<string, { body: string }>>;
    width: number;
    height: number;
  };
  const names = installed("@iconify-json/twemoji", "chars.json") as Readonly<Record<string, string>>;
  const { Resvg } = installed("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  return (code) => {
    const icon = icons[names[code] ?? names[code.replaceAll("-fe0f", "")] ?? ""];
    if (!icon)
      throw new Error(`emoji: there is no picture for ${code} in @iconify-json/twemoji; run npm install again`);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${icon.body}</svg>`;
    const options = { fitTo: { mode: "width", value: size }, background: "white", font: { loadSystemFonts: false } };
    const rendered = new Resvg(svg, options as ConstructorParameters<typeof Resvg>[1]).render();
    const colours = rendered.pixels; // red, green, blue and opacity, which is full everywhere
    const shape = { height: size, width: size, channels: 3 };
    return new Picture(
      shape,
      Uint8Array.from({ length: 3 * size * size }, (_, p) => colours[4 * Math.floor(p / 3) + (p % 3)]!),
    );
  };
}

/** What a package holds, which is looked for when it is needed: who captions no emoji need not have it. */
function installed(name: string, file = ""): unknown {
  return createRequire(import.meta.url)(join(packageFolder("emoji", name), file));
}

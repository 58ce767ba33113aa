/** A picture of the set with its name, and, where people are seen, who and with which skin tones. */
export interface EmojiEntry {
  /** Code points as Twemoji's table has them: "1f468-1f3fb". */
  readonly code: string;
  readonly caption: string;
  /** Whoever is seen, man, woman or not said: "health worker". Undefined where no skin is. */
  readonly person?: string | undefined;
  /** The skin tones, one or two: "light", "medium-dark", …; none where the skin is yellow. */
  readonly tones: readonly string[];
}

/** An entry of emojibase's table. */
export interface UnicodeName {
  readonly hexcode: string;
  readonly label: string;
  readonly group?: number;
  readonly skins?: readonly UnicodeName[];
}

/** emojibase's numbers of what is left out: hair and skin alone, which no picture shows, and flags. */
const [COMPONENTS, FLAGS] = [2, 9];

/**
 * All names but those of flags, whose captions are names of countries.
 *
 * @param names emojibase's table
 */
export function emojiEntries(names: readonly UnicodeName[]): EmojiEntry[] {
  return names
    .filter(({ group }) => group !== FLAGS && group !== COMPONENTS)
    .flatMap((name): EmojiEntry[] => {
      const person = name.skins && personIn(name.label);
      return [name, ...(name.skins ?? [])].map(({ hexcode, label }) => ({
        code: hexcode.toLowerCase(),
        caption: captionOf(label),
        person,
        tones: Array.from(label.matchAll(/([a-z-]+) skin tone/g), ([, tone]) => tone!),
      }));
    });
}

/** A name in small letters, without the marks between its words. */
function captionOf(label: string): string {
  return label
    .toLowerCase()
    .replace(/[:,.!“”"()]/g, " ")
    .trim()
    .replace(/\s+/g, " ");
}

/**
 * "man health worker" and "woman health worker" are the same person, as are "men wrestling" and "people wrestling", and
 * "person running" and its mirror image "person running facing right".
 */
function personIn(label: string): string {
  const words = captionOf(label)
    .replace(/ facing right$/, "")
    .split(" ");
  const rest = words.filter((word) => !/^(man|men|woman|women|person|people|and)$/.test(word));
  return rest.length > 0 ? rest.join(" ") : "adult";
}

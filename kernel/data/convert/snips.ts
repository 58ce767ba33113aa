import { type Originals, textOf } from "../originals.js";

export const INTENTS = [
  "AddToPlaylist",
  "BookRestaurant",
  "GetWeather",
  "PlayMusic",
  "RateBook",
  "SearchCreativeWork",
  "SearchScreeningEvent",
] as const;

interface Piece {
  readonly text: string;
  readonly entity?: string;
}

/** Snips: for each intent a JSON file of utterances in pieces, some of which fill a slot. */
export function convertSnips(originals: Originals): Record<string, string> {
  const part = (file: (intent: string) => string) =>
    INTENTS.flatMap((intent) => {
      const content = JSON.parse(textOf(originals.bytes(file(intent)))) as Record<string, { data: Piece[] }[]>;
      return content[intent]!.map(({ data }) => [`# ${intent}`, ...data.flatMap(tagged)].join("\n"));
    });
  return {
    "snips-train.conll": `${part((intent) => `train_${intent}_full.json`).join("\n\n")}\n`,
    "snips-val.conll": `${part((intent) => `validate_${intent}.json`).join("\n\n")}\n`,
  };
}

function tagged({ text, entity }: Piece): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  return words.map((word, i) => `${word}\t${entity === undefined ? "O" : `${i > 0 ? "I" : "B"}-${entity}`}`);
}

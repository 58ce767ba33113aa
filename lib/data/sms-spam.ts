import type { DataSet } from "./data-set.js";
import { decodeEntities } from "./entities.js";
import { packedSet } from "./packed-set.js";
import { tabbed } from "./row-readers.js";

/** A message, and whether it is spam. */
export interface Mail {
  readonly isSpam: boolean;
  readonly text: string;
}

/**
 * Short messages of telephones in Britain and Singapore, about one in eight of them spam; none stands twice.
 *
 * @returns 3,660 messages to train on, 500 dev and 1,000 test
 * @throws one sentence, when the data set is nowhere or a file of it is damaged
 * @see Almeida, Gómez Hidalgo & Yamakami 2011, Contributions to the study of SMS spam filtering; licence CC BY 4.0
 *
 * @example
 * if (hasData("sms-spam")) console.log(smsSpam().train[0]); // { isSpam: false, text: "I havent lei.. Next mon can?" }
 */
export function smsSpam(): DataSet<Mail> {
  return packedSet(
    "sms-spam",
    tabbed("ham or spam TAB text", (label, ...text) =>
      (label === "ham" || label === "spam") && text.length > 0
        ? { isSpam: label === "spam", text: decodeEntities(text.join("\t")) }
        : undefined,
    ),
  );
}

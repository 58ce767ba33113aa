import { cut, linesOf, type Originals, textOf } from "../originals.js";
import { PythonRandom } from "../python-random.js";
import { unzipped } from "../zip.js";

/** SMS Spam Collection: `ham` or `spam`, a tab, the message. Of messages with the same text the first stays. */
export function convertSmsSpam(originals: Originals): Record<string, string> {
  const text = textOf(unzipped(originals.bytes("sms+spam+collection.zip"), "SMSSpamCollection"));
  const rows = new Map<string, string>();
  for (const line of linesOf(text).map((line) => line.trim())) {
    const message = line.slice(line.indexOf("\t") + 1);
    if (line && !rows.has(message)) rows.set(message, line);
  }
  const shuffled = [...rows.values()];
  new PythonRandom(11).shuffle(shuffled);
  return cut(shuffled, { stem: "sms", test: 1000, dev: 500 });
}

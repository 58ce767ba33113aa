import { decodeEntities } from "./entities.js";

/** What of a mail a person reads. */
export interface MailText {
  readonly subject: string;
  /** The body: its first plain text, else its first page of HTML without tags. */
  readonly body: string;
}

interface Part {
  readonly headers: string;
  readonly body: string;
}

/**
 * The text of a mail as it was sent, without its headers and attachments, and with one space for any white space.
 *
 * Reads what MIME makes of mails: parts in parts, quoted-printable and base64. Bytes beyond ASCII are taken as they are.
 *
 * @see Freed & Borenstein 1996, RFC 2045 and RFC 2046: MIME
 */
export function mailText(source: string): MailText {
  const mail = split(source.replace(/\r\n?/g, "\n"));
  const leaves = leavesOf(mail, 0);
  const text =
    leaves.find((part) => typeOf(part) === "text/plain") ?? leaves.find((part) => typeOf(part) === "text/html");
  if (!text) return { subject: spaced(header(mail, "subject")), body: "" };
  const content = decoded(text);
  // many pages were sent as plain text
  const isPage = typeOf(text) === "text/html" || /<(html|head|body|table|font|br)\b[^<>]*>/i.test(content);
  return { subject: spaced(header(mail, "subject")), body: spaced(isPage ? withoutTags(content) : content) };
}

function split(text: string): Part {
  const end = text.indexOf("\n\n");
  return end < 0 ? { headers: text, body: "" } : { headers: text.slice(0, end), body: text.slice(end + 2) };
}

/** A header's value, with what is folded onto further lines; empty where there is none. */
function header({ headers }: Part, name: string): string {
  const value = new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, "im").exec(headers)?.[1] ?? "";
  return value.replace(/\n[ \t]+/g, " ").trim();
}

function typeOf(part: Part): string {
  return /^[\w/+.-]+/.exec(header(part, "content-type"))?.[0].toLowerCase() ?? "text/plain";
}

/** The parts that hold no others. */
function leavesOf(part: Part, depth: number): Part[] {
  const boundary = /boundary="?([^";\n]+)/i.exec(header(part, "content-type"))?.[1];
  if (!typeOf(part).startsWith("multipart/") || boundary === undefined || depth > 8) return [part];
  const inner = `\n${part.body}`.split(`\n--${boundary.trim()}`).slice(1);
  return inner
    .filter((text) => !text.startsWith("--"))
    .flatMap((text) => leavesOf(split(text.replace(/^[^\n]*\n/, text.startsWith("\n\n") ? "\n" : "")), depth + 1));
}

function decoded(part: Part): string {
  const encoding = header(part, "content-transfer-encoding").toLowerCase();
  if (encoding === "base64") return Buffer.from(part.body, "base64").toString("latin1");
  if (encoding !== "quoted-printable") return part.body;
  return part.body
    .replace(/=[ \t]*\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function withoutTags(page: string): string {
  const text = page.replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, " ").replace(/<!--[\s\S]*?(-->|$)/g, "");
  return decodeEntities(text.replace(/<\/?[a-z!][^>]*(>|$)/gi, " ").replace(/&nbsp;?/gi, " "));
}

function spaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

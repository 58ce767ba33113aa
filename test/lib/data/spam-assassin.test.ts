import assert from "node:assert/strict";
import { type DataSet, type SortedMail, spamAssassin } from "unroll";
import { mailText } from "unroll/data/mail-text.js";

describe("spamAssassin", () => {
  let data: DataSet<SortedMail>;
  before(() => {
    data = spamAssassin();
  });

  it("has mails of five groups in three parts, of which no body stands twice", () => {
    assert.deepEqual([data.train.length, data.dev.length, data.test.length], [4538, 576, 585]);
    const uncut = spamAssassin({ maxLength: 10 ** 6 });
    const bodies = [...uncut.train, ...uncut.dev, ...uncut.test].map(({ text }) => text);
    assert.equal(new Set(bodies).size, bodies.length);
    assert.deepEqual([...new Set(data.test.map(({ group }) => group))].sort(), [
      "easy-ham-1",
      "easy-ham-2",
      "hard-ham-1",
      "spam-1",
      "spam-2",
    ]);
    assert.ok(data.train.every(({ isSpam, group }) => isSpam === group.startsWith("spam")));
  });

  it("cuts bodies, and keeps nothing of HTML", () => {
    const texts = data.train.map(({ text }) => text);
    assert.ok(texts.every((text) => text.length <= 1000 && text.length > 0));
    assert.deepEqual(texts.filter((text) => /<\/?(table|font|html|body)\b/i.test(text)).length, 0);
  });

  it("describes itself, with its licence", () => assert.match(data.describe(), /PDDL 1.0/));
});

describe("the text of a mail", () => {
  it("is what stands behind its headers, with its subject", () => {
    const mail = "From: a@b.example\nSubject: A longer\n subject\nTo: c@d.example\n\nHello,\n\n  there.\n";
    assert.deepEqual(mailText(mail), { subject: "A longer subject", body: "Hello, there." });
  });

  it("is that of the first plain part, in whatever it is packed", () => {
    const inner = [
      'Content-Type: multipart/alternative; boundary="two"',
      "",
      "--two",
      "Content-Type: text/html",
      "",
      "<p>a page</p>",
      "--two",
      "Content-Type: text/plain",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "50=25 off=",
      " today",
      "--two--",
    ];
    const mail = [
      "Subject: x",
      "Content-Type: multipart/mixed;",
      "\tboundary=one",
      "",
      "for old readers",
      "--one",
      ...inner,
      "--one--",
    ];
    assert.equal(mailText(mail.join("\n")).body, "50% off today");
  });

  it("is read out of base64", () => {
    const mail = `Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${btoa("Hello")}\n`;
    assert.equal(mailText(mail).body, "Hello");
  });

  it("has no tags, styles, scripts, comments and entities of a page", () => {
    const page =
      "<html><head><title>t</title><style>p { }</style></head><body>f<!-- x -->ree&nbsp;<b>v1agra</b> &amp; <script>1 < 2</script>more<br";
    assert.equal(mailText(`Content-Type: text/html\n\n${page}`).body, "free v1agra & more");
  });

  it("has no tags where a page calls itself plain text, either", () => {
    assert.equal(mailText("Subject: a\n\n<BODY BGCOLOR=#000000><FONT COLOR=red>hot<br>stocks").body, "hot stocks");
    assert.equal(mailText("Subject: a\n\nif 1 <b and c> 2").body, "if 1 <b and c> 2");
  });

  it("is empty where there is none", () => {
    assert.deepEqual(mailText("Subject: a"), { subject: "a", body: "" });
    assert.deepEqual(mailText("Content-Type: image/gif\n\nR0lGOD"), { subject: "", body: "" });
  });
});

import assert from "node:assert/strict";
import { prose } from "unroll";

describe("prose", () => {
  it("puts marks where a writer puts them", () => {
    assert.equal(
      prose([
        "``",
        "Is",
        "it",
        "(",
        "or",
        "was",
        "it",
        ")",
        "?",
        "''",
        "he",
        "asked",
        ";",
        "yes",
        ":",
        "it",
        "was",
        "!",
      ]),
      '"Is it (or was it)?" he asked; yes: it was!',
    );
    assert.equal(prose(["The", "dogs'", "1.5", "cats", "."]), "The dogs' 1.5 cats.");
    assert.equal(prose([]), "");
  });
});

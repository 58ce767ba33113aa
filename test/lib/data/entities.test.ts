import assert from "node:assert/strict";
import { decodeEntities } from "unroll/data/entities.js";

describe("entities of HTML", () => {
  it("become their characters, also where the semicolon was cut off", () => {
    assert.equal(decodeEntities("her fianc&#233 ; , sex &#38 ; lies"), "her fiancé , sex & lies");
    assert.equal(decodeEntities("&lt;#&gt; &amp; &quot;so&quot;"), '<#> & "so"');
  });

  it("are read as windows-1252 where Unicode has control characters, as browsers do", () => {
    assert.equal(decodeEntities("well&#133;"), "well…");
  });

  it("are not found where there are none, and not twice", () => {
    assert.equal(decodeEntities("r&b s&m &#7; &amp;lt;"), "r&b s&m &#7; &lt;");
  });
});

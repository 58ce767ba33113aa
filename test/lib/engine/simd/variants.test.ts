import assert from "node:assert/strict";
import { openSimd } from "unroll/engine/simd/simd.js";
import { behavesLikeReference } from "../engine-behaviour.js";

/** The engine as it is where memory cannot be shared. */
function openUnshared() {
  const kept = globalThis.SharedArrayBuffer;
  try {
    Object.assign(globalThis, { SharedArrayBuffer: undefined });
    return openSimd();
  } finally {
    Object.assign(globalThis, { SharedArrayBuffer: kept });
  }
}

describe("with plain SIMD instructions", () => {
  behavesLikeReference("simd", () => openSimd({ instructions: "plain" }));

  it("says so", () => {
    const { describe } = openSimd({ instructions: "plain", threads: 2 });
    assert.equal(describe(), "simd: WebAssembly, 2 threads, SIMD");
  });
});

describe("without shared memory", () => {
  behavesLikeReference("simd", openUnshared);

  it("computes with one thread", () => {
    assert.equal(openUnshared().threads, 1);
    assert.equal(openUnshared().describe(), "simd: WebAssembly, 1 thread, SIMD");
  });
});

describe("with relaxed SIMD instructions", () => {
  it("says so, from Node.js 20 on", () => {
    const { describe } = openSimd({ instructions: "relaxed", threads: 3 });
    assert.equal(describe(), "simd: WebAssembly, 3 threads, relaxed SIMD with FMA");
  });
});

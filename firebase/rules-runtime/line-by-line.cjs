// Loaded into firebase-tools by `cargo xtask emulators`: how it talks to the program that evaluates Storage's rules.
//
// By itself it takes whatever it reads at one time for one answer, loses what is two, and therefore says something every 15 ms
// only (https://github.com/firebase/firebase-tools/issues/3915): 22 objects a second, if rules look two documents up. Here it
// reads line by line, and needs not wait.

"use strict";

const assert = require("node:assert");
const { createInterface } = require("node:readline");

const {
  StorageRulesRuntime,
} = require("../node_modules/firebase-tools/lib/emulator/storage/rules/runtime.js");

const runtime = StorageRulesRuntime?.prototype;
const { start, _sendRequest: send } = runtime ?? {};
assert(
  start?.length === 0 && send?.length === 2,
  "this firebase-tools talks to its rules runtime in another way",
);

runtime.start = async function (...options) {
  await start.apply(this, options);
  const answers = this._childprocess.stdout;
  const [hear] = answers.listeners("data");
  assert(hear, "this firebase-tools hears its rules runtime in another way");
  answers.removeListener("data", hear);
  createInterface({ input: answers }).on("line", (line) => hear(Buffer.from(line)));
};

/** `asked` is the number of the question that this one goes on with, if it does. */
runtime._sendRequest = function (question, asked) {
  const program = this._childprocess;
  if (!program) return Promise.reject(new Error("the program that evaluates Storage's rules does not run"));
  const request = { ...question, id: asked ?? this._requestCount++ };
  return new Promise((resolve) => {
    const handler = (answer) => {
      delete this._requests[request.id];
      resolve(answer);
    };
    this._requests[request.id] = { request, handler };
    program.stdin.write(`${JSON.stringify(request)}\n`);
  });
};

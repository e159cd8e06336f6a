// Faults to plant in rules, one at a time: every condition dropped, every number one too large, every name missing from
// its list. A specification is complete when it detects each of them.

/** Every fault of a rules file: `rules` with it, and in words. */
export function mutants(text) {
  const found = [];
  const plant = (from, to, instead) => {
    const line = text.slice(0, from).split("\n").length;
    const was = text.slice(from, to).replace(/\s+/gu, " ");
    found.push({
      rules: text.slice(0, from) + instead + text.slice(to),
      says: `line ${line}: ${was} → ${instead || "nothing"}`,
      section: sectionAt(text, from),
      key: `${was} → ${instead || "nothing"}`,
    });
  };
  const code = blanked(text);
  for (const { 0: word, index } of code.matchAll(/\b(return|if)\s/gu)) {
    const from = index + word.length;
    dropConditions(code, from, code.indexOf(";", from), plant);
  }
  for (const { 0: number, index } of code.matchAll(/(?<![\w.'])\d+(?!\w)/gu)) {
    plant(index, index + number.length, String(BigInt(number) + 1n));
  }
  for (const { 0: item, index } of text.matchAll(/'\w+'(, ?|(?=[\n\]]))/gu)) {
    if (/[[,\n]\s*$/u.test(code.slice(0, index)) && code[index] !== "·")
      plant(index, index + item.length, "");
  }
  return found;
}

/** The text with comments and what stands between quotes made blank, of the same length. */
function blanked(text) {
  const blank = (part) => part.replace(/[^\n']/gu, " ");
  return text.replace(/\/\/.*/gu, (comment) => "·".repeat(comment.length)).replace(/'[^'\n]*'/gu, blank);
}

/** Makes each part of a condition true where all must hold, and false where one must. */
function dropConditions(code, from, to, plant) {
  [from, to] = trimmed(code, from, to);
  for (const [operator, instead] of [
    ["||", "false"],
    ["&&", "true"],
  ]) {
    const parts = split(code, from, to, operator);
    if (parts.length === 1) continue;
    for (const [start, end] of parts) {
      plant(...trimmed(code, start, end), instead);
      inside(code, start, end, plant);
    }
    return;
  }
  const choice = split(code, from, to, "?");
  if (choice.length === 2) {
    for (const [start, end] of split(code, ...choice[1], ":")) plant(...trimmed(code, start, end), "true");
    return;
  }
  plant(from, to, "true");
}

/** Goes on within parentheses, or within a part that has parts of the other kind. */
function inside(code, start, end, plant) {
  const [from, to] = trimmed(code, start, end);
  const whole = code[from] === "(" && closing(code, from) === to - 1;
  const [first, last] = whole ? [from + 1, to - 1] : [from, to];
  if (["&&", "||"].some((operator) => split(code, first, last, operator).length > 1)) {
    dropConditions(code, first, last, plant);
  }
}

function split(code, from, to, operator) {
  const parts = [];
  let start = from;
  for (let at = from, depth = 0; at < to; at += 1) {
    if ("([".includes(code[at])) depth += 1;
    if (")]".includes(code[at])) depth -= 1;
    if (depth === 0 && code.startsWith(operator, at)) {
      parts.push([start, at]);
      start = at + operator.length;
    }
  }
  return [...parts, [start, to]];
}

function closing(code, from) {
  for (let at = from, depth = 0; at < code.length; at += 1) {
    if ("([".includes(code[at])) depth += 1;
    if (")]".includes(code[at])) depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}

function trimmed(code, from, to) {
  while (/\s/u.test(code[from])) from += 1;
  while (/\s/u.test(code[to - 1])) to -= 1;
  return [from, to];
}

/** The collection whose rules stand there. */
function sectionAt(text, at) {
  const matches = [...text.slice(0, at).matchAll(/^( *)match (\S+)/gmu)];
  const indent = /^ */u.exec(text.slice(text.lastIndexOf("\n", at) + 1))[0].length;
  const around = matches.filter(([, spaces]) => spaces.length < indent).at(-1)?.[2] ?? "";
  return (
    around
      .split("/")
      .filter((part) => /^\w+$/u.test(part))
      .at(-1) ?? ""
  );
}

import { exercise } from "../exercise.js";

const weightCount = exercise({
  name: "1.1",
  asks: "how many weights a network for numbers of so many digits has",
  hint: "It sees `784 * digits` pixels and says one of `10 ** digits` numbers. Each hidden unit and each output has one bias.",
  solution: (digits: number, hidden: number): number => (784 * digits + 1) * hidden + (hidden + 1) * 10 ** digits,
  looks: [
    ["1 digit, 64 units", (count) => count(1, 64)],
    ["2 digits, 64 units", (count) => count(2, 64)],
    ["6 digits, 100 units", (count) => count(6, 100)],
  ],
  mistakes: [
    {
      attempt: (digits, hidden) => (784 * digits + 1) * hidden + (hidden + 1) * 10,
      says: "It has an output for each *number* that it can say, and there are 10, 100, 1,000, … of them.",
    },
    {
      attempt: (digits, hidden) => (784 * digits + 1) * hidden + (hidden + 1) * 10 * digits,
      says: "That is a network with ten outputs for each place, which is clever. This one has an output for each whole number.",
    },
    {
      attempt: (digits, hidden) => 784 * digits * hidden + hidden * 10 ** digits,
      says: "Nearly: the biases are missing, one for each hidden unit and one for each output.",
    },
  ],
});

const windowFor = exercise({
  name: "1.2",
  asks: "how many words a window needs",
  hint: "The window ends with the last word, so count from `words.indexOf(city)` to the end, the city included.",
  solution: (words: readonly string[], city: string): number => words.length - words.indexOf(city),
  looks: [
    ["“born in Paris her mother tongue is”", (size) => size("born in Paris her mother tongue is".split(" "), "Paris")],
    ["“Rome is old and so is she”", (size) => size("Rome is old and so is she".split(" "), "Rome")],
    ["“she loves Athens”", (size) => size("she loves Athens".split(" "), "Athens")],
  ],
  mistakes: [
    {
      attempt: (words, city) => words.length - words.indexOf(city) - 1,
      says: "One too few: that window begins right behind the city.",
    },
    {
      attempt: (words, city) => words.indexOf(city) + 1,
      says: "That is how far the city stands from the beginning. The window ends with the *last* word.",
    },
  ],
});

const kinds = exercise({
  name: "1.3",
  asks: "the kind of each task",
  hint: "How many things come in, one or many? How many come out? If many come in and many come out: does each answer belong to one input?",
  solution: ["many to one", "many to many", "one to many", "encoder-decoder", "one to one"] as readonly string[],
  looks: [
    ["a film review: good or bad", (list) => list[0]],
    ["each word of a sentence: noun, verb, …", (list) => list[1]],
    ["a melody that begins with a given note", (list) => list[2]],
    ["an English sentence in French", (list) => list[3]],
    ["a photograph: cat or dog", (list) => list[4]],
  ],
  mistakes: [
    {
      attempt: ["many to one", "encoder-decoder", "one to many", "many to many", "one to one"],
      says: "The two kinds of “many to many” are swapped: a word class belongs to one word; a French sentence may be longer than the English one.",
    },
    {
      attempt: ["one to many", "many to many", "many to one", "encoder-decoder", "one to one"],
      says: "“One to many” reads one thing and writes many. A review has many words, and gets one verdict.",
    },
  ],
});

export const lesson01 = [weightCount, windowFor, kinds];

// %% [markdown]
// # 11 · Image captioning
//
// **You will be able to** build a network that looks at a picture and says in words what it sees; show at which part of the picture it looks before each word; write with greedy and with beam search; and say whether it has understood a scene or only remembers one that is alike.
//
// **Time:** 3 minutes to run on two cores, 45 to understand. **Needs:** lessons 7 and 10. **Data:** MNIST digits (LeCun, Cortes & Burges; CC BY-SA 3.0); Twemoji pictures (Twitter, Inc. and contributors; CC BY 4.0) with their names (Unicode CLDR; Unicode License). Both come with `npm install`.
//
// ## One to many
//
// A picture goes in once, and many words come out, one after the other. The first such task is made of handwritten digits. Each scene has exactly one right sentence, so a machine can judge it.

// %%
import { digitScenes, display, mnist, plot, quick, random } from "unroll";

const digits = mnist();
const scenes = digitScenes(digits.train, quick ? 2_000 : 50_000, random(1));
const unseen = digitScenes(digits.test, quick ? 200 : 10_000, random(2)); // other writers
const four = scenes.slice(0, 4);
const told = { columns: 4, labels: four.map(({ caption }) => caption) };
display(
  plot.pictures(
    four.map(({ picture }) => picture),
    { ...told, title: "scenes" },
  ),
);

// %% [markdown]
// Of two digits the left or the upper one is named first. Three digits always form a corner, and the one in the corner is named first. There are 4,200 different sentences, and the digits of the unseen scenes were written by other people than those of the scenes to learn from.
//
// The second task is larger: small pictures in colour, and their Unicode names as captions.

// %%
import { emoji } from "unroll";

const signs = emoji();
console.log(signs.describe());
const jugglers = [...signs.train, ...signs.test, ...signs.dev].filter(
  ({ person, tones }) => person === "juggling" && tones.length === 1,
);
const named = jugglers.slice(0, 12);
const labels = named.map(({ caption }) => caption);
const about = { labels, columns: 6, title: "persons who juggle" };
display(
  plot.pictures(
    named.map(({ picture }) => picture),
    about,
  ),
);

/** A small chapter of our own: dialogue, dashes, an ellipsis, an accent, an emoji, a scene break, one long paragraph. */
export const passages = `The lamp at Harrow Lock was lit.

The lock-keeper counted the boats again, because the number had come out wrong twice and he did not believe in a third time. There were eleven. There had been ten at noon, and nothing had come through since.

"You're sure?" asked Ilse.

"I'm sure of ten," he said. "The eleventh is what I'm not sure of."

She walked out along the gate with the lamp held low. The water had gone the colour of slate, and the reeds — what was left of them after the frost — stood up out of it like the teeth of a comb.

It was a narrow boat, black, with no name on it. Somebody had tied it up properly. Somebody had coiled the rope and, on the coil, set a white cup with a saucer… and the cup was warm.

* * *

By morning the frost had drawn ferns on every pane of the lock-house, and the kettle had boiled dry once because neither of them would leave the window. Nobody had come for the cup. A coot went by, and a second coot, and then for a long time nothing at all went by, so that when the knock came they had both stopped expecting it and Ilse laughed out loud, which she was sorry for afterwards.

"Good morning," said the woman at the door. She had a naïve sort of hat 🎩 and very good boots. "I believe you have my café."

"Your cup," said Ilse.

"My café," said the woman. "The cup is only the sign."

The lock-keeper looked at the boat, and at the boots, and at the number in his book. Then he took his pencil, and where he had written eleven he drew a line through it, and under the line, in his careful hand, he wrote eleven again.
`;

/** Sixty numbered paragraphs of three sentences each: long enough to be led through. */
export const longChapter = Array.from(
  { length: 60 },
  (_, index) =>
    `Paragraph ${index + 1} begins where the last one stopped. The barge went by with its lamp out, and nobody on the bank said anything about it. Further down, the water took the light and gave it back in pieces.`,
).join('\n\n');

/** A chapter of ninety-five paragraphs, the size of one instalment of a serial. */
export const chapterOf95 = Array.from(
  { length: 95 },
  (_, index) =>
    `“Sentence ${index + 1} of the morning,” she said. He wrote it down… and then — after a while — he crossed it out.`,
).join('\n\n');

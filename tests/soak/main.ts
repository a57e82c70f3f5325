import { soakJoins } from './joins.ts';
import { soakFuzz } from './long-fuzz.ts';
import { soakManyRooms } from './many-rooms.ts';
import { soakSlowReaders } from './slow-readers.ts';

/*
 * `npm run soak` does all of these, `npm run soak -- joins rooms` those that are named. Each throws when a bound is passed;
 * what is printed at the end is for the section 'Soak' of docs/benchmarks.md.
 */
const soaks = { rooms: soakManyRooms, slow: soakSlowReaders, joins: soakJoins, fuzz: soakFuzz };
type Name = keyof typeof soaks;

const isName = (word: string): word is Name => Object.hasOwn(soaks, word);
const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !isName(word));
if (unknown.length > 0) {
  process.stderr.write(`There is no soak called ${unknown.join(', ')}; there are ${Object.keys(soaks).join(', ')}.\n`);
  process.exit(1);
}
const chosen = asked.length > 0 ? asked.filter(isName) : (Object.keys(soaks) as Name[]);
const results: string[] = [];
for (const name of chosen) {
  process.stdout.write(`${name} …\n`);
  results.push(...(await soaks[name]()).map((line) => `- **${name}**: ${line}.`));
}
process.stdout.write(`\n${results.join('\n')}\n`);

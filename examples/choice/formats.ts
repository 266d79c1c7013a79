/** How each file of the choice data is read. A file of another experiment needs a function like these and a line in `choiceFiles`. */
import type { Fields } from 'slatewise/data';
import { readHotel } from './hotel.ts';
import { type ChoiceData, createCollector, numbersOf, parseTable, type Row } from './occasions.ts';

export interface ChoiceFile {
  readonly file: string;
  readonly read: (text: string, file: string) => ChoiceData;
}

export const choiceFiles: Readonly<Record<string, ChoiceFile>> = {
  SFwork: { file: 'SFwork.csv', read: readAvailability },
  SFshop: { file: 'SFshop.csv', read: readAvailability },
  Electricity: { file: 'electricity.csv.gz', read: readElectricity },
  Hotel: { file: 'instance_2.json', read: readHotel },
  SwissMetro: { file: 'swissmetro.csv.gz', read: readSwissMetro },
};

/** `Choice,<mode>,<mode>,...`: the 1-based column of the chosen mode, then a 1 for every mode that was available. Nobody is named. */
export function readAvailability(text: string, file: string): ChoiceData {
  const { header, rows } = parseTable(text, file);
  const [, ...modes] = header;
  const collector = createCollector();
  for (const row of rows) {
    const available = modes.filter((mode) => row[mode] === '1');
    const chosen = available.indexOf(modes[Number(row.Choice) - 1]);
    const alternatives = available.map((item) => ({ item, fields: {} }));
    collector.add({ user: '', fields: {}, alternatives }, chosen < 0 ? [] : [chosen]);
  }
  return collector.data({ items: new Map(modes.map((mode) => [mode, { mode }])), users: new Map() });
}

const CONTRACT = ['pf', 'cl', 'loc', 'wk', 'tod', 'seas'];

/**
 * One row an alternative, four rows (`chid`) an occasion, one household an `id`. The suppliers have no names, so a contract is an item: `pf` price in
 * cents, `cl` years, `loc` local, `wk` well known, `tod` rates by the time of day, `seas` by season. The same contract elsewhere is the same item.
 */
export function readElectricity(text: string, file: string): ChoiceData {
  const { rows } = parseTable(text, file);
  const byOccasion = new Map<string, Row[]>();
  for (const row of rows) byOccasion.set(row.chid, [...(byOccasion.get(row.chid) ?? []), row]);
  const collector = createCollector();
  const items = new Map<string, Fields>();
  for (const group of byOccasion.values()) {
    const alternatives = group.map((row) => {
      const fields = numbersOf(row, Object.fromEntries(CONTRACT.map((name) => [name, name])));
      const item = CONTRACT.map((name) => `${name}${fields[name]}`).join(' ');
      items.set(item, fields);
      return { item, fields: {} };
    });
    const chosen = group.flatMap(({ choice }, at) => (choice.toUpperCase() === 'TRUE' ? [at] : []));
    collector.add({ user: `household ${group[0].id}`, fields: {}, alternatives }, chosen);
  }
  return collector.data({ items, users: new Map() });
}

const MODES = [
  { item: 'train', available: 'TRAIN_AV', columns: { minutes: 'TRAIN_TT', cost: 'TRAIN_CO', headway: 'TRAIN_HE' } },
  {
    item: 'swissmetro',
    available: 'SM_AV',
    columns: { minutes: 'SM_TT', cost: 'SM_CO', headway: 'SM_HE', seats: 'SM_SEATS' },
  },
  { item: 'car', available: 'CAR_AV', columns: { minutes: 'CAR_TT', cost: 'CAR_CO' } },
];
const PERSON = { first: 'FIRST', luggage: 'LUGGAGE', age: 'AGE', male: 'MALE', income: 'INCOME', season: 'GA' };
const CODES = { group: 'GROUP', purpose: 'PURPOSE', ticket: 'TICKET', who: 'WHO' };

/** One row an occasion, nine a person (`ID`): split by person. `CHOICE` counts the modes from 1; 0 is an answer that is not known. */
export function readSwissMetro(text: string, file: string): ChoiceData {
  const { rows } = parseTable(text, file);
  const collector = createCollector();
  const users = new Map<string, Fields>();
  for (const row of rows) {
    const user = `person ${row.ID}`;
    const codes = Object.entries(CODES).map(([name, column]) => [name, `${name} ${row[column]}`]);
    users.set(user, { ...numbersOf(row, PERSON), ...Object.fromEntries(codes) });
    const available = MODES.filter((mode) => row[mode.available] === '1');
    const alternatives = available.map(({ item, columns }) => ({ item, fields: numbersOf(row, columns) }));
    const chosen = available.findIndex((mode) => mode === MODES[Number(row.CHOICE) - 1]);
    collector.add({ user, fields: {}, alternatives }, chosen < 0 ? [] : [chosen]);
  }
  return collector.data({ items: new Map(MODES.map(({ item }) => [item, { mode: item }])), users });
}

/** What came of it, as tables: a mean over markets, and the lowest and highest of them. */
import { meanOf, type Recovery, recoveryOf } from './recovery.ts';
import { type PlayedShop, shopKinds, TRUTH } from './setup.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const clicks = (value: number): string => value.toFixed(3);

/** Mean and range over markets. */
function told(values: readonly number[], write: (value: number) => string): string {
  return `${write(meanOf(values))} (${write(Math.min(...values))} to ${write(Math.max(...values))})`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const head = (cells: readonly string[]): string => [row(cells), row(cells.map(() => '---'))].join('\n');

const marketsOf = (played: readonly PlayedShop[], name: string): readonly PlayedShop[] =>
  played.filter((each) => each.name === name);

function bestBeside(played: readonly PlayedShop[], { setup }: PlayedShop): PlayedShop {
  const found = played.find((each) => each.name === TRUTH && each.setup.market.seed === setup.market.seed);
  if (found) return found;
  throw new Error(`loop: expected the best lists of market ${setup.market.seed} to have been looked for`);
}

const LAST = 7;

/** Clicks a list by the truth, in the market whose tastes shift. */
export function earningsTable(played: readonly PlayedShop[]): string {
  const rows = [...shopKinds.map(({ name }) => name), TRUTH].map((name) => {
    const shops = marketsOf(played, name);
    const over = (from: number, to?: number): string =>
      told(
        shops.map(({ shifted }) => meanOf(shifted.expected.slice(from, to))),
        clicks,
      );
    const shares = shops.map(
      (shop) =>
        meanOf(shop.shifted.expected.slice(-LAST)) / meanOf(bestBeside(played, shop).shifted.expected.slice(-LAST)),
    );
    return row([name, over(0, 1), over(1, 8), over(-LAST), told(shares, percent)]);
  });
  return [head(['shop', 'day 1', 'days 2 to 8', 'last 7 days', 'share of the best']), ...rows].join('\n');
}

export const recoveries = (played: readonly PlayedShop[], name: string): readonly Recovery[] =>
  marketsOf(played, name).map((shop) => recoveryOf(shop, bestBeside(played, shop), shop.setup.market.shiftDay));

/** Days after the shift's: from, and up to without. */
const AFTER: readonly (readonly [from: number, to: number])[] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
  [4, 8],
];

/** The share of the best lists' clicks in times of that without the shift. */
export function shiftTable(played: readonly PlayedShop[]): string {
  const [{ setup }] = played;
  const { shiftDay } = setup.market;
  const days = AFTER.map(([from, to]) =>
    to - from === 1 ? `day ${shiftDay + from}` : `days ${shiftDay + from} to ${shiftDay + to - 1}`,
  );
  const rows = shopKinds.map(({ name }) => {
    const found = recoveries(played, name);
    const ratios = AFTER.map(([from, to]) =>
      told(
        found.map((each) => meanOf(each.ratios.slice(from, to))),
        percent,
      ),
    );
    return row([name, ...ratios, found.map((each) => each.days ?? 'never').join(', ')]);
  });
  return [head(['shop', ...days, 'days until it is back, each market']), ...rows].join('\n');
}

/** Nights on which the new model answered, of all; and on those after the shift. */
export function nightsTable(played: readonly PlayedShop[]): string {
  const rows = shopKinds.flatMap(({ name, recipe }) => {
    if (recipe === undefined) return [];
    const shops = marketsOf(played, name);
    const count = (outcome: string): string => {
      const nights = shops.flatMap(({ shifted }) => shifted.nights);
      return `${nights.filter((night) => night.outcome === outcome).length} of ${nights.length}`;
    };
    const first = shops.map(({ shifted, setup }) => {
      const { shiftDay } = setup.market;
      const night = shifted.nights.find(({ day, outcome }) => day >= shiftDay && outcome === 'activated');
      return night ? night.day - shiftDay : 'never';
    });
    return [row([name, count('activated'), count('kept'), count('stopped'), first.join(', ')])];
  });
  const columns = [
    'shop',
    'new model',
    'old model kept',
    'stopped',
    'nights after the shift until a new model, each market',
  ];
  return [head(columns), ...rows].join('\n');
}

/** Every night that the data stopped. */
export const refusals = (played: readonly PlayedShop[]): readonly string[] =>
  played.flatMap(({ name, setup, shifted, twin }) =>
    Object.entries({ shifted, twin }).flatMap(([which, { nights }]) =>
      nights.flatMap(({ day, outcome, reasons = [] }) =>
        outcome === 'stopped' && (which === 'shifted' || day >= setup.market.shiftDay)
          ? [`market ${setup.market.seed}, ${name}, ${which}: day ${day} was not learned from: ${reasons.join('; ')}`]
          : [],
      ),
    ),
  );

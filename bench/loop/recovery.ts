/** How a shop came through the shift of tastes, held against itself without the shift. */
import type { PlayedShop } from './setup.ts';

export interface Recovery {
  /**
   * For each day from the shift's on that the twin played: its share of the best lists' clicks, in times of the share that the same shop had without
   * the shift. Each is held against the best lists of its own market.
   */
  readonly ratios: readonly number[];
  /**
   * Days after the shift's until the shop is back: from then on three days have 95 % of the twin's share on average, and that day itself 90 %.
   * 0: on the day of the shift; null: never.
   */
  readonly days: number | null;
}

const [ENOUGH, OF_ONE_DAY, TOGETHER] = [0.95, 0.9, 3];

export function recoveryOf(shop: Both, best: Both, shiftDay: number): Recovery {
  const share = (name: keyof Both, at: number): number => shop[name].expected[at] / best[name].expected[at];
  const ratios = shop.twin.expected.map((_, at) => share('shifted', at) / share('twin', at)).slice(shiftDay - 1);
  const back = ratios.findIndex((ratio, at) => {
    const together = ratios.slice(at, at + TOGETHER);
    return together.length === TOGETHER && ratio >= OF_ONE_DAY && meanOf(together) >= ENOUGH;
  });
  return { ratios, days: back < 0 ? null : back };
}

type Both = Pick<PlayedShop, 'shifted' | 'twin'>;

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

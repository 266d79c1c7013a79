/** What a visitor decides about the truth that a model is to find. */

/** The article's three drinks, or the small marketplace. */
export type Scene = 'drinks' | 'market';

export interface TruthSettings {
  readonly scene: Scene;
  /** Lists shown, from which everything is learned. */
  readonly lists: number;
  /** How much company counts: 1 as in the article, 0 not at all. */
  readonly company: number;
  /** Logit that an item loses per unit of log(position + 1). */
  readonly position: number;
  /** What the odds of every click are multiplied by. */
  readonly odds: number;
  /** Items of a list; of the market. */
  readonly size: number;
  readonly seed: number;
}

/** Where a visit begins: the article's drinks. */
export const truthDefaults: TruthSettings = {
  scene: 'drinks',
  lists: 10_000,
  company: 1,
  position: 0,
  odds: 1,
  size: 6,
  seed: 1,
};

export type RangedSetting = 'lists' | 'company' | 'position' | 'odds' | 'size';

export interface SliderRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** What each slider may say. Of the market lists cost several times as much as a menu. */
export const truthRanges: Readonly<Record<RangedSetting, SliderRange>> = {
  lists: { from: 500, to: 20_000, step: 500 },
  company: { from: 0, to: 2, step: 0.1 },
  position: { from: 0, to: 1.5, step: 0.05 },
  odds: { from: 0.25, to: 4, step: 0.05 },
  size: { from: 2, to: 10, step: 1 },
};

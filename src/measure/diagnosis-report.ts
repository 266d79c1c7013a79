/** What `diagnose` found, as plain JSON: `diagnosis.json` in its folder. Losses are log losses of clicks, in nats. NaN, null in JSON, where nothing is known. */

/** A figure with its 95 % interval. */
export interface Figure {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export type CauseName = 'data' | 'bias' | 'task';

export interface Diagnosis {
  readonly recipe: string;
  /** Trainings of each kind, with seeds 1 to n. */
  readonly seeds: number;
  /** The cause that is named first, shown or likely; none where nothing stands out. */
  readonly first: CauseName | 'none';
  /** All three, the first one first. */
  readonly causes: readonly Cause[];
  /** What to do next, the largest expected gain first. */
  readonly advice: readonly Advice[];
  readonly data: DataAnswer;
  readonly bias: BiasAnswer;
  readonly task: TaskAnswer;
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', PartSize>>;
  /** One sentence each: what was trained on fewer lists, or for a shorter time, than the log would allow. */
  readonly subsampled: readonly string[];
}

export interface PartSize {
  readonly lists: number;
  readonly users: number;
  readonly clicks: number;
  readonly shownItems: number;
}

export interface Cause {
  readonly cause: CauseName;
  /** Whether the figures show it. */
  readonly shown: boolean;
  /** Whether they speak for it: of data also where the interval, on a log of few lists, holds no gain too. */
  readonly likely: boolean;
  /** What its remedy is expected to save, in nats of test log loss: what the causes are ordered by. Undefined where it comes before all that can be told in nats. */
  readonly gain?: number;
}

/**
 * - `change-label`: nothing orders the items of a list; `remove-column`: one gives the label away;
 * - `more-lists`, `more-users`: twice as many; `show-evenly`: items and places, on a part of the traffic;
 * - `treat`: train without, or with weights, as the remedy `name` says; `second-task`: add the one of this name; `ids-on`, `ids-off`: embeddings of single items.
 */
export type AdviceStep =
  | 'change-label'
  | 'remove-column'
  | 'more-lists'
  | 'more-users'
  | 'show-evenly'
  | 'treat'
  | 'second-task'
  | 'ids-on'
  | 'ids-off';

export interface Advice {
  readonly step: AdviceStep;
  readonly name?: string;
  /** Expected saving of test log loss; undefined where it cannot be told in nats. */
  readonly gain?: Figure;
}

export interface DataAnswer {
  readonly points: readonly DataPoint[];
  /** L(n) = floor + scale n^-exponent, n training lists. */
  readonly law: { readonly floor: number; readonly scale: number; readonly exponent: Figure };
  /** How much lower the test loss would be with so many times the lists of the log. */
  readonly gains: readonly (Figure & { readonly factor: number })[];
  /** Test loss of one click rate for all: what is known without a model. */
  readonly constantLoss: number;
  /** As many lists from few users with all of theirs, against lists of all users. Absent where nobody has enough lists. */
  readonly fewerUsers?: FewerUsers;
}

export interface DataPoint {
  /** Of the log's training lists. */
  readonly share: number;
  readonly lists: number;
  readonly users: number;
  /** Mean over seeds, at the kept epoch. */
  readonly train: number;
  readonly validation: number;
  readonly test: Figure;
}

export interface FewerUsers {
  readonly share: number;
  readonly lists: number;
  readonly users: number;
  readonly usersOfAll: number;
  /** Test loss with few users less that with all: above 0, new users are worth more than more lists of the same. */
  readonly difference: Figure;
  readonly shortage: 'users' | 'lists' | 'open';
}

export interface BiasAnswer {
  readonly position: PositionBias;
  readonly exposure: ExposureBias;
  /** Lists that a policy would need that shows every item equally often at every place, for each list of this log: 0.4 means that four of ten lists do. */
  readonly evenShare: number;
  readonly labels: LabelBalance;
  readonly repeats: Repeats;
  readonly drift: Drift;
  readonly probes: readonly Probe[];
  readonly shownBefore: ShownBefore;
  /** Trained again without it: what was removed or weighted, and what came of it. */
  readonly remedies: readonly CleanedTraining[];
}

export interface PositionBias {
  /** Chance of places that depend on the item as much as here, if they were drawn at random: a permutation test. */
  readonly probability: number;
  readonly random: boolean;
  /** Correlation, within lists, of an item's place with its click rate before the list; below 0: what was clicked stands above. */
  readonly withRate: number;
  /** Of clicks: middle and last third of the page against the first, the same items compared (Mantel & Haenszel 1959). */
  readonly middle: Figure;
  readonly bottom: Figure;
  /** What the figures take for granted. */
  readonly assumption: string;
}

export interface ExposureBias {
  /** Of the items that were shown at least once. */
  readonly shown: number;
  readonly known: number;
  /** Gini coefficient of the showings by item, and what it would be if items were drawn at random. */
  readonly gini: number;
  readonly giniAtRandom: number;
  /** Share of the showings that the tenth of the items has that is shown most. */
  readonly topTenth: number;
}

export interface LabelBalance {
  readonly clickRate: number;
  readonly listsWithoutClick: number;
  readonly listsAllClicked: number;
  /** Users with three lists or more who clicked nothing, or everything: counted, and expected if each clicked by chance alone. */
  readonly usersOfNone: number;
  readonly usersOfAll: number;
  readonly usersOfNoneByChance: number;
  readonly usersOfThree: number;
}

export interface Repeats {
  /** Share of the training lists that show a user a set of items again. */
  readonly share: number;
  /** Share of the validation lists whose user saw the same set in training. */
  readonly acrossParts: number;
}

export interface Drift {
  /** Population stability index by field, such as `item.price`, training against validation, the largest first; chance alone gives about `byChance`. */
  readonly fields: readonly { readonly field: string; readonly psi: number; readonly byChance: number }[];
  /** Validation less training, over users. */
  readonly clickRate: Figure;
}

export interface Probe {
  readonly column: string;
  /** The field of the log that it tells, if it tells one. */
  readonly field?: string;
  /** Of the column alone: click rates of its values, learned on training lists. */
  readonly validationAuc: number;
}

export interface ShownBefore {
  /** Of validation items: shown to the user before and not clicked; their click rate, and that of the others. */
  readonly share: number;
  readonly clickRate: number;
  readonly otherClickRate: number;
  readonly auc: number;
}

export interface CleanedTraining {
  readonly name: string;
  readonly lists: number;
  /** Validation less train loss at the kept epoch, as it is and after the remedy. */
  readonly gapBefore: number;
  readonly gapAfter: number;
  /** Test loss saved. */
  readonly saved: Figure;
}

export interface TaskAnswer {
  /** Whether anything known of an item tells, within a list, which one is clicked: the strongest column, by a test that respects lists. */
  readonly signal: {
    readonly column: string;
    readonly columns: number;
    readonly z: number;
    readonly probability: number;
  };
  /** Of a click above the others of its list, by the recipe. */
  readonly listAuc: Figure;
  /** On this many lists, without any regularisation, each cure by itself; `none` first. */
  readonly cures: readonly CureRow[];
  readonly cureLists: number;
  /** Second tasks with all regularisation of the recipe. */
  readonly tasks: readonly TaskRow[];
  readonly taskLists: number;
  /** Closes most of the gap without losing on validation; undefined where there is no gap. */
  readonly best?: string;
  /** Embeddings of single items: gap and test loss with them; positive `saved`: they help. */
  readonly ids?: { readonly gapWithout: number; readonly gapWith: number; readonly saved: Figure };
  /** Lowest and highest recall of the recipe's seeds, each at its own validation threshold. */
  readonly recall: { readonly low: number; readonly high: number };
}

export type CureKind = 'none' | 'regularisation' | 'second task';

export interface CureRow {
  readonly name: string;
  readonly kind: CureKind;
  /** Validation less train loss, by epoch, mean over seeds. */
  readonly gaps: readonly number[];
  readonly gapAtLast: number;
  /** Validation loss of the last epoch less that of the best. */
  readonly rise: number;
  readonly lowestValidation: number;
  /** Share of the gap of `none` at the last epoch that it closes; null where that gap is hardly one. */
  readonly closes: number | null;
}

export interface TaskRow {
  readonly name: string;
  readonly weight: number;
  /** Test loss saved against clicks alone; the interval holds for all rows together. */
  readonly saved: Figure;
  /** Points of recall gained at the validation threshold. */
  readonly recallGain: number;
  readonly aucGain: Figure;
}

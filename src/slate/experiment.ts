/** Users in parts, each answered in its own way. */
export interface Experiment {
  readonly name: string;
  /** Of the group's users, from this share to that; experiments of one group whose parts do not overlap share no user. */
  readonly group?: ExperimentGroup;
  /** Share of the users who take part, of those that the group leaves. */
  readonly coverage: number;
  /** The first is the control. */
  readonly variants: readonly ExperimentVariant[];
  /** Models that score what is answered, and are not shown. */
  readonly shadows?: readonly string[];
}

export interface ExperimentGroup {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** How a part of the users is answered; what it leaves out is as the request and the server have it. */
export interface ExperimentVariant {
  readonly name: string;
  /** Of those who take part, beside the shares of the others. */
  readonly share: number;
  readonly model?: string;
  readonly generator?: string;
  /** As JSON; each takes the place of the rule of its name in the request. */
  readonly rules?: Readonly<Record<string, unknown>>;
  /** As JSON: what a request says as `explore`. */
  readonly explore?: Readonly<Record<string, unknown>>;
}

/** Variants by their experiments. */
export type VariantNames = Readonly<Record<string, string>>;

/** What a model that nobody saw would have said of an answered list, as a journal keeps it. */
export interface ShadowScores {
  /** Of the answered list. */
  readonly id: string;
  readonly user: string;
  readonly model: string;
  /** Click probabilities of its items, from the top. */
  readonly probabilities: readonly number[];
}

/** What a generator makes of the candidates of an answer, beside the list that was drawn. Legend: K places. */
import { createSlateGenerator } from '../../generate/request/slate-generator.ts';
import type { LoggedChoice } from '../../measure/off-policy.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import type { TrialOptions } from './generator-trial.ts';

export interface JournalTrialOptions extends Omit<TrialOptions, 'size'> {
  /** Rules as JSON, in the place of those that the lists were asked for with. */
  readonly rules?: unknown;
}

/** Of one generator: all that an estimate needs but the clicks. */
export type ChosenOfAnswer = Omit<LoggedChoice, 'clicksK'>;

export interface JournalTrial {
  /** Of each generator; undefined where one cannot be asked. */
  choose(answer: AnsweredList): Promise<readonly ChosenOfAnswer[] | undefined>;
  close(): Promise<void>;
}

export async function createJournalTrial(
  stored: StoredModel,
  { generators, objective, rules, seed, workers }: JournalTrialOptions,
): Promise<JournalTrial> {
  const makers = await Promise.all(
    generators.map(({ generator }) => createSlateGenerator(stored, { generator, objective, rules, seed, workers })),
  );
  return {
    async choose(answer) {
      const request = requestOf(answer, rules !== undefined);
      try {
        const replies = await Promise.all(makers.map((maker) => maker.generate(request)));
        return replies.map(({ items }) => chosenOf(answer, items));
      } catch (error) {
        if (error instanceof InputError) return undefined;
        throw error;
      }
    },
    close: async () => void (await Promise.all(makers.map((maker) => maker.close()))),
  };
}

/** What was asked, with as many places as were answered. */
function requestOf(answer: AnsweredList, hasOwnRules: boolean): RankingEvent {
  const { id, time, user, session, fields, candidates, items, rules } = answer;
  return {
    ...{ event: 'ranking', id, time, user, fields, items: candidates, size: items.length },
    ...(session === undefined ? {} : { session }),
    ...(hasOwnRules || rules === undefined ? {} : { rules }),
  };
}

/** A generator that draws nothing goes on with its own list wherever the logged one agrees so far: so a model expects the same with the logged item there and before. */
function chosenOf(
  { items: loggedK }: AnsweredList,
  chosenK: readonly { readonly item: string; readonly probability: number }[],
): ChosenOfAnswer {
  const placesK = loggedK.flatMap(({ placePropensity }) => placePropensity ?? []);
  const belowK = loggedK.map((_, k) => chosenK.slice(k).reduce((sum, { probability }) => sum + probability, 0));
  return {
    agreesK: loggedK.map(({ id }, k) => (chosenK[k]?.item === id ? 1 : 0)),
    propensityK: loggedK.map(({ propensity }) => propensity ?? Number.NaN),
    ...(placesK.length === loggedK.length ? { placePropensityK: placesK } : {}),
    expected: { withLoggedK: belowK, fromAboveK: belowK, asLogged: belowK[0] },
  };
}

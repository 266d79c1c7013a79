/** Legend: N candidates, K slate. */

import { createRng } from '../../random/rng.ts';
import { type CandidateScorer, createCandidateScorer, type OpenRequest } from '../../scoring/candidate-scorer.ts';
import { checkStored } from '../../scoring/check-stored.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { checkRequest, copyOfRequest } from '../../slate/check-request.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { requestName } from '../../slate/request-name.ts';
import { inShownOrder } from '../../slate/shown-order.ts';
import { type GenerationTask, type Generator, otherObjective, type ValuedSlate } from '../generator.ts';
import { type ExploredSlate, exploredSlate } from '../policies/explored-slate.ts';
import { type ReadExplore, readExplore } from '../policies/policies.ts';
import type { Candidate } from '../rules/candidate.ts';
import { checkNames, type NameCheck } from '../rules/check-names.ts';
import { compiledWith } from '../rules/compile-rules.ts';
import { createFieldIndex } from '../rules/known-fields.ts';
import { relevantRules } from '../rules/relevant-rules.ts';
import { type AnyRules, parseRules, type RuleRegistry, ruleKinds } from '../rules/rules.ts';
import { createSearchLimit, type SearchLimit } from '../search-limit.ts';
import { bestAndGap } from './best-and-gap.ts';
import { candidatesOf } from './candidates.ts';
import { checkSlateOptions } from './check-options.ts';
import { objectiveNamed } from './objective.ts';
import { priceRules } from './rule-prices.ts';
import type { MadeSlate, SlateReply } from './slate-reply.ts';
import { onPage, rememberingLast, scorePlaces, slateValueOf, worthTogether } from './slate-value.ts';

/** How slates are composed, for all requests that do not say otherwise. */
export interface SlateGeneratorOptions {
  readonly generator: Generator;
  readonly workers: number;
  /** `clicks`, `any` or `value:<field>`. */
  readonly objective: string;
  readonly seed: number;
  /** K, where the request names no size of its own; `defaultSize` without either. */
  readonly size?: number | undefined;
  /**
   * Items of the page whose top the slate is, or as many as there are candidates: those below the slate are not known yet. Without it the slate is the page.
   */
  readonly page?: number | 'candidates' | undefined;
  /** Rules, as JSON, for requests without rules; the rules of a request replace them all. */
  readonly rules?: unknown;
  /** The kinds of rules that there are: those of the program unless a caller has more. */
  readonly ruleKinds?: RuleRegistry | undefined;
  /** Weight of the mean likeness of the slate's items, taken off its value. */
  readonly diversity?: number | undefined;
  /** Further slates wanted, the next best after the first. */
  readonly alternatives?: number | undefined;
  /**
   * Whether to look for the best slate there is: not at all, where all can be tried at once, or by a long search too. A generator that looks at all of them needs no
   * search: with either its slate is told to be the best.
   */
  readonly best?: 'none' | 'if-few' | 'search' | undefined;
  /** Milliseconds from the call on after which a search ends with the best slate so far; the deadline of a request goes before it. How good that is depends on the machine and its load. */
  readonly deadline?: number | undefined;
  /** What a search may cost, in units of `costOf`; some seconds' worth unless told otherwise. */
  readonly bound?: number | undefined;
  /** Whether to make the slate again without each rule, to tell what it costs. */
  readonly prices?: boolean | undefined;
  /** A policy that draws the slate instead, with known probabilities; the draw follows from the request's id and user, and the seed. As JSON. */
  readonly explore?: unknown;
}

/** A loaded model with a generator, ready to compose slates. */
export interface SlateGenerator {
  /** Throws `InputError` for rules that the candidates cannot keep or that name a field no item has, a value field that is missing, or a search that is too long. Rejects one request, not the next. */
  generate(request: RankingEvent): Promise<SlateReply>;
  /** Ends its threads once the calls under way are answered. */
  close(): Promise<void>;
}

/** Throws `InputError` for rules of another form. Requests may be asked one after the other or at once; each is answered from what the model's memory knows when it is asked. */
export async function createSlateGenerator(stored: StoredModel, given: SlateGeneratorOptions): Promise<SlateGenerator> {
  checkStored(stored, 'createSlateGenerator');
  checkOptionsArgument(given, 'createSlateGenerator');
  const { workers, ...options } = given;
  const checked = readOptions(options, 'createSlateGenerator');
  const scorer = await createCandidateScorer(stored, { workers });
  const make = slateMaking(stored, scorer);
  let isClosed = false;
  return {
    async generate(request) {
      if (isClosed)
        throw new InputError('generate: expected an open generator, found it closed; ask before close()', 'closed');
      return make(request, checked);
    },
    close() {
      isClosed = true;
      return scorer.close();
    },
  };
}

/** What decides one slate, whoever scores it. */
export interface SlateOptions extends Omit<SlateGeneratorOptions, 'workers'> {
  /** Ends the search at its next question, and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Composes slates by a scorer that others may use too, each with options of its own. */
export interface SlateMaker {
  /** As `SlateGenerator.generate`; throws `InputError` for the options too. */
  make(request: RankingEvent, options: SlateOptions): Promise<SlateReply>;
}

export function createSlateMaker(stored: StoredModel, scorer: Pick<CandidateScorer, 'open'>): SlateMaker {
  const make = slateMaking(stored, scorer);
  return { make: async (request, options) => make(request, readOptions(options, 'generate')) };
}

interface CheckedOptions extends Omit<SlateOptions, 'explore'> {
  readonly rules: AnyRules;
  readonly ruleKinds: RuleRegistry;
  readonly explore: ReadExplore | undefined;
}

function slateMaking(
  stored: StoredModel,
  scorer: Pick<CandidateScorer, 'open'>,
): (request: RankingEvent, options: CheckedOptions) => Promise<SlateReply> {
  const known = createFieldIndex(stored.memory.items);
  return (given, options) => {
    const asked = performance.now();
    checkRequest(given);
    const request = inShownOrder(copyOfRequest(given));
    const deadline = request.deadline ?? options.deadline;
    const endsAt = deadline === undefined ? undefined : asked + deadline;
    const open = stoppable(scorer.open(request), options.signal);
    return answer(request, { ...options, stored, known, endsAt, open });
  };
}

const stoppable = (open: OpenRequest, signal: AbortSignal | undefined): OpenRequest => ({
  ...open,
  async score(slates, options) {
    signal?.throwIfAborted();
    return open.score(slates, options);
  },
});

/** The options with their rules read. Throws `InputError` for those that callers without types may give. */
function readOptions(options: SlateOptions, where: string): CheckedOptions {
  checkSlateOptions(options, where);
  const kinds = options.ruleKinds ?? ruleKinds;
  return {
    ...options,
    rules: parseRules(options.rules === undefined ? {} : options.rules, 'rules', kinds),
    ruleKinds: kinds,
    explore: options.explore === undefined ? undefined : readExplore(options.explore, `${where}: explore`),
  };
}

/** Items of a slate where nobody asks for more. */
const MOST_BY_DEFAULT = 10;

/** K where nobody says: as many as the lists had that the model learned from, 10 at most, and no more than there are candidates. */
export const defaultSize = ({ model }: StoredModel, candidates: number): number =>
  Math.min(candidates, model.config.listLength, MOST_BY_DEFAULT);

interface AnswerContext extends CheckedOptions {
  readonly stored: StoredModel;
  readonly known: NameCheck['known'];
  readonly endsAt: number | undefined;
  readonly open: OpenRequest;
}

async function answer(request: RankingEvent, context: AnswerContext): Promise<SlateReply> {
  const { generator, stored, ruleKinds: kinds, best: wanted = 'none', diversity = 0, alternatives = 0 } = context;
  const { clock } = stored.memory;
  const page = context.page === 'candidates' ? request.items.length : (context.page ?? 0);
  const open = rememberingLast(onPage(context.open, page));
  const where = requestName(request.id);
  const candidates = candidatesOf(request, stored.memory);
  const objective = objectiveNamed(context.objective, { candidates, diversity, likeness: open.likeness, where });
  const rules = request.rules === undefined ? context.rules : parseRules(request.rules, `${where}: rules`, kinds);
  const warnings = checkNames(rules, { candidates, known: context.known, where, kinds });
  const wantedSize = request.size ?? context.size ?? defaultSize(stored, candidates.length);
  const size = Math.min(wantedSize, candidates.length);
  if (page > 0 && page < size)
    throw new InputError(
      `${where}: page: expected at least the ${size} items of the slate, which is its top, found ${page}; raise it, or lower the size`,
      'invalid-option',
    );
  const compiled = compiledWith(warnings, relevantRules(rules, candidates, kinds), { candidates, size, where, kinds });
  const limitOf = (bound: number | undefined): SearchLimit => createSearchLimit({ bound, endsAt: context.endsAt });
  const task: GenerationTask = {
    request,
    size: compiled.start.length,
    value: slateValueOf(open, objective),
    rules: compiled,
    together: () => worthTogether(context.open, objective, candidates.length),
    count: 1 + alternatives,
    rng: createRng(context.seed).split(request.id),
    limit: limitOf(context.bound),
  };
  const explored =
    context.explore &&
    (await exploredSlate(task, {
      ...{ generator, explore: context.explore, priceLimit: limitOf(context.bound) },
      rng: createRng(context.seed).split('explore').split(request.id).split(request.user),
    }));
  const slates = explored ? [explored.slate] : await generator.generate(task);
  const [made, ...others] = await describe(slates, { open, candidates });
  const first = explored ? withPropensities(made, explored) : made;
  const cut = task.limit?.cut;
  const best = await bestAndGap(task, {
    ...{ wanted, made: slates[0], candidates, limitOf },
    // What was drawn is the best of all only by chance.
    generator: explored ? { ...generator, looksAtAll: false } : generator,
  });
  const prices = context.prices
    ? await priceRules({
        ...task,
        rules,
        kinds,
        candidates,
        size,
        generator,
        objective,
        made: first.value,
        limit: limitOf(context.bound),
      })
    : [];
  const other = otherObjective(generator, objective.name);
  return {
    request: request.id,
    ...(request.time < clock ? { asOf: clock } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(cut === undefined ? {} : { cut }),
    ...(explored && { policy: explored.policy }),
    ...(explored?.price && { explorePrice: explored.price }),
    generator: generator.name,
    objective: objective.name,
    ...(other === undefined ? {} : { learnedObjective: other }),
    diversity,
    ...first,
    ...best,
    alternatives: others,
    rules: prices,
  };
}

const withPropensities = (
  slate: MadeSlate,
  { propensityK, placePropensityK, propensity }: ExploredSlate,
): MadeSlate => ({
  ...slate,
  items: slate.items.map((item, place) => ({
    ...item,
    propensity: propensityK[place],
    ...(placePropensityK && { placePropensity: placePropensityK[place] }),
  })),
  propensity,
});

async function describe(
  slates: readonly ValuedSlate[],
  { open, candidates }: { readonly open: OpenRequest; readonly candidates: readonly Candidate[] },
): Promise<readonly MadeSlate[]> {
  const scored = await scorePlaces(
    open,
    slates.map(({ places }) => places),
  );
  return scored.map(({ probabilitiesK, anyClick }, at) => {
    const { places, value } = slates[at];
    const items = Array.from(places, (candidate, place) => ({
      item: candidates[candidate].id,
      position: place,
      probability: probabilitiesK[place],
    }));
    const expectedClicks = items.reduce((sum, { probability }) => sum + probability, 0);
    return { items, value, expectedClicks, anyClick: anyClick() };
  });
}

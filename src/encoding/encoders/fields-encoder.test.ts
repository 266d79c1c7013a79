import { describe, expect, it } from 'vitest';
import type { Field } from '../schema/schema.ts';
import {
  ageNames,
  BAG_LIMIT,
  createFieldsFitter,
  denseNames,
  encodeAges,
  encodeDense,
  encodeTokens,
  fieldsEncoderFromJson,
  fieldsEncoderToJson,
} from './fields-encoder.ts';

const fields: readonly Field[] = [
  { name: 'price', kind: 'numeric' },
  { name: 'open', kind: 'numeric' },
  { name: 'place', kind: 'vector', length: 2 },
  { name: 'kind', kind: 'category' },
  { name: 'tags', kind: 'tags' },
  { name: 'title', kind: 'ignored' },
];

function fitted() {
  const fitter = createFieldsFitter(fields, { minCount: 2, limit: 10 });
  fitter.observe({ price: 100, open: true, place: [0, 4], kind: 'tea', tags: ['hot', 'hot', 'sweet'], title: 'Assam' });
  fitter.observe({ price: 300, open: false, place: [2, 8], kind: 'tea', tags: ['hot', 'bitter'] });
  fitter.observe({ price: 200, place: [1, 6], kind: 'coffee', tags: ['bitter'] });
  return fitter.fit();
}

const tokens = (name: string, value: string | readonly string[] | undefined): number[] => {
  const found = fitted().vocabularies.find((each) => each.name === name);
  if (!found) throw new Error(`no vocabulary ${name}`);
  return encodeTokens(found.vocabulary, value);
};

describe('fields encoder', () => {
  it('writes standardised numbers, a flag for each that may be missing, and vectors', () => {
    const encoder = fitted();
    expect(denseNames(encoder)).toEqual(['price', 'open', 'open missing', 'place[0]', 'place[1]']);
    const unit = Math.sqrt(3 / 2);
    const row = encodeDense(encoder, { price: 300, open: true, place: [2, 4] });
    for (const [at, value] of [unit, 1, 0, unit, -unit].entries()) expect(row[at]).toBeCloseTo(value, 12);
    expect(encodeDense(encoder, {})).toEqual([0, 0, 1, 0, 0]);
  });

  it('writes a time as a number and as its age at the impression', () => {
    const fitter = createFieldsFitter([{ name: 'since', kind: 'time' }], { minCount: 1, limit: 10 });
    for (const since of ['2024-01-01', '2024-01-03T00:00:00Z', Date.UTC(2024, 0, 2)]) fitter.observe({ since });
    const encoder = fitter.fit();
    expect(denseNames(encoder)).toEqual(['since']);
    expect(encodeDense(encoder, { since: '2024-01-03' })[0]).toBeCloseTo(Math.sqrt(3 / 2), 9);
    expect(ageNames(encoder)).toEqual(['age of since']);
    const now = Date.UTC(2024, 0, 8);
    expect(encodeAges(encoder, { since: '2024-01-01' }, now)[0]).toBeCloseTo(Math.log(8), 12);
    expect(encodeAges(encoder, { since: '2024-01-09T12:00:00Z' }, now)[0]).toBeCloseTo(-Math.log(2.5), 12);
    expect(encodeAges(encoder, { since: 'soon' }, now)).toEqual([0]);
  });

  it('takes a value of the wrong kind as missing', () => {
    expect(encodeDense(fitted(), { price: 'dear', open: ['x'], place: [1] })).toEqual([0, 0, 1, 0, 0]);
  });

  it('gives tokens their ids, each once, and unknown ones the id 0 where nothing else is known', () => {
    expect(tokens('kind', 'tea')).toEqual([1]);
    expect(tokens('kind', 'coffee')).toEqual([0]);
    expect(tokens('tags', ['hot', 'never seen', 'hot', 'bitter'])).toEqual([2, 1]);
    expect(tokens('tags', ['never seen', 'nor this'])).toEqual([0]);
    expect(tokens('tags', [])).toEqual([]);
    expect(tokens('tags', undefined)).toEqual([]);
  });

  it('counts a token once per document', () => {
    const fitter = createFieldsFitter([{ name: 'tags', kind: 'tags' }], { minCount: 2, limit: 10 });
    fitter.observe({ tags: ['twice', 'twice'] });
    expect(fitter.fit().vocabularies[0].vocabulary.size).toBe(1);
  });

  it('knows of a long bag the most frequent values, whatever their order', () => {
    const fitter = createFieldsFitter([{ name: 'tags', kind: 'tags' }], { minCount: 1, limit: 10_000 });
    const tags = Array.from({ length: 3 * BAG_LIMIT }, (_, at) => `t${at}`);
    for (let document = 0; document < 3; document++) fitter.observe({ tags: tags.slice(document * BAG_LIMIT) });
    const { vocabulary } = fitter.fit().vocabularies[0];
    const frequent = Array.from({ length: BAG_LIMIT }, (_, at) => at + 1);
    expect(encodeTokens(vocabulary, tags)).toEqual(frequent);
    expect(encodeTokens(vocabulary, [...tags, ...tags].reverse())).toEqual(frequent);
    const short = tags.slice(0, BAG_LIMIT);
    expect(encodeTokens(vocabulary, [...short, ...short])).toEqual(encodeTokens(vocabulary, short));
    expect(encodeTokens(vocabulary, Array(2 * BAG_LIMIT).fill('unknown'))).toEqual([0]);
  });

  it('survives JSON unchanged', () => {
    const encoder = fitted();
    expect(fieldsEncoderFromJson(JSON.parse(JSON.stringify(fieldsEncoderToJson(encoder))), fields)).toEqual(encoder);
  });
});

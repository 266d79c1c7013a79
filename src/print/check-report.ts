import { checkGiven, type GivenForm } from '../slate/check-given.ts';

const REPORT: GivenForm = {
  expected: 'a report',
  remedy: 'give the report of compareRecipes or evaluateModel, or as JSON read back',
  parts: ['systems', 'protocol.parts', 'protocol.versions'],
};

/** Throws `InputError` for what is no report of a comparison. */
export const checkReport = (report: unknown, call: string): void => checkGiven(report, call, REPORT);

import { type ArgumentForm, checkArgument } from '../slate/check-argument.ts';

const REPORT: ArgumentForm = {
  expected: 'a report',
  remedy: 'give the report of compareRecipes or evaluateModel, or as JSON read back',
  parts: ['systems', 'protocol.parts', 'protocol.versions'],
};

/** Throws `InputError` for what is no report of a comparison. */
export const checkReport = (report: unknown, call: string): void => checkArgument(report, call, REPORT);

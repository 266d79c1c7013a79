import { checkArgument } from '../../slate/check-argument.ts';

/** Throws `InputError` for what are no encoded lists. */
export const checkColumns = (columns: unknown, call: string): void =>
  checkArgument(columns, call, {
    expected: 'encoded lists',
    remedy: 'give what encode of an encoder returns',
    parts: ['offsets', 'slotDenseSF', 'contextDenseBF'],
  });

/** Throws `InputError` for what is no encoder of slates. */
export const checkEncoder = (encoder: unknown, call: string): void =>
  checkArgument(encoder, call, {
    expected: 'an encoder of slates',
    remedy: 'give what createSlateEncoder returns, or the encoder of a loaded model',
    parts: ['items.describe', 'items.denseNames'],
  });

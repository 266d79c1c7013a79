/** The rows of a list as a draft of it. */
import { fieldValue } from '../../slate/event-fields.ts';
import type { FieldValue } from '../../slate/fields.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { END_OF_TIMES } from '../../slate/times.ts';
import type { IdCodes } from '../blocks/event-block.ts';
import { CELL_KINDS, type ListText, TEXT_KEYS } from '../blocks/list-block.ts';
import {
  addBoolean,
  addItem,
  addNumber,
  addText,
  addValue,
  clearDraft,
  createListDraft,
  type ListDraft,
  setPlace,
  sortDraft,
} from '../blocks/list-draft.ts';
import { createTextCodes, type TextCodes } from '../blocks/text-codes.ts';
import { isMissing } from './cells.ts';
import type { OpenChunk, RowRange, ShownField } from './open-chunk.ts';
import type { Reading } from './rows-of-list.ts';
import type { NumberCells } from './table.ts';

export interface DraftedClick {
  /** Its place among the rows of the list. */
  readonly at: number;
  readonly chunk: OpenChunk;
  readonly row: number;
  readonly time: number;
  /** A code. */
  readonly item: number;
}

export interface ListFiller {
  readonly draft: ListDraft;
  readonly clicks: readonly DraftedClick[];
  /** Whether all clicks count, and are in the draft. */
  readonly isWhole: boolean;
  /** Whether its rows name no user. */
  readonly isNobody: boolean;
  /** False where a cell is not plain: what is in it must be judged as a row is. */
  fill(id: string, ranges: readonly RowRange[]): boolean;
}

/** Texts of a field that are remembered. */
const MOST_TEXTS = 1 << 17;

export function createListFiller({ columns, options, codes }: Reading & { readonly codes: IdCodes }): ListFiller {
  const { firstPosition = 0, clickWindow = -1 } = options;
  const draft = createListDraft();
  const itemCodes = createTextCodes();
  const userCodes = createTextCodes();
  const nobody = codes.users.indexOf('');
  const fieldTexts = columns.itemFields.map(() => rememberedTexts());
  /** Of each item the last list that had it: an item stands in a list once. */
  let lastList: Int32Array = new Int32Array(1024);
  let lists = 0;
  let clicks: DraftedClick[] = [];
  let isNobody = false;
  let isWhole = false;
  return {
    draft,
    get clicks() {
      return clicks;
    },
    get isWhole() {
      return isWhole;
    },
    get isNobody() {
      return isNobody;
    },
    fill(id, ranges) {
      clearDraft(draft);
      clicks = [];
      lists++;
      draft.id = id;
      if (!fillList(ranges[0].chunk, ranges[0].from)) return false;
      for (const { chunk, from, to } of ranges)
        for (let row = from; row < to; row++) if (!fillRow(chunk, row)) return false;
      isWhole = clickWindow >= 0 && clicks.every(({ time }) => time >= draft.time && time - draft.time <= clickWindow);
      if (isWhole) for (const { at, time } of clicks) draft.clickTimes[at] = time;
      sortDraft(draft);
      return true;
    },
  };

  /** What the first row tells of the list. */
  function fillList(chunk: OpenChunk, row: number): boolean {
    const { table, time, user } = chunk;
    if (!isTime(time, row)) return false;
    draft.time = Math.floor(time.values[row]);
    draft.line = table.line + row;
    isNobody = !user || user.isEmpty(row);
    draft.user =
      !user || isNobody ? nobody : userCodes.codeOf(user.words, row, () => codes.users.indexOf(user.textOf(row)));
    for (const key of TEXT_KEYS) if (!fillText(chunk, row, key)) return false;
    for (const { name, at } of columns.listFields) {
      const cell = table.cell(at, row);
      if (isMissing(cell)) continue;
      const value = plainValue(name, typeof cell === 'bigint' ? Number(cell) : cell);
      if (value === undefined) return false;
      addValue(draft, name, -1, value);
    }
    return true;
  }

  function fillText({ table }: OpenChunk, row: number, key: ListText): boolean {
    const at = columns.at[key];
    const cell = at === undefined ? undefined : table.cell(at, row);
    if (isMissing(cell)) return true;
    if (typeof cell !== 'string') return false;
    draft.texts = { ...draft.texts, [key]: cell };
    return true;
  }

  function fillRow(chunk: OpenChunk, row: number): boolean {
    const { item, numbers, fields } = chunk;
    if (item.isEmpty(row)) return false;
    const code = itemCodes.codeOf(item.words, row, () => codes.items.indexOf(item.textOf(row)));
    if (code >= lastList.length) lastList = larger(lastList, code);
    if (lastList[code] === lists) return false;
    lastList[code] = lists;
    const at = addItem(draft, code);
    const { position, clicked, clickTime } = numbers;
    if (position) {
      if (!isNumberFrom(position, row, firstPosition)) return false;
      setPlace(draft, 'position', at, position.values[row] - firstPosition);
    }
    for (const key of ['row', 'col'] as const) {
      const cells = numbers[key];
      if (!cells || cells.isEmpty(row)) continue;
      if (!isNumberFrom(cells, row, 0)) return false;
      setPlace(draft, key, at, cells.values[row]);
    }
    for (const key of ['propensity', 'placePropensity'] as const) {
      const cells = numbers[key];
      if (!cells || cells.isEmpty(row)) continue;
      if (!(cells.values[row] > 0 && cells.values[row] <= 1)) return false;
      setPlace(draft, key, at, cells.values[row]);
    }
    for (let n = 0; n < fields.length; n++) if (!fillField(fields[n], fieldTexts[n], row, at)) return false;
    if (clickTime) {
      if (clickTime.isEmpty(row)) return true;
      if (!isTime(clickTime, row)) return false;
      clicks.push({ at, chunk, row, time: Math.floor(clickTime.values[row]), item: code });
    } else if (clicked && !clicked.isEmpty(row)) {
      // Less than none is no answer.
      if (!(clicked.values[row] >= 0)) return false;
      if (clicked.values[row] > 0) clicks.push({ at, chunk, row, time: draft.time, item: code });
    }
    return true;
  }

  function fillField(field: ShownField, texts: RememberedTexts, row: number, at: number): boolean {
    const { name, form, cells } = field;
    if (cells.isEmpty(row)) return true;
    if (form === 'text')
      addText(
        draft,
        name,
        at,
        CELL_KINDS.text,
        texts.textOf(cells.words, row, () => cells.textOf(row)),
      );
    else if (form === 'truth') addBoolean(draft, name, at, cells.values[row] !== 0);
    else if (Number.isFinite(cells.values[row])) addNumber(draft, name, at, cells.values[row]);
    else return false;
    return true;
  }
}

/** The text of each word, made once. */
interface RememberedTexts {
  textOf(words: Int32Array, row: number, read: () => string): string;
}

function rememberedTexts(): RememberedTexts {
  const codes: TextCodes = createTextCodes(MOST_TEXTS);
  let texts: string[] = [];
  return {
    textOf(words, row, read) {
      const code = codes.codeOf(words, row, () => {
        // The codes are forgotten with them.
        if (texts.length >= MOST_TEXTS) texts = [];
        return texts.push(read()) - 1;
      });
      return texts[code];
    },
  };
}

function plainValue(name: string, cell: unknown): FieldValue | undefined {
  try {
    return fieldValue(name, cell);
  } catch (error) {
    if (error instanceof RejectedEvent) return undefined;
    throw error;
  }
}

const isTime = (cells: NumberCells, row: number): boolean =>
  !cells.isEmpty(row) && cells.values[row] >= 0 && cells.values[row] < END_OF_TIMES;

const isNumberFrom = (cells: NumberCells, row: number, first: number): boolean =>
  !cells.isEmpty(row) && Number.isSafeInteger(cells.values[row]) && cells.values[row] >= first;

function larger(before: Int32Array, code: number): Int32Array {
  const room = new Int32Array(Math.max(2 * before.length, code + 1));
  room.set(before);
  return room;
}

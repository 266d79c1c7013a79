/** Lists and interactions from lines of the common form, straight to codes and numbers. Of all other lines it says nothing: `parseEvent` judges them. */
import { moment } from '../../slate/event-values.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { createByteCodes } from '../blocks/byte-codes.ts';
import type { IdCodes } from '../blocks/event-block.ts';
import { CELL_KINDS, type ListPlace, type ListText } from '../blocks/list-block.ts';
import {
  addBoolean,
  addItem,
  addNumber,
  addText,
  clearDraft,
  createListDraft,
  type ListDraft,
  setPlace,
  sortDraft,
} from '../blocks/list-draft.ts';
import { createKeys, type Key } from './keys.ts';
import { createTokens } from './tokens.ts';

export interface LineScanner {
  /** What a line without letters beyond ASCII is, if it is of the common form. */
  scan(line: Buffer): 'list' | 'interaction' | undefined;
  readonly draft: ListDraft;
  readonly interaction: ScannedInteraction;
}

export interface ScannedInteraction {
  time: number;
  ranking: string;
  /** Codes; -1 is nobody, or what is not told. */
  user: number;
  item: number;
  type: string;
}

const [OPEN, CLOSE, LIST, END, COMMA, COLON] = Buffer.from('{}[],:');
const [NULL, TRUE, FALSE] = ['null', 'true', 'false'].map((word) => Buffer.from(word));

export function createLineScanner(codes: IdCodes, firstPosition = 0): LineScanner {
  const tokens = createTokens();
  const keys = createKeys();
  const draft = createListDraft();
  const items = createByteCodes((text) => codes.items.indexOf(text));
  const users = createByteCodes((text) => codes.users.indexOf(text));
  const names: string[] = [];
  const nameCodes = createByteCodes((text) => names.push(text) - 1);
  const types: string[] = [];
  const typeCodes = createByteCodes((text) => types.push(text) - 1);
  const interaction: ScannedInteraction = { time: 0, ranking: '', user: -1, item: -1, type: '' };
  /** Of each item the last list that had it. */
  let lastList: Int32Array = new Int32Array(1024);
  let lists = 0;
  let line: Buffer = Buffer.alloc(0);
  return {
    draft,
    interaction,
    scan(bytes) {
      line = bytes;
      tokens.start(bytes);
      // A line tells first what it is.
      if (!tokens.sign(OPEN) || keyNext() !== 'event' || !tokens.text()) return undefined;
      const kind = keys.of(line, tokens.from, tokens.to);
      if (kind === 'ranking') return scanList() && tokens.isEnd() ? 'list' : undefined;
      if (kind === 'interaction') return scanInteraction() && tokens.isEnd() ? 'interaction' : undefined;
      return undefined;
    },
  };

  function keyNext(): Key | undefined {
    if (!tokens.text()) return undefined;
    const key = keys.of(line, tokens.from, tokens.to);
    return tokens.sign(COLON) ? key : undefined;
  }

  function textNow(): string {
    return line.toString('latin1', tokens.from, tokens.to);
  }

  function isEmpty(): boolean {
    return tokens.from === tokens.to;
  }

  function scanTime(): number | undefined {
    if (tokens.number()) return timeOf(tokens.value);
    return tokens.text() ? timeOf(textNow()) : undefined;
  }

  /** A code, -1 for nobody; undefined for what is no plain text. */
  function scanUser(): number | undefined {
    if (tokens.word(NULL)) return -1;
    if (!tokens.text()) return undefined;
    return isEmpty() ? -1 : users.codeOf(line, tokens.from, tokens.to);
  }

  /** The entries of an object up to its end; each key once. */
  function entries(take: (key: Key) => boolean): boolean {
    let seen = 0;
    while (tokens.sign(COMMA)) {
      const key = keyNext();
      if (key === undefined) return false;
      const bit = 1 << keys.numberOf(key);
      if ((seen & bit) !== 0 || !take(key)) return false;
      seen |= bit;
    }
    return tokens.sign(CLOSE);
  }

  function scanInteraction(): boolean {
    let time: number | undefined;
    Object.assign(interaction, { ranking: '', user: -1, item: -1, type: '' });
    const isRead = entries((key) => {
      if (key === 'id' || key === 'session') return tokens.word(NULL) || tokens.text() || tokens.number();
      if (key === 'timestamp') {
        time = scanTime();
        return time !== undefined;
      }
      if (key === 'user') {
        const user = scanUser();
        interaction.user = user ?? -1;
        return user !== undefined;
      }
      if (!tokens.text() || isEmpty()) return false;
      if (key === 'ranking') interaction.ranking = textNow();
      else if (key === 'item') interaction.item = items.codeOf(line, tokens.from, tokens.to);
      else if (key === 'type') interaction.type = types[typeCodes.codeOf(line, tokens.from, tokens.to)];
      else return false;
      return true;
    });
    if (!isRead || time === undefined || interaction.item < 0 || interaction.type === '') return false;
    interaction.time = time;
    return interaction.ranking !== '' || interaction.user >= 0;
  }

  function scanList(): boolean {
    clearDraft(draft);
    lists++;
    let time: number | undefined;
    let user = -1;
    draft.id = '';
    const isRead = entries((key) => {
      if (key === 'timestamp') {
        time = scanTime();
        return time !== undefined;
      }
      if (key === 'user') {
        const code = scanUser();
        user = code ?? -1;
        return code !== undefined;
      }
      if (key === 'fields') return scanFields(-1);
      if (key === 'items') return scanItems();
      if (key === 'propensity') {
        if (tokens.word(NULL)) return true;
        if (!tokens.number()) return false;
        draft.propensity = tokens.value;
        return true;
      }
      if (key !== 'id' && tokens.word(NULL)) return isListText(key);
      if (!tokens.text()) return false;
      if (key === 'id') draft.id = textNow();
      else if (isListText(key)) draft.texts = { ...draft.texts, [key]: textNow() };
      else return false;
      return true;
    });
    if (!isRead || time === undefined || draft.id === '' || draft.length === 0) return false;
    draft.time = time;
    draft.user = user < 0 ? codes.users.indexOf('') : user;
    sortDraft(draft);
    return true;
  }

  function scanItems(): boolean {
    if (!tokens.sign(LIST)) return false;
    do {
      if (!tokens.sign(OPEN) || !scanItem()) return false;
    } while (tokens.sign(COMMA));
    return tokens.sign(END);
  }

  function scanItem(): boolean {
    const at = draft.length;
    let code = -1;
    let relevancy: number | undefined;
    const place: Partial<Record<ListPlace, number>> = {};
    let seen = 0;
    do {
      const key = keyNext();
      if (key === undefined) return false;
      const bit = 1 << keys.numberOf(key);
      if ((seen & bit) !== 0) return false;
      seen |= bit;
      if (key === 'id') {
        if (!tokens.text() || isEmpty()) return false;
        code = items.codeOf(line, tokens.from, tokens.to);
      } else if (key === 'fields') {
        if (!scanFields(at)) return false;
      } else if (tokens.word(NULL)) {
        if (key !== 'relevancy' && !isPlace(key)) return false;
      } else if (!tokens.number()) return false;
      else if (key === 'relevancy') relevancy = tokens.value;
      else if (!isPlace(key) || !isSound(key, tokens.value)) return false;
      else place[key] = key === 'position' ? tokens.value - firstPosition : tokens.value;
    } while (tokens.sign(COMMA));
    if (!tokens.sign(CLOSE) || code < 0 || !isFirst(code)) return false;
    addItem(draft, code);
    for (const key in place) setPlace(draft, key as ListPlace, at, place[key as ListPlace] ?? -1);
    if (relevancy === undefined) return true;
    if (hasField('relevancy', at)) return false;
    addNumber(draft, 'relevancy', at, relevancy);
    return true;
  }

  /** Whether the list did not have the item before. */
  function isFirst(code: number): boolean {
    if (code >= lastList.length) {
      const room = new Int32Array(Math.max(2 * lastList.length, code + 1));
      room.set(lastList);
      lastList = room;
    }
    if (lastList[code] === lists) return false;
    lastList[code] = lists;
    return true;
  }

  function isSound(key: ListPlace, value: number): boolean {
    if (key === 'propensity' || key === 'placePropensity') return value > 0 && value <= 1;
    return Number.isInteger(value) && value >= (key === 'position' ? firstPosition : 0);
  }

  function scanFields(at: number): boolean {
    if (tokens.word(NULL)) return true;
    if (!tokens.sign(LIST)) return false;
    if (tokens.sign(END)) return true;
    do {
      if (!tokens.sign(OPEN) || keyNext() !== 'name' || !tokens.text() || isEmpty()) return false;
      const name = names[nameCodes.codeOf(line, tokens.from, tokens.to)];
      // Objects put names that are numbers before all others.
      if (/^\d/.test(name) || hasField(name, at) || !tokens.sign(COMMA) || keyNext() !== 'value') return false;
      if (tokens.number()) addNumber(draft, name, at, tokens.value);
      else if (tokens.text()) addText(draft, name, at, CELL_KINDS.text, textNow());
      else if (tokens.word(TRUE)) addBoolean(draft, name, at, true);
      else if (tokens.word(FALSE)) addBoolean(draft, name, at, false);
      else if (!tokens.word(NULL)) return false;
      if (!tokens.sign(CLOSE)) return false;
    } while (tokens.sign(COMMA));
    return tokens.sign(END);
  }

  function hasField(name: string, at: number): boolean {
    const { cells } = draft;
    for (let n = cells.count - 1; n >= 0 && cells.at[n] === at; n--) if (cells.names[n] === name) return true;
    return false;
  }
}

/** Undefined for what is no moment. */
function timeOf(value: number | string): number | undefined {
  try {
    return moment(value, 'timestamp');
  } catch (error) {
    if (error instanceof RejectedEvent) return undefined;
    throw error;
  }
}

const isListText = (key: Key): key is ListText =>
  key === 'session' || key === 'surface' || key === 'variant' || key === 'policy';
const isPlace = (key: Key): key is ListPlace =>
  key === 'position' || key === 'row' || key === 'col' || key === 'propensity' || key === 'placePropensity';

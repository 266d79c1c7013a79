/** Lines of a page are this long at most, where they can be broken. */
const WIDTH = 150;

/** A row of a table that is longer makes its table a list. */
const LONGEST = 160;

/** A Markdown page with short lines: paragraphs and quotes are wrapped, and a table with a row that is too long becomes a list. Other tables, code, headings and lists stay. */
export function wrapPage(page) {
  let fenced = false;
  const wrapped = [];
  for (const line of page.replace(/(?:^\|.*\n)+/gm, tableOrList).split('\n')) {
    const last = wrapped.at(-1);
    const wraps = !fenced && !/^(?:$|[|#`\s]|[-*+] |\d+\. )/.test(line);
    if (line.startsWith('```')) fenced = !fenced;
    if (!wraps) wrapped.push({ wraps, text: line });
    else if (last?.wraps && quoteOf(last.text) === quoteOf(line)) last.text += ` ${line.slice(quoteOf(line).length)}`;
    else wrapped.push({ wraps, text: line });
  }
  return wrapped.flatMap(({ wraps, text }) => (wraps ? wrapParagraph(text) : [text])).join('\n');
}

/** Markdown cannot break the row of a table. */
function tableOrList(table) {
  const [head, , ...rows] = table.trimEnd().split('\n');
  const isShort = [head, ...rows].every((row) => row.length <= LONGEST);
  return isShort ? table : `${rows.map((row) => listItem(cellsOf(row), cellsOf(head))).join('\n')}\n`;
}

const cellsOf = (row) =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Name and type stand before the colon, what else there is behind it; a cell without a word holds a dash. */
function listItem([name, type, ...others], [, , ...titles]) {
  const told = others.flatMap((cell, at) =>
    cell === '-' ? [] : [titles[at] === 'Description' ? cell : `${titles[at]} ${cell}.`],
  );
  const [first, ...more] = wrapParagraph(`${name} (${type})${told.length === 0 ? '' : `: ${told.join(' ')}`}`);
  return [`- ${first}`, ...more.map((line) => `  ${line}`)].join('\n');
}

const quoteOf = (line) => (line.startsWith('> ') ? '> ' : '');

function wrapParagraph(text) {
  const quote = quoteOf(text);
  const lines = [[]];
  let width = quote.length;
  for (const word of wordsOf(text.slice(quote.length))) {
    // A line that begins with such a word would be a list, a heading, a table or a quote.
    const mayBegin = !/^(?:[-+*>#=|]|\d+[.)]$)/.test(word);
    if (width + word.length > WIDTH && mayBegin) {
      lines.push([]);
      width = quote.length;
    }
    lines.at(-1).push(word);
    width += word.length + 1;
  }
  return lines.map((words) => quote + words.join(' '));
}

/** Cut at spaces, but for those in the text of links and in inline code that a line can hold. */
const wordsOf = (text) =>
  (text.match(/(?:`[^`]*`|\[[^\]]*\](?:\([^)]*\))?|\S)+/g) ?? []).flatMap((word) =>
    word.length > WIDTH ? word.split(' ') : [word],
  );

/** Lines of a page are this long at most, where they can be broken. */
const WIDTH = 150;

/** A Markdown page whose paragraphs and quotes have short lines. Code fences, tables, headings and lists stay as they are. */
export function wrapPage(page) {
  let fenced = false;
  const wrapped = [];
  for (const line of page.split('\n')) {
    const last = wrapped.at(-1);
    const wraps = !fenced && !/^(?:$|[|#`\s]|[-*+] |\d+\. )/.test(line);
    if (line.startsWith('```')) fenced = !fenced;
    if (!wraps) wrapped.push({ wraps, text: line });
    else if (last?.wraps && quoteOf(last.text) === quoteOf(line)) last.text += ` ${line.slice(quoteOf(line).length)}`;
    else wrapped.push({ wraps, text: line });
  }
  return wrapped.flatMap(({ wraps, text }) => (wraps ? wrapParagraph(text) : [text])).join('\n');
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

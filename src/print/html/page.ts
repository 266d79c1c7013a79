/** A whole page: no script, nothing loaded. */
import { type Html, html, trustedMarkup } from '../html-template.ts';
import { PAGE_STYLE } from './page-style.ts';
import { type Section, sectionMarkup } from './section.ts';

export interface Page {
  /** What it is of, above the headline. */
  readonly eyebrow: string;
  readonly headline: string;
  readonly findings: readonly string[];
  readonly sections: readonly Section[];
}

export function pageMarkup({ eyebrow, headline, findings, sections }: Page): string {
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  const found: Html =
    findings.length === 0
      ? html``
      : html`<ul class="findings">${findings.map((sentence) => html`<li>${together(sentence)}</li>`)}</ul>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="slatewise">
<title>Slatewise: ${headline}</title>
<style>${trustedMarkup(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header><div>
  <p class="eyebrow">${eyebrow}</p>
  <h1>${together(headline)}</h1>
  ${found}
  <nav aria-label="Parts of this page"><ul>${links}</ul></nav>
</div></header>
<main id="content">
${sections.map(sectionMarkup)}
</main>
</body>
</html>
`.markup;
}

/** Neither a number and its sign nor the letters of an option stand on two lines. */
const together = (sentence: string): readonly Html[] =>
  sentence
    .replaceAll(' %', '\u00a0%')
    .split(/(?<![\w-])(--[a-z-]+)/)
    .map((part, at) => (at % 2 === 1 ? html`<span class="word">${part}</span>` : html`${part}`));

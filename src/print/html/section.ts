/** A part of a page, and how its pictures stand in it. */
import { keySign, type Picture, type PictureKey, pictureMarks } from '../charts/picture.ts';
import { type Html, html } from '../html-template.ts';

export interface Section {
  /** Of its heading in the page's address. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
  /** All that stand in the body. */
  readonly pictures: readonly Picture[];
}

export function sectionMarkup({ id, title, body }: Section): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
}

/** Pixels from which a picture is scrolled on a narrow screen rather than made too small to be read. */
const WIDE = 500;

/** A picture with its title, what it shows, its keys, and the table behind it. */
export function figure(picture: Picture, { showsKeys = true }: { readonly showsKeys?: boolean } = {}): Html {
  const { title, note, keys = [], width, table } = picture;
  const marks = pictureMarks(picture);
  // Several pictures may be of one recipe: a short note tells them apart.
  const named = note === undefined || note.length > 40 ? title : `${title}, ${note}`;
  const shown =
    width > WIDE
      ? scrolled(html`<div style="min-width:${Math.round(0.8 * width)}px;max-width:${width}px">${marks}</div>`, title)
      : marks;
  return html`<figure><figcaption>${title}${note === undefined ? html`` : html` <small>${note}</small>`}</figcaption>
    ${showsKeys && keys.length > 0 ? keyLine(keys) : html``}${shown}
    <details><summary>Numbers<span class="hidden"> of ${named}</span></summary>${scrolled(table, `Numbers of ${named}`)}</details></figure>`;
}

export function keyLine(keys: readonly PictureKey[]): Html {
  return html`<p class="keys">${keys.map((key) => html`<span>${signOf(key)}${key.label}</span> `)}</p>`;
}

const signOf = (key: PictureKey): Html =>
  html`<svg class="picture" aria-hidden="true" viewBox="0 0 22 10" width="22" height="10">${keySign(key, { x: 0, y: 5 })}</svg>`;

/** Reached and moved by the keyboard. */
export function scrolled(content: Html, label: string): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>`;
}

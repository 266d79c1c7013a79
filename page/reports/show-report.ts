/**
 * A report within this page. It has a style sheet and attributes of style, which the policy of this page takes from no text: they are set by the program instead, within a tree of their own, so that
 * neither page changes the other. Scripts of a text that is parsed do not run, and the policy would stop them.
 */
export function showReport(place: HTMLElement, text: string): void {
  const sheets: CSSStyleSheet[] = [];
  // The parser itself would apply them, and be refused.
  const plain = text
    .replace(/<style>([\s\S]*?)<\/style>/g, (_, rules: string) => {
      const sheet = new CSSStyleSheet();
      // What a page says of its root and its body holds here for the tree.
      sheet.replaceSync(rules.replaceAll(':root', ':host').replace(/(^|[\s},])(body|main)(?=[\s{,])/g, '$1.$2'));
      sheets.push(sheet);
      return '';
    })
    .replace(/(<[^<>]*?)\sstyle="/g, '$1 data-style="');
  const parsed = new DOMParser().parseFromString(plain, 'text/html');
  for (const unwanted of parsed.querySelectorAll('script, iframe, object, embed, link, base, meta, form'))
    unwanted.remove();
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = sheets;
  const body = document.createElement('div');
  body.className = 'body';
  body.append(...parsed.body.childNodes);
  for (const element of body.querySelectorAll<HTMLElement>('*')) {
    for (const { name } of [...element.attributes]) if (name.startsWith('on')) element.removeAttribute(name);
    const { style } = element.dataset;
    if (style !== undefined) element.style.cssText = style;
  }
  // There is one main part, and one way to it: those of the page around it.
  body.querySelector('.skip')?.remove();
  for (const part of body.querySelectorAll('main')) {
    const plainPart = document.createElement('div');
    plainPart.className = 'main';
    plainPart.append(...part.childNodes);
    part.replaceWith(plainPart);
  }
  root.replaceChildren(body);
  // Its links to its own parts are those of another page here.
  body.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    body.querySelector(`#${CSS.escape((link.getAttribute('href') ?? '').slice(1))}`)?.scrollIntoView();
  });
}

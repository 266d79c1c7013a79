/**
 * A report within this page. It has a style sheet and attributes of style, which the policy of this page takes from no text: they are set by the program instead, within a tree of their own, so that
 * neither page changes the other. Scripts of a text that is parsed do not run, and the policy would stop them.
 */
export function showReport(place: HTMLElement, text: string): void {
  const parsed = new DOMParser().parseFromString(text, 'text/html');
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  for (const unwanted of parsed.querySelectorAll('script, iframe, object, embed, link, base, meta, form'))
    unwanted.remove();
  root.adoptedStyleSheets = [...parsed.querySelectorAll('head style')].map(({ textContent }) => {
    const sheet = new CSSStyleSheet();
    // What a page says of its root and its body holds here for the tree.
    sheet.replaceSync((textContent ?? '').replaceAll(':root', ':host').replace(/(^|[\s}])body(?=[\s{])/g, '$1.body'));
    return sheet;
  });
  const body = document.createElement('div');
  body.className = 'body';
  const styled = [...parsed.body.querySelectorAll<HTMLElement>('[style]')].map((element) => {
    const style = element.getAttribute('style') ?? '';
    element.removeAttribute('style');
    return { element, style };
  });
  body.append(...parsed.body.childNodes);
  root.replaceChildren(body);
  for (const { element, style } of styled) element.style.cssText = style;
  for (const element of body.querySelectorAll('*'))
    for (const { name } of [...element.attributes]) if (name.startsWith('on')) element.removeAttribute(name);
  // Its links to its own parts are those of another page here.
  body.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const part = body.querySelector(`#${CSS.escape((link.getAttribute('href') ?? '').slice(1))}`);
    part?.scrollIntoView();
  });
}

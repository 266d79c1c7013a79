/** What stands around every page: the way to its content, the name, the ways to the others. */
import type { ComponentChildren, JSX } from 'preact';

export interface PageLink {
  readonly href: string;
  readonly name: string;
}

/** What the server has beside the page that is shown: it says so in the page that it sends. */
const has = (name: string): boolean => (document.documentElement.dataset.has ?? '').split(' ').includes(name);

/** The pages that `slatewise serve` has; none where no such server sent this one. */
export const serverPages = (): readonly PageLink[] =>
  has('pages')
    ? [
        { href: '/', name: 'Live' },
        { href: '/lists', name: 'Lists' },
        { href: '/lists#compare', name: 'Compare' },
        { href: '/reports', name: 'Reports' },
        ...(has('playground') ? [{ href: '/playground/', name: 'Playground' }] : []),
      ]
    : [];

export interface FrameProps {
  /** Of the page's own link. */
  readonly current: string;
  readonly pages?: readonly PageLink[];
  /** At the right of the head. */
  readonly status?: ComponentChildren;
  readonly children: ComponentChildren;
}

export const Frame = ({ current, pages = serverPages(), status, children }: FrameProps): JSX.Element => (
  <>
    <a class="skip" href="#content">
      To the content
    </a>
    <header class="top">
      <div class="wide">
        <a class="brand" href={pages[0]?.href ?? '/'}>
          Slatewise
        </a>
        <nav aria-label="Pages">
          <ul>
            {pages.map(({ href, name }) => (
              <li key={href}>
                <a href={href} {...(href === current ? { 'aria-current': 'page' as const } : {})}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="status">{status}</div>
      </div>
    </header>
    <main id="content" class="wide" tabIndex={-1}>
      {children}
    </main>
  </>
);

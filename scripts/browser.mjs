// A page in Chromium: for pictures of it, and for checks that need a browser. Its path is that of Debian's package, unless CHROMIUM names another.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined where there is none. `SLATEWISE_CHROMIUM=must`: a missing one is an error, so that nobody takes a test for passed that did not run. */
export function chromiumPath(exists = existsSync) {
  const found = PLACES.find((path) => path !== undefined && path !== '' && exists(path));
  if (found === undefined && process.env.SLATEWISE_CHROMIUM === 'must')
    throw new Error(
      'pages: expected Chromium, found none; install it (Debian: apt-get install chromium), or name it in CHROMIUM',
    );
  return found;
}

/** `use` gets a function that opens a page: of this size in pixels, in this colour scheme, twice as sharp with `isSharp`. */
export async function withBrowser(use) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  try {
    return await use(async (address, { width = 1280, height = 900, scheme = 'light', isSharp = false } = {}) => {
      const page = await browser.newPage({
        viewport: { width, height },
        colorScheme: scheme,
        deviceScaleFactor: isSharp ? 2 : 1,
      });
      await page.goto(address);
      return page;
    });
  } finally {
    await browser.close();
  }
}

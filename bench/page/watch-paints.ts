/**
 * Runs in the tab before the page's own scripts, and notes when a change was made and when its answer was painted. A change counts from the time of its
 * event, as the browser stamps it; the answer counts as painted in the first task after the frame in which no number on the page is an older list's.
 */
export const WATCH_PAINTS = `
globalThis.paints = { first: undefined, from: undefined, painted: undefined, isArmed: false };
{
  const { paints } = globalThis;
  let [isOlder, isSeen] = [false, false];
  for (const kind of ['keydown', 'click'])
    addEventListener(kind, (event) => {
      if (!paints.isArmed || ['Alt', 'Shift', 'Control'].includes(event.key)) return;
      paints.isArmed = false;
      isOlder = false;
      paints.painted = undefined;
      paints.from = event.timeStamp;
      // A list whose answer is kept is never an older one: what the first frame shows is its answer.
      afterFrame((at) => requestAnimationFrame(() => {
        if (!isOlder && paints.from === event.timeStamp) paints.painted ??= at;
      }));
    }, { capture: true });
  paints.until = (name) => new Promise((told) => {
    const look = () => (paints[name] === undefined ? setTimeout(look, 5) : told(paints[name]));
    look();
  });
  const afterFrame = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
  new MutationObserver(() => {
    const hasOlder = document.querySelector('.older') !== null;
    if (!isSeen && !hasOlder && /\\d/.test(document.querySelector('.slate-card .value')?.textContent ?? '')) {
      isSeen = true;
      afterFrame((at) => { paints.first = at; });
    }
    if (paints.from === undefined || paints.painted !== undefined) return;
    if (hasOlder) isOlder = true;
    else if (isOlder) {
      isOlder = false;
      afterFrame((at) => { paints.painted ??= at; });
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}`;

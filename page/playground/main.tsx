import '../shared/base.css';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => {
  console.log(JSON.stringify(data).slice(0, 300));
  if (data.kind === 'ready') worker.postMessage({ kind: 'train', recipe: 'attention-bce', seed: 1 });
};
worker.onerror = (e) => console.log('error', e.message);
worker.postMessage({
  kind: 'make',
  settings: { scene: 'drinks', lists: 10000, company: 1, position: 0, odds: 1, size: 6, seed: 1 },
});

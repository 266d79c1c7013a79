/** The thread that learns: everything but the page itself. */
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { ToPlayground } from '../../src/playground/messages.ts';
import { createPlayground } from '../../src/playground/playground.ts';
import { setWebPlace } from '../../src/runtime/web/place.ts';

setWebPlace({ wasm: new URL(wasm, self.location.href).href });
const playground = createPlayground({ tell: (news) => self.postMessage(news), workers: 1 });
self.onmessage = ({ data }: MessageEvent<ToPlayground>) => playground.take(data);

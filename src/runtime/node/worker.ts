import { parentPort } from 'node:worker_threads';
import { answerJobs, type ToWorker } from '../answer-jobs.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs only as a worker thread');

const answer = answerJobs((message, memory) => port.postMessage(message, [...memory]));
port.on('message', (message: ToWorker) => answer(message));

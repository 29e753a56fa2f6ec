import type { Operation } from './operation.ts';

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

export interface Match {
  readonly operation: Operation;
  readonly params: Record<string, string>;
}

/** Finds the operation of a method and path. */
export class Routes {
  readonly #routes: Route[];

  constructor(operations: readonly Operation[]) {
    this.#routes = operations.map((operation) => ({ operation, ...compilePath(operation.path) }));
  }

  find(method: string, path: string): Match | undefined {
    for (const { operation, pattern, names } of this.#routes) {
      if (operation.method !== method) continue;
      const params = matchPath(pattern, names, path);
      if (params) return { operation, params };
    }
    return undefined;
  }
}

/** Turns `/a/{b}` into a pattern and the names of its parameters. */
export function compilePath(path: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}

/** The decoded parameters, or undefined when the path is another one. */
export function matchPath(pattern: RegExp, names: readonly string[], path: string): Record<string, string> | undefined {
  const match = pattern.exec(path);
  if (!match) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const text = match[index + 1] ?? '';
    try {
      params[name] = decodeURIComponent(text);
    } catch {
      params[name] = text;
    }
  }
  return params;
}

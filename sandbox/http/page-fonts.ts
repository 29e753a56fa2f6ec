import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const FOLDER = dirname(require.resolve('@fontsource/noto-sans-tc/400.css'));
const WEIGHTS = ['400', '700'];
let styles: string | undefined;

/**
 * A file below `/fonts/`: the styles of Noto Sans TC, or one of its subsets. The page asks for them only on machines
 * without a Chinese font of their own. Undefined when there is none of that name.
 */
export function readFont(name: string): { type: string; content: string | Buffer } | undefined {
  if (name === 'noto-sans-tc.css') {
    styles ??= WEIGHTS.map((weight) => readFileSync(join(FOLDER, `${weight}.css`), 'utf8'))
      .join('\n')
      .replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '');
    return { type: 'text/css; charset=utf-8', content: styles };
  }
  if (!/^files\/noto-sans-tc-[\w-]+\.woff2$/.test(name)) return undefined;
  try {
    return { type: 'font/woff2', content: readFileSync(join(FOLDER, name)) };
  } catch {
    return undefined;
  }
}

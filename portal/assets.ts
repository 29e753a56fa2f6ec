import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express, { type Router } from 'express';

/** Where styles, script and fonts lie. Longer than no secret, so that no link can be mistaken for it. */
export const ASSETS_PATH = '/portal-assets';

interface Asset {
  type: string;
  plain: Buffer;
  packed: Buffer;
}

const FONT_FOLDER = join(dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-tc/400.css')), 'files');

const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['portal.css', asset('text/css; charset=utf-8', readOwn('portal.css'))],
  ['portal.js', asset('text/javascript; charset=utf-8', readOwn('portal.js'))],
  ['fonts.css', asset('text/css; charset=utf-8', fontStyles())],
]);

/** Changes with any of the files, so that browsers may keep them for ever. */
const VERSION = createHash('sha256')
  .update(Buffer.concat([...ASSETS.values()].map(({ plain }) => plain)))
  .digest('hex')
  .slice(0, 12);

/** Addresses for the pages. */
export const ASSET_URLS = {
  css: `${ASSETS_PATH}/portal.css?v=${VERSION}`,
  js: `${ASSETS_PATH}/portal.js?v=${VERSION}`,
  fonts: `${ASSETS_PATH}/fonts.css?v=${VERSION}`,
} as const;

/** Serves the files; they hold nothing personal and may be kept. */
export function assetRoutes(): Router {
  const router = express.Router();
  router.get('/fonts/:name', (request, response, next) => {
    if (!/^noto-sans-tc-[\w-]+\.woff2$/.test(request.params.name)) return next();
    response.set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' });
    response.sendFile(request.params.name, { root: FONT_FOLDER, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next();
    });
  });
  router.get('/:name', (request, response, next) => {
    const found = ASSETS.get(request.params.name);
    if (!found) return next();
    response.set({
      'Content-Type': found.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
    });
    if (request.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').end(found.packed);
    else response.end(found.plain);
  });
  return router;
}

function asset(type: string, content: string): Asset {
  const plain = Buffer.from(content);
  return { type, plain, packed: gzipSync(plain) };
}

function readOwn(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}

/** The package's own styles for all subsets of the two weights in use; WOFF2 only, every browser of today reads it. */
function fontStyles(): string {
  const require = createRequire(import.meta.url);
  return ['400', '700']
    .map((weight) => readFileSync(require.resolve(`@fontsource/noto-sans-tc/${weight}.css`), 'utf8'))
    .join('\n')
    .replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
    .replaceAll('url(./files/', 'url(fonts/')
    .replace(/\/\*[^*]*\*\/\s*/g, '');
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mail } from '../mail/mailbox.ts';
import { readFont } from './page-fonts.ts';

const FOLDER = fileURLToPath(new URL('../page/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};
/** What people write is shown here: nothing but the page's own files may run, and nothing leaves the machine. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** A mail brings its own looks, but no scripts, no pictures from elsewhere and no rights on this origin. */
const MAIL_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

function headers(type: string, policy: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** Serves a file of the page or its fonts; false when there is none of that name. */
export function servePage(pathname: string, response: ServerResponse): boolean {
  if (pathname.startsWith('/fonts/')) {
    const font = readFont(pathname.slice('/fonts/'.length));
    if (!font) return false;
    response.writeHead(200, { ...headers(font.type, PAGE_POLICY), 'cache-control': 'public, max-age=86400' });
    response.end(font.content);
    return true;
  }
  const name = pathname === '/' ? 'index.html' : normalize(decodeURIComponent(pathname)).replace(/^(\.\.[/\\])+/, '');
  const path = join(FOLDER, name);
  const type = TYPES[extname(path)];
  if (!path.startsWith(FOLDER) || type === undefined || !existsSync(path) || !statSync(path).isFile()) return false;
  response.writeHead(200, headers(type, PAGE_POLICY));
  response.end(readFileSync(path));
  return true;
}

/** Shows the HTML of a mail as a mail program would; its links open in a window of their own. */
export function serveMail(mail: Mail | undefined, response: ServerResponse): void {
  response.writeHead(mail ? 200 : 404, headers('text/html; charset=utf-8', MAIL_POLICY));
  const links = '<base target="_blank">';
  const html = mail?.html ?? '';
  response.end(/<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, `$&${links}`) : `${links}${html}`);
}

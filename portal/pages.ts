import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { ASSET_URLS } from './assets.ts';

/** The pages that stand in `pages/`; parts used by several begin with an underscore. */
export type PageName = 'candidate' | 'pics' | 'story' | 'stop' | 'withdraw' | 'file' | 'bad-link';

const FOLDER = new URL('./pages/', import.meta.url);

/** Own surroundings: nothing that other templates register reaches these. Values are escaped for HTML. */
const handlebars = Handlebars.create();
const PAGES = new Map<string, HandlebarsTemplateDelegate>();
for (const file of readdirSync(FOLDER)) {
  const source = readFileSync(new URL(file, FOLDER), 'utf8');
  const name = file.replace(/\.hbs$/, '');
  if (name.startsWith('_')) handlebars.registerPartial(name.slice(1), source);
  else PAGES.set(name, handlebars.compile(source, { strict: true, knownHelpersOnly: true, preventIndent: true }));
}

/** Writes a page. A value that the template names and the view lacks is an error: no page is half written. */
export function writePage(name: PageName, view: Record<string, unknown>): string {
  const page = PAGES.get(name);
  if (!page) throw new RangeError(`no page: ${name}`);
  return page({ assets: ASSET_URLS, said: null, ...view });
}

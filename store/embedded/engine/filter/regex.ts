import { MongoError } from '../mongo-error.ts';
import type { RegexSpec } from './filter-node.ts';

function refuse(reason: string): never {
  throw new MongoError(51091, `Regular expression is invalid: ${reason}`);
}

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\v\\f\\r',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  word: 'A-Za-z0-9_',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
};

/** Escapes whose meaning differs between PCRE and JavaScript, outside and inside of brackets. */
const CLASS_ESCAPES: Readonly<Record<string, readonly [outside: string, inside: string | undefined]>> = {
  s: ['[ \\t\\n\\v\\f\\r]', ' \\t\\n\\v\\f\\r'],
  S: ['[^ \\t\\n\\v\\f\\r]', undefined],
  h: [
    '[ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
    ' \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  ],
  R: ['(?:\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])', undefined],
  N: ['[^\\n]', undefined],
  a: ['\\x07', '\\x07'],
  e: ['\\x1b', '\\x1b'],
};

/** Rewrites a pattern of PCRE (the dialect of MongoDB) as one of JavaScript with the flag `u`; refuses what has no equal. */
class PatternTranslator {
  readonly pattern: string;
  at = 0;
  out = '';
  extended: boolean;
  multiline: boolean;
  dotAll: boolean;
  ignoreCase: boolean;

  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.extended = options.includes('x');
    this.multiline = options.includes('m');
    this.dotAll = options.includes('s');
    this.ignoreCase = options.includes('i');
  }

  translate(): RegExp {
    this.inlineFlags();
    while (this.at < this.pattern.length) this.token();
    try {
      return new RegExp(this.out, this.ignoreCase ? 'iu' : 'u');
    } catch (error) {
      const reason = String(error);
      if (/Unterminated group/.test(reason)) refuse('missing )');
      if (/Nothing to repeat/.test(reason)) refuse('nothing to repeat');
      return refuse('the pattern cannot be compiled');
    }
  }

  /** Leading `(?ims)` for the whole pattern; flags in the middle have no equal here. */
  inlineFlags(): void {
    const match = /^\(\?([imsx]+)\)/.exec(this.pattern);
    if (!match) return;
    const flags = match[1] ?? '';
    this.extended ||= flags.includes('x');
    this.multiline ||= flags.includes('m');
    this.dotAll ||= flags.includes('s');
    this.ignoreCase ||= flags.includes('i');
    this.at = match[0].length;
  }

  token(): void {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
    switch (char) {
      case '\\':
        this.escape();
        return;
      case '[':
        this.bracket();
        return;
      case '(':
        this.group();
        return;
      case '.':
        this.out += this.dotAll ? '[^]' : '[^\\n]';
        break;
      case '^':
        this.out += this.multiline ? '(?<=^|\\n)' : '^';
        break;
      case '$':
        this.out += this.multiline ? '(?=\\n|$)' : '(?=\\n?$)';
        break;
      case '{':
        this.brace();
        return;
      case '}':
      case ']':
        this.out += `\\${char}`;
        break;
      case '*':
      case '+':
      case '?':
        this.quantifier(char);
        break;
      case '/':
        this.out += '\\/';
        break;
      default:
        if (this.extended && this.skipExtended(char)) return;
        this.out += char;
    }
    this.at += char.length;
  }

  quantifier(char: string): void {
    if (this.pattern[this.at + 1] === '+') refuse('possessive quantifiers are not supported');
    this.out += char;
  }

  /** White space and comments of the option `x`. */
  skipExtended(char: string): boolean {
    if (/[ \t\n\v\f\r]/.test(char)) {
      this.at += 1;
      return true;
    }
    if (char === '#') {
      const end = this.pattern.indexOf('\n', this.at);
      this.at = end === -1 ? this.pattern.length : end + 1;
      return true;
    }
    return false;
  }

  brace(): void {
    const match = /^\{\d+(,\d*)?\}/.exec(this.pattern.slice(this.at));
    this.out += match ? match[0] : '\\{';
    this.at += match ? match[0].length : 1;
    if (match && this.pattern[this.at] === '+') refuse('possessive quantifiers are not supported');
  }

  group(): void {
    const rest = this.pattern.slice(this.at);
    const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest) ?? /^\(\?'([A-Za-z_]\w*)'/.exec(rest);
    if (named) {
      this.out += `(?<${named[1]}>`;
      this.at += named[0].length;
      return;
    }
    const plain = /^\((?:\?(?::|=|!|<=|<!))?/.exec(rest)?.[0] ?? '(';
    const comment = /^\(\?#[^)]*\)/.exec(rest);
    if (comment) {
      this.at += comment[0].length;
      return;
    }
    if (plain === '(' && (rest[1] === '?' || rest[1] === '*')) refuse(`group ${rest.slice(0, 4)} is not supported`);
    this.out += plain;
    this.at += plain.length;
  }

  escape(): void {
    const char = this.pattern[this.at + 1];
    if (char === undefined) refuse('\\ at end of pattern');
    if (char === 'Q') {
      const end = this.pattern.indexOf('\\E', this.at + 2);
      const literal = this.pattern.slice(this.at + 2, end === -1 ? undefined : end);
      this.out += literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      this.at = end === -1 ? this.pattern.length : end + 2;
      return;
    }
    const mapped = CLASS_ESCAPES[char];
    const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2}))/.exec(this.pattern.slice(this.at));
    if (mapped) this.out += mapped[0];
    else if (char === 'A') this.out += '^';
    else if (char === 'z') this.out += '$';
    else if (char === 'Z') this.out += '(?=\\n?$)';
    else if (hex) {
      this.out += `\\u{${hex[1] ?? (hex[2] || '0')}}`;
      this.at += hex[0].length;
      return;
    } else if (/[dDwWbBnrtvf1-9]/.test(char)) this.out += `\\${char}`;
    else if (char === '0') this.out += '\\0';
    else if (/[pP]/.test(char)) {
      this.property();
      return;
    } else if (/[A-Za-z]/.test(char)) refuse(`escape \\${char} is not supported`);
    else this.out += this.literal(char);
    this.at += 2;
  }

  literal(char: string): string {
    return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
  }

  property(): void {
    const match = /^\\[pP](?:\{([A-Za-z_&]+)\}|([A-Z]))/.exec(this.pattern.slice(this.at));
    const name = match?.[1] ?? match?.[2];
    if (!match || !name || name === 'L&') refuse('unknown property after \\P or \\p');
    const script = name.length > 2 && name !== 'Any' ? `Script=${name}` : name;
    this.out += `${match[0].slice(0, 2)}{${script}}`;
    this.at += match[0].length;
  }

  bracket(): void {
    const pattern = this.pattern;
    let at = this.at + 1;
    let out = '[';
    if (pattern[at] === '^') {
      out += '^';
      at += 1;
    }
    for (let first = true; ; first = false) {
      const char = pattern[at];
      if (char === undefined) refuse('missing terminating ] for character class');
      if (char === ']' && !first) break;
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(pattern.slice(at));
      if (posix) {
        const set = POSIX_CLASSES[posix[2] ?? ''];
        if (!set || posix[1]) refuse('unknown POSIX class name');
        out += set;
        at += posix[0].length;
      } else if (char === '\\') {
        const escaped = pattern[at + 1] ?? '';
        const mapped = CLASS_ESCAPES[escaped];
        if (mapped) out += mapped[1] ?? refuse(`escape \\${escaped} is not supported in a class`);
        else if (/[dDwWnrtvfbpPx]/.test(escaped)) {
          const whole = /^\\(?:[pP]\{[A-Za-z_]+\}|x[0-9A-Fa-f]{2}|[dDwWnrtvfb])/.exec(pattern.slice(at));
          if (!whole) refuse('unsupported escape in a class');
          out += whole[0];
          at += whole[0].length - 2;
        } else if (/[A-Za-z0-9]/.test(escaped)) refuse(`escape \\${escaped} is not supported in a class`);
        else out += escaped === '' ? '\\\\' : `\\${escaped}`.replace(/^\\([^\\^$.*+?()[\]{}|/-])$/, '$1');
        at += 2;
      } else {
        out += /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
        at += 1;
      }
    }
    this.out += `${out}]`;
    this.at = at + 1;
  }
}

const cache = new Map<string, RegExp>();

/** Makes a regular expression of MongoDB usable. Errors: 51091 for what cannot be compiled, 51108 for unknown flags. */
export function compileRegex(pattern: string, options: string): RegexSpec {
  for (const flag of options) {
    if (!'imsxu'.includes(flag)) throw new MongoError(51108, ` invalid flag in regex options: ${flag}`);
  }
  if (pattern.includes('\0')) throw new MongoError(2, 'Regular expression cannot contain an embedded null byte');
  const key = `${options}/${pattern}`;
  let compiled = cache.get(key);
  if (!compiled) {
    compiled = new PatternTranslator(pattern, options).translate();
    if (cache.size > 500) cache.clear();
    cache.set(key, compiled);
  }
  return { pattern, options: [...options].sort().join(''), compiled };
}

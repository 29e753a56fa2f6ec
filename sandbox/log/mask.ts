const SECRET_KEYS =
  /^(clientSecret|client_secret|appSecret|appsecret|accessToken|access_token|token|ticket|apiSecret|refreshToken|session)$/;
const LONG_TEXT = 20_000;

/** A copy of a body in which no secret can be read and no text is longer than 20,000 characters. */
export function maskSecrets(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > LONG_TEXT ? `${value.slice(0, LONG_TEXT)}… (${value.length} characters)` : value;
  }
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        SECRET_KEYS.test(key) && typeof inner === 'string' ? '***' : maskSecrets(inner),
      ]),
    );
  }
  return value;
}

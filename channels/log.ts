/** What the channels need of a logger; pino's loggers are of this shape. Never a token, never personal data. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  /** Someone must act. */
  error(fields: object, message: string): void;
}

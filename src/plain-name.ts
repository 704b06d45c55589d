/** Letters with a few digits after them, or a short number: what people call things. */
const WORD = /^(?:\p{L}{0,24}\d{0,3})$/u;

/**
 * Whether a key of a mapping is the name of something, as `db_password`, `smtp.host` or `eu-west-1`, and not a value that somebody has put
 * there, as an API key that rights are given to. Nobody could read what names are taken out of.
 */
export function isPlainName(key: string): boolean {
  return key.split(/[_.-]/).every((word) => WORD.test(word));
}

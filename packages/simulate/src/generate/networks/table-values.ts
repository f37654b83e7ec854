const { imul } = Math

/** A number from 0 to below 1 by a whole number alone: a sample by it does not hang on what else there is. */
export function hashed(value: number): number {
  let h = imul(value ^ (value >>> 15), 0x2c1b3c6d)
  h = imul(h ^ (h >>> 12), 0x297a2d39)
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296
}

/** `JP` of two letters in one number, as the place tables keep countries. */
export function countryText(code: number): string {
  return String.fromCharCode(code >>> 8, code & 255)
}

/** Longest line that is read, in bytes; FortiOS and IVE write at most a few KiB (docs/formats.md, forms). */
export const LINE_BYTES_MAX = 64 * 1024

/** Longest value that is kept, in bytes; the rest of it is dropped and the event marked `recovered`. */
export const VALUE_BYTES_MAX = 8 * 1024

/** Pairs that are read of a line; a FortiGate line has at most about 80. */
export const PAIRS_MAX = 256

/** Longest key, in bytes. */
export const KEY_BYTES_MAX = 64

/** How far into a line its body may begin: relays add two headers at most, some 150 bytes. */
export const ENVELOPE_BYTES_MAX = 512

/** Words that headers may have before the body; two relays and RFC 5424 make twelve. */
export const ENVELOPE_WORDS_MAX = 16

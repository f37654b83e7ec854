/**
 * V8 keeps a substring of this length or more as a view of its parent, so that one kept name would keep its
 * whole line in memory; shorter ones are copies.
 */
const VIEW_LENGTH_MIN = 13

/**
 * The same text with characters of its own, so that an event does not hold on to the line it was cut from.
 * To cut a text from a joined one, V8 first has to write that out.
 */
export function ownCopyOf(text: string): string {
  return text.length < VIEW_LENGTH_MIN ? text : ` ${text}`.slice(1)
}

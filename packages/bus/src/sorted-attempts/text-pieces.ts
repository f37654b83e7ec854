/** Takes a text apart, piece by piece. */
export class TextPieces {
  #text = ''
  #at = 0

  start(text: string): void {
    this.#text = text
    this.#at = 0
  }

  next(length: number): string {
    const start = this.#at
    this.#at += length
    return this.#text.slice(start, this.#at)
  }

  rest(): string {
    return this.#text.slice(this.#at)
  }
}

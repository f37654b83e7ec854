/** A document, as far as it is looked at. */
export interface AlertDocument {
  readonly event: { readonly id: string }
  readonly sekisho: { readonly revision: number; readonly state: string }
}

/** The parts of a document that are facts and do not name a delivery, as text. */
export function factsOf(document: AlertDocument): string

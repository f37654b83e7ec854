/**
 * A reviewed network: its number, its organisation's name as the ASN database had it on the day of the review, and
 * `mixed` when one number serves fixed lines and mobile phones alike.
 */
export type ListedNetwork = readonly [asn: number, name: string, carries?: 'mixed']

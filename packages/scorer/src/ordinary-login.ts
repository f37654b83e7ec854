import type { VouchedLogin } from '@sekisho/detect'
import type { AccountId, AccountTable } from './store/account-table.ts'
import { AttemptRow } from './store/attempt-row.ts'
import type { BytePage } from './store/byte-page.ts'
import type { ByteWriter } from './store/bytes.ts'

/** A vouched login of an ordinary day as it lies in its row, to be used before the row changes: most are never read as texts. */
export class OrdinaryLogin implements VouchedLogin {
  readonly timestampMs: number
  readonly #accounts: AccountTable
  readonly #account: AccountId
  readonly #page: BytePage
  readonly #at: number

  /** @param at where the payload of its row begins in `page` */
  constructor(
    accounts: AccountTable,
    account: AccountId,
    page: BytePage,
    at: number,
    timestampMs: number,
  ) {
    this.#accounts = accounts
    this.#account = account
    this.#page = page
    this.#at = at
    this.timestampMs = timestampMs
  }

  get userKey(): string {
    return this.#accounts.nameOf(this.#account)
  }

  get address(): string {
    return AttemptRow.address(this.#page, this.#at)
  }

  get isIpv6(): boolean {
    return AttemptRow.isIpv6(this.#page, this.#at)
  }

  /** Writes the address, then the user, as `writeAddress` and `ByteWriter.text` do. */
  write(writer: ByteWriter): void {
    AttemptRow.copyAddress(this.#page, this.#at, writer)
    this.#accounts.record(this.#account).writeName(writer)
  }
}

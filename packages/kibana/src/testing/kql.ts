/** `field: value`, `field: *` or `field: (one or other)`, with or without `not` before it. */
interface Clause {
  readonly field: string
  readonly isNot: boolean
  /** Empty when any value will do. */
  readonly values: readonly string[]
}

const CLAUSE =
  /^(not )?([\w@.]+): (?:(\*)|"([^"]*)"|([\w.]+)|\(([\w.]+(?: or [\w.]+)*)\))(?: and |$)/

/**
 * The part of Kibana's query language that the description uses: clauses joined by `and`.
 * @throws Error for what is no such query
 */
function clausesOf(query: string): Clause[] {
  const clauses: Clause[] = []
  for (let rest = query; rest !== ''; ) {
    const match = CLAUSE.exec(rest)
    if (match === null) throw new Error(`not a query that this check understands: ${rest}`)
    const [whole, not, field, any, quoted, word, list] = match
    const values = any === undefined ? (list?.split(' or ') ?? [quoted ?? word ?? '']) : []
    clauses.push({ field: field as string, isNot: not !== undefined, values })
    rest = rest.slice(whole.length)
    if (rest === '' && whole.endsWith(' and '))
      throw new Error(`nothing after the last "and": ${query}`)
  }
  return clauses
}

/** Fields that a query asks for. */
export function fieldsOfKql(query: string): string[] {
  return clausesOf(query).map(({ field }) => field)
}

/** A query for Elasticsearch, as Kibana makes it of the text. */
export function queryOfKql(query: string): object {
  const clauses = clausesOf(query)
  const asked = (isNot: boolean) => clauses.filter((each) => each.isNot === isNot).map(clauseQuery)
  return { bool: { filter: asked(false), must_not: asked(true) } }
}

function clauseQuery({ field, values }: Clause): object {
  if (values.length === 0) return { exists: { field } }
  const should = values.map((value) => ({ match: { [field]: value } }))
  return { bool: { should, minimum_should_match: 1 } }
}

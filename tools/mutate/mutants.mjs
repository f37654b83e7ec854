import { parseSync } from '@swc/core'

/**
 * One small fault that can be put into a source file.
 *
 * @typedef {object} Mutant
 * @property {number} line from 1
 * @property {string} before the text that is replaced
 * @property {string} after what replaces it
 * @property {string} source the whole file with the fault
 */

/** What each operator is turned into: comparisons lose their equality and are negated, sums become differences. */
const OPERATORS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '||=': ['&&='],
}

const METHODS = { min: 'max', max: 'min', some: 'every', every: 'some' }
const JUMPS = new Set(['ReturnStatement', 'ContinueStatement', 'BreakStatement'])
const TYPED_EXPRESSIONS = new Set(['TsAsExpression', 'TsConstAssertion', 'TsNonNullExpression'])
const TEXTS = new Set(['StringLiteral', 'TemplateLiteral'])

/**
 * Every mutant of a TypeScript source, in the order of the places where they stand: operators, `!`, `true` and `false`,
 * `min` and `max`, `some` and `every`, conditions negated, early returns, filters and elements of lists left out.
 *
 * @param {string} source
 * @returns {Mutant[]}
 */
export function mutantsOf(source) {
  // Spans count bytes and begin with the first token: an empty statement makes that the start of the file.
  const bytes = Buffer.from(`;${source}`)
  const { span, body } = parseSync(bytes.toString(), { syntax: 'typescript', target: 'es2024' })
  const textOf = (start, end) => bytes.toString('utf8', start - span.start, end - span.start)
  const edits = []
  const edit = (start, end, after) => edits.push({ start, end, after })
  visit(body, { edit, textOf })
  edits.sort((a, b) => a.start - b.start || a.end - b.end)
  return edits.map(({ start, end, after }) => {
    const head = textOf(span.start + 1, start)
    return {
      line: head.split('\n').length,
      before: textOf(start, end),
      after,
      source: head + after + bytes.toString('utf8', end - span.start),
    }
  })
}

function visit(node, file) {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, file)
    return
  }
  if (node === null || typeof node !== 'object') return
  if (node.type?.startsWith('Ts')) {
    if (TYPED_EXPRESSIONS.has(node.type)) visit(node.expression, file)
    return
  }
  MUTATORS[node.type]?.(node, file)
  for (const value of Object.values(node)) visit(value, file)
}

const MUTATORS = {
  BinaryExpression: mutateOperator,
  AssignmentExpression: mutateOperator,
  UnaryExpression({ operator, span, argument }, { edit }) {
    if (operator === '!' || operator === '-') edit(span.start, argument.span.start, '')
  },
  BooleanLiteral({ span, value }, { edit }) {
    edit(span.start, span.end, String(!value))
  },
  MemberExpression({ property }, { edit }) {
    const other = Object.hasOwn(METHODS, property.value) ? METHODS[property.value] : undefined
    if (other !== undefined) edit(property.span.start, property.span.end, other)
  },
  CallExpression({ span, callee }, { edit }) {
    if (callee.property?.value === 'filter') edit(callee.object.span.end, span.end, '')
  },
  ArrayExpression: shorten,
  ConditionalExpression: negateTest,
  IfStatement(node, file) {
    negateTest(node, file)
    const { span, consequent, alternate } = node
    if (JUMPS.has(consequent.type) && !alternate) file.edit(span.start, span.end, ';')
  },
}

function mutateOperator({ operator, left, right }, { edit, textOf }) {
  if (TEXTS.has(left.type) || TEXTS.has(right.type)) {
    if (operator === '+') return
  }
  const gap = textOf(left.span.end, right.span.start)
  const start = left.span.end + Buffer.byteLength(gap.slice(0, gap.indexOf(operator)))
  for (const after of OPERATORS[operator] ?? []) edit(start, start + operator.length, after)
}

/** Leaves out each element of a list: a rule, a reason, a member of a set. */
function shorten({ elements }, { edit }) {
  if (elements.length < 2 || elements.includes(null)) return
  const spans = elements.map(({ spread, expression }) => ({
    ...expression.span,
    ...(spread && { start: spread.start }),
  }))
  spans.forEach(({ start, end }, i) => {
    const next = spans[i + 1]
    if (next !== undefined) edit(start, next.start, '')
    else edit(spans[i - 1].end, end, '')
  })
}

/** Negates a condition whose parts are not mutated anyway. */
function negateTest({ test: { type, operator, span } }, { edit, textOf }) {
  if (operator === '!' || (type === 'BinaryExpression' && operator in OPERATORS)) return
  edit(span.start, span.end, `!(${textOf(span.start, span.end)})`)
}

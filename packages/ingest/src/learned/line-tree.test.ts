import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LineTree, type Step } from './line-tree.ts'
import { ADDRESS, NAME, TEXT } from './token-kinds.ts'

const text = (value: string): Step => ({ bytes: Buffer.from(value) })
const token = (kind: typeof NAME | typeof TEXT | typeof ADDRESS): Step => ({ token: kind })

function treeOf(patterns: Readonly<Record<string, readonly Step[]>>): LineTree<string> {
  const tree = new LineTree<string>()
  for (const [name, steps] of Object.entries(patterns)) expect(tree.add(steps, name)).toBe(true)
  return tree
}

function followed(tree: LineTree<string>, line: string): [string, ...string[]] | null {
  const bytes = Buffer.from(`before${line}after`)
  const leaf = tree.follow(bytes, 6, 6 + Buffer.byteLength(line))
  if (leaf === null) return null
  const tokens: string[] = []
  for (let i = 0; i < 4; i++) {
    if ((tree.ends[i] as number) > (tree.starts[i] as number))
      tokens.push(bytes.toString('latin1', tree.starts[i], tree.ends[i]))
  }
  return [leaf, ...tokens]
}

const PATTERNS = {
  login: [text('login of '), token(NAME), text(' from '), token(ADDRESS), text('.')],
  failure: [text('login of '), token(NAME), text(' failed')],
  logout: [text('logout of '), token(NAME)],
  twice: [text('user '), token(NAME), text(' is '), { same: 0 }, text('!')],
  roles: [text('roles ['), token(TEXT), text(']')],
  noRoles: [text('roles []')],
}

test.each([
  ['login of jdoe from 192.0.2.1.', ['login', 'jdoe', '192.0.2.1']],
  ['login of a.b@c from 2001:db8::7.', ['login', 'a.b@c', '2001:db8::7']],
  ['login of jdoe failed', ['failure', 'jdoe']],
  ['logout of jdoe', ['logout', 'jdoe']],
  ['user jdoe is jdoe!', ['twice', 'jdoe']],
  ['roles [Staff, VPN Full]', ['roles', 'Staff, VPN Full']],
  ['roles []', ['noRoles']],
])('%j follows a pattern', (line, expected) => {
  expect(followed(treeOf(PATTERNS), line)?.slice(0, expected.length)).toEqual(expected)
})

test.each([
  '',
  'login of ',
  'login of jdoe',
  'login of j doe from 192.0.2.1.',
  'login of jdoe from 192.0.2.1',
  'login of jdoe from 192.0.2.1. more',
  'login of  from 192.0.2.1.',
  'user jdoe is jdo!',
  'user jdoe is jdoex!',
  'roles [a]b]',
  'roles [ ]',
])('%j follows none', (line) => {
  expect(followed(treeOf(PATTERNS), line)).toBeNull()
})

test('the order in which patterns are added changes nothing', () => {
  const lines = ['login of jdoe failed', 'roles []', 'user a is a!', 'logout of x', 'nothing']
  const expected = lines.map((line) => followed(treeOf(PATTERNS), line)?.[0])
  fc.assert(
    fc.property(
      fc.shuffledSubarray(Object.keys(PATTERNS), { minLength: Object.keys(PATTERNS).length }),
      (names) => {
        const tree = treeOf(
          Object.fromEntries(names.map((name) => [name, PATTERNS[name as keyof typeof PATTERNS]])),
        )
        expect(tree.leaves).toBe(names.length)
        expect(lines.map((line) => followed(tree, line)?.[0])).toEqual(expected)
      },
    ),
    { seed: 7 },
  )
})

test('of two kinds of token at one place the first one stays', () => {
  const tree = treeOf({ login: [text('a '), token(NAME)] })
  expect(tree.add([text('a '), token(ADDRESS)], 'other')).toBe(false)
  expect(tree.leaves).toBe(1)
  tree.clear()
  expect(followed(tree, 'a b')).toBeNull()
})

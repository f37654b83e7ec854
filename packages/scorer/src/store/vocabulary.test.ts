import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import fc from 'fast-check'
import { HOSTING, login, TODAY, TOKYO } from '../testing/story.ts'
import { ByteSource } from './byte-source.ts'
import { Interned } from './interned.ts'
import { tokenOf } from './token.ts'
import { Vocabulary } from './vocabulary.ts'

fc.configureGlobal({ seed: 20_261_122 })

describe('values kept once', () => {
  type Value = { readonly text: string }
  const texts = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const steps = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ text: texts }) },
      { weight: 1, arbitrary: fc.record({ used: fc.subarray(['a', 'b', 'c', 'd', 'e']) }) },
    ),
    { maxLength: 50 },
  )

  test('have one number each, as long as they are in use', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const interned = new Interned<Value>(({ text }) => text)
        const model = new Map<string, number>()
        for (const next of all) {
          if ('used' in next) {
            interned.sweep((id) => next.used.includes(interned.value(id).text))
            for (const text of model.keys()) if (!next.used.includes(text)) model.delete(text)
          } else {
            const id = interned.idOf({ text: next.text })
            expect(model.get(next.text) ?? id).toBe(id)
            model.set(next.text, id)
          }
          expect(interned.size).toBe(model.size)
          expect(new Set(model.values()).size).toBe(model.size)
          for (const [text, id] of model) expect(interned.value(id)).toEqual({ text })
        }
        const restored = new Interned<Value>(({ text }) => text)
        restored.restore(JSON.parse(JSON.stringify(interned.entries())))
        for (const [text, id] of model) expect(restored.idOf({ text })).toBe(id)
        expect(restored.size).toBe(interned.size)
      }),
    )
  })

  test('a number that stands for nothing is an error', () => {
    const interned = new Interned<Value>(({ text }) => text)
    const id = interned.idOf({ text: 'a' })
    interned.sweep(() => false)
    expect(() => interned.value(id)).toThrow('no value is kept')
  })
})

describe('places and origins', () => {
  const atHome = login('aoki', TOKYO, TODAY, '08:00', {
    userAgent: 'FortiClient/7.0.9',
    realm: 'staff',
  })

  test('lines of one gateway, client, realm, domain and file have one origin', () => {
    const vocabulary = new Vocabulary(DEFAULT_CONFIG)
    const id = vocabulary.originIdOf(atHome)
    const alike = { userAgent: 'FortiClient/7.0.9', realm: 'staff' }
    expect(vocabulary.originIdOf(login('berg', HOSTING, TODAY, '09:00', alike))).toBe(id)
    const others = [
      login('aoki', TOKYO, TODAY, '08:00', { ...alike, userAgent: 'FortiClient/7.0.8' }),
      login('aoki', TOKYO, TODAY, '08:00', { ...alike, realm: 'admins' }),
      login('aoki', TOKYO, TODAY, '08:00', { ...alike, gateway: 'gw-2' }),
      login('aoki', TOKYO, TODAY, '08:00', { ...alike, gatewaySerial: 'FG1' }),
      login('aoki', TOKYO, TODAY, '08:00', { ...alike, userDomain: 'CORP' }),
      login('aoki', TOKYO, TODAY, '08:00', { ...alike, vendor: 'pulse-secure' }),
      { ...atHome, line: { path: 'another', number: 1 } },
    ]
    expect(new Set([id, ...others.map((each) => vocabulary.originIdOf(each))]).size).toBe(8)
    expect(vocabulary.origins.value(id)).toMatchObject({
      gatewayToken: tokenOf('gw-1'),
      clientToken: tokenOf('forticlient'),
      realmToken: tokenOf('staff'),
    })
  })

  test('what no row names is swept out, what is named keeps its number', () => {
    const vocabulary = new Vocabulary(DEFAULT_CONFIG)
    const [place, other] = [vocabulary.placeIdOf(TOKYO.place), vocabulary.placeIdOf(HOSTING.place)]
    const origin = vocabulary.originIdOf(atHome)
    vocabulary.sweep(new Set([place]), new Set())
    expect([vocabulary.places.size, vocabulary.origins.size]).toEqual([1, 0])
    expect(vocabulary.placeIdOf({ ...TOKYO.place })).toBe(place)
    expect(() => vocabulary.places.value(other)).toThrow()
    expect(vocabulary.origins.value(vocabulary.originIdOf(atHome)).realm).toBe('staff')
    expect(vocabulary.originIdOf(atHome)).toBe(origin)
  })

  test('a restored vocabulary goes on with the numbers of the saved one', () => {
    const vocabulary = new Vocabulary(DEFAULT_CONFIG)
    vocabulary.placeIdOf(HOSTING.place)
    const ids = [vocabulary.placeIdOf(TOKYO.place), vocabulary.originIdOf(atHome)]
    vocabulary.sweep(new Set([ids[0] as number]), new Set([ids[1] as number]))
    const restored = new Vocabulary(DEFAULT_CONFIG)
    restored.restore(new ByteSource([...vocabulary.save()]))
    expect([restored.placeIdOf({ ...TOKYO.place }), restored.originIdOf(atHome)]).toEqual(ids)
    expect(restored.placeIdOf(HOSTING.place)).not.toBe(ids[0])
  })
})

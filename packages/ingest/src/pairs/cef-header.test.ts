import { expect, test } from '@jest/globals'
import { CEF_FIELD, CefHeader } from './cef-header.ts'

function headerOf(text: string): CefHeader {
  const bytes = Buffer.from(text)
  const header = new CefHeader()
  header.read(bytes, 0, bytes.length)
  return header
}

test.each(['CEF:', 'CEF: ', ''])('reads the header behind %j', (mark) => {
  const text = `${mark}0|Vendor|Pro\\|duct\\\\|1.0|39426|name|7|user=a|b`
  const header = headerOf(text)
  expect(header.isWhole).toBe(true)
  expect(Object.values(CEF_FIELD).map((field) => header.text(field))).toEqual([
    ...['0', 'Vendor', 'Pro\\|duct\\\\', '1.0', '39426', 'name', '7'],
  ])
  expect(text.slice(header.extension)).toBe('user=a|b')
  expect(header.digitsIn(CEF_FIELD.signature)).toBe(5)
  expect(header.numberIn(CEF_FIELD.signature)).toBe(39_426)
  expect(header.digitsIn(CEF_FIELD.name)).toBe(0)
  expect(header.begins(CEF_FIELD.vendor, 'Vend')).toBe(true)
  expect(header.begins(CEF_FIELD.vendor, 'Vendor|')).toBe(false)
})

test('a header that is cut short says so, and keeps nothing of the one before', () => {
  const header = headerOf('CEF:0|A|B|C|1|N|3|x=y')
  const cut = Buffer.from('CEF:0|Vendor|Prod')
  header.read(cut, 0, cut.length)
  expect(header.isWhole).toBe(false)
  expect(header.begins(CEF_FIELD.vendor, 'Vendor')).toBe(true)
  expect(header.begins(CEF_FIELD.product, 'Prod')).toBe(false)
})

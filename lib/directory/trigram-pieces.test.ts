import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trigramPieces } from './trigram-pieces.ts'

test.each([
  ['abc', ['abc']],
  ['abcdef', ['abcdef']],
  ['a.b.c.d.e.f.g', ['a.b.c.d.e.f.g']],
  ['amara.green.49990', ['ama', 'gre', 'een', '990']],
  ['amara.green.49990@corp.example', ['ama', 'gre', 'een', '990']],
  ['@corp.example.com', ['cor', 'exa', 'mpl', 'com']],
  ['aaaaaaaaaaaaaaaa', ['aaa']],
  ['zoë müller-lüdenscheidt', ['lle', 'ens', 'che', 'idt']],
])('%s is looked up as %j', (text, pieces) => {
  expect(trigramPieces(text)).toEqual(pieces)
})

test('whatever contains a text contains its pieces, each of which an index of trigrams knows', () => {
  const letters = fc.constantFrom(...'abz019.-_@% \\üß🧑')
  fc.assert(
    fc.property(fc.array(letters, { minLength: 3, maxLength: 40 }), (characters) => {
      const text = characters.join('')
      const pieces = trigramPieces(text)
      expect(pieces.length).toBeGreaterThan(0)
      for (const piece of pieces) {
        expect(text).toContain(piece)
        expect(piece.length).toBeGreaterThanOrEqual(3)
      }
    }),
  )
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { standardDefinitions } from '#lib/scim/schema/resource-types'
import { schemaDocument, schemasOfDefinitions } from '#lib/scim/schema/schema-document'

type Described = Record<string, Record<string, unknown>>
const data = JSON.parse(readFileSync(`${import.meta.dirname}/schemas.json`, 'utf8')) as {
  schemas: Record<string, Described>
  differences: { schemas: Record<string, Described> }
}
const DEFAULTS = {
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
}

type Published = { name: string; description: string; subAttributes?: Published[] } & Record<string, unknown>

function flat(attributes: readonly Published[], prefix = ''): Described {
  const out: Described = {}
  for (const { name, description, subAttributes, ...rest } of attributes) {
    expect(description, name).toMatch(/\w/)
    out[prefix + name] = rest
    Object.assign(out, flat(subAttributes ?? [], `${prefix}${name}.`))
  }
  return out
}

const published = new Map(
  schemasOfDefinitions(standardDefinitions).map((schema) => {
    const document = schemaDocument(schema, 'https://muster.example/scim/v2')
    return [document.id, flat(document.attributes as unknown as Published[])]
  }),
)

test.each(Object.keys(data.schemas))('RFC 7643 §8.7.1: %s is published as the RFC describes it', (urn) => {
  const ours = published.get(urn) as Described
  for (const [path, said] of Object.entries(data.schemas[urn] as Described)) {
    const differences = data.differences.schemas[urn]?.[path] ?? {}
    expect(ours[path], path).toEqual({ ...DEFAULTS, ...said, ...differences })
  }
})

test('what Muster adds to the RFC’s schemas is known', () => {
  const added = Object.keys(data.schemas).flatMap((urn) =>
    Object.keys(published.get(urn) as Described).filter((path) => !data.schemas[urn]?.[path]),
  )
  // §2.4 gives addresses a primary and members a display.
  expect(added).toEqual(['addresses.primary', 'members.display'])
})

test('every difference from the RFC is one', () => {
  for (const [urn, attributes] of Object.entries(data.differences.schemas))
    for (const [path, said] of Object.entries(attributes))
      for (const [name, value] of Object.entries(said)) {
        const rfc = { ...DEFAULTS, ...data.schemas[urn]?.[path] } as Record<string, unknown>
        expect(rfc[name], `${urn}:${path} ${name}`).not.toEqual(value)
      }
})

import { during, isRecord, OperationError, type ScimCall } from './call.ts'

const PAGE_SIZE = 100

/** Walks a whole collection a hundred at a time until `totalResults` is reached. */
export async function importAll(
  call: ScimCall,
  collection: 'Users' | 'Groups',
): Promise<Record<string, unknown>[]> {
  const resources: Record<string, unknown>[] = []
  const doing = `downloading ${collection === 'Users' ? 'users' : 'user groups'}`
  for (let startIndex = 1; ; startIndex += PAGE_SIZE) {
    const path = `/${collection}?startIndex=${startIndex}&count=${PAGE_SIZE}`
    const { body } = await during(doing, call({ method: 'GET', path }))
    if (!isRecord(body) || !Number.isInteger(body.totalResults)) {
      throw new OperationError(`Error while ${doing}: totalResults is not an integer`)
    }
    const page = Array.isArray(body.Resources) ? body.Resources.filter(isRecord) : []
    resources.push(...page)
    if (page.length === 0 || resources.length >= Number(body.totalResults)) return resources
  }
}

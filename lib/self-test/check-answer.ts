import { type Assertion, fill, type Variables, valueAt } from './okta-suite.ts'
import type { Check } from './self-test-types.ts'

export type Answer = { status: number; milliseconds: number; json: unknown }

/** Holds an answer against one of a suite's assertions, as Runscope does it. */
export function checkAnswer(assertion: Assertion, answer: Answer, variables: Readonly<Variables>): Check {
  const { comparison, source, property = '', value } = assertion
  const wanted = typeof value === 'string' ? fill(value, variables) : value
  const found = foundIn(source, property, answer)
  const passed = holds(comparison, found, wanted)
  const what =
    source === 'response_status' ? 'Status' : source === 'response_time' ? 'Milliseconds taken' : property
  const text = `${what} ${wordsOf[comparison] ?? comparison}${wanted === null || wanted === undefined ? '' : ` ${String(wanted)}`}`
  return passed ? { text, passed } : { text, passed, found: shortened(found) }
}

const wordsOf: Readonly<Record<string, string>> = {
  equal: 'is',
  equal_number: 'is',
  not_empty: 'is not empty',
  has_value: 'contains',
  contains: 'contains',
  is_a_number: 'is a number',
  is_less_than: 'is less than',
}

function foundIn(source: string, property: string, answer: Answer): unknown {
  if (source === 'response_status') return answer.status
  if (source === 'response_time') return answer.milliseconds
  return valueAt(answer.json, property)
}

function holds(comparison: string, found: unknown, wanted: unknown): boolean {
  switch (comparison) {
    case 'equal':
      return String(found) === String(wanted)
    case 'equal_number':
      return found !== undefined && found !== '' && Number(found) === Number(wanted)
    case 'not_empty':
      return Array.isArray(found) ? found.length > 0 : found !== undefined && found !== null && found !== ''
    case 'has_value':
      return Array.isArray(found) && found.includes(wanted)
    case 'contains':
      return String(found).includes(String(wanted))
    case 'is_a_number':
      return typeof found === 'number'
    case 'is_less_than':
      return Number(found) < Number(wanted)
    default:
      return false
  }
}

function shortened(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing')
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

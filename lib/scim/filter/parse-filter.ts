import { shorten } from '../note.ts'
import type { AttributePath } from '../schema/find-attribute.ts'
import { ScimError, type ScimType } from '../scim-error.ts'
import { type Filter, type Literal, type Operator, operators } from './ast.ts'
import { MAX_FILTER_DEPTH, MAX_FILTER_LENGTH, MAX_FILTER_TERMS } from './bounds.ts'
import { parseAttributePath } from './parse-attribute-path.ts'
import { type Token, tokenize } from './tokenize.ts'

const operatorByName = new Map<string, Operator>(operators.map((operator) => [operator, operator]))

/**
 * Parses a filter (RFC 7644 §3.4.2.2): `not` binds tighter than `and`, `and` tighter than `or`; keywords have no
 * case. Bounded: 4,096 characters, 32 levels, 100 comparisons. Throws ScimError 400 `invalidFilter` for anything
 * that is not a filter, and nothing else, whatever the text.
 */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_FILTER_LENGTH) {
    throw new ScimError(400, 'invalidFilter', `The filter is longer than ${MAX_FILTER_LENGTH} characters.`)
  }
  const parser = new FilterParser(tokenize(text, 'invalidFilter'), 'invalidFilter')
  const filter = parser.parseOr()
  parser.expectEnd()
  return filter
}

/** The grammar over tokens; also used for the filter inside a PATCH path (there with scimType `invalidPath`). */
export class FilterParser {
  private readonly tokens: readonly Token[]
  private readonly scimType: ScimType
  private position = 0
  private depth = 0
  private terms = 0

  constructor(tokens: readonly Token[], scimType: ScimType) {
    this.tokens = tokens
    this.scimType = scimType
  }

  parseOr(insideValues = false): Filter {
    return this.parseChain('or', () => this.parseChain('and', () => this.parseUnary(insideValues)))
  }

  expectEnd(): void {
    const token = this.next()
    if (token.kind !== 'end') throw this.error(token, 'the end, "and" or "or"')
  }

  peek(): Token {
    return this.tokens[this.position] as Token
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.position += 1
    return token
  }

  /** The filter between brackets; the opening one is the next token. */
  parseBracketed(): Filter {
    this.next()
    this.descend(this.peek())
    const filter = this.parseOr(true)
    this.depth -= 1
    const close = this.next()
    if (close.kind !== ']') throw this.error(close, '"]", "and" or "or"')
    return filter
  }

  parsePath(): AttributePath {
    const token = this.next()
    const path = token.kind === 'word' ? parseAttributePath(token.text) : undefined
    if (!path) throw this.error(token, 'an attribute name')
    return path
  }

  error(token: Token, expected: string): ScimError {
    const found =
      token.kind === 'end'
        ? 'the end'
        : `${token.kind === 'string' ? 'the string ' : ''}${shorten(token.text)}`
    return new ScimError(
      400,
      this.scimType,
      `Expected ${expected} at position ${token.at + 1}, found ${found}.`,
    )
  }

  private parseChain(keyword: 'and' | 'or', parseOperand: () => Filter): Filter {
    const operands = [parseOperand()]
    while (this.peekWord() === keyword) {
      this.next()
      operands.push(parseOperand())
    }
    return operands.length === 1 ? (operands[0] as Filter) : { kind: keyword, operands }
  }

  private parseUnary(insideValues: boolean): Filter {
    const token = this.peek()
    if (token.kind === '(') return this.parseGroup(insideValues)
    if (this.peekWord() === 'not' && this.tokens[this.position + 1]?.kind === '(') {
      this.next()
      return { kind: 'not', operand: this.parseGroup(insideValues) }
    }
    return this.parseTerm(insideValues)
  }

  private parseGroup(insideValues: boolean): Filter {
    this.descend(this.next())
    const filter = this.parseOr(insideValues)
    this.depth -= 1
    const close = this.next()
    if (close.kind !== ')') throw this.error(close, '")", "and" or "or"')
    return filter
  }

  private parseTerm(insideValues: boolean): Filter {
    const path = this.parsePath()
    const bracket = this.peek()
    if (bracket.kind !== '[') return this.parseComparison(path)
    if (insideValues) throw this.error(bracket, 'an operator (brackets do not nest)')
    const filter = this.parseBracketed()
    const suffix = this.peek()
    if (suffix.kind !== 'word' || !suffix.text.startsWith('.')) return { kind: 'values', path, filter }
    this.next()
    const sub = parseAttributePath(suffix.text.slice(1))
    if (!sub || sub.uri !== undefined || sub.sub !== undefined)
      throw this.error(suffix, 'a sub-attribute name')
    return { kind: 'values', path, filter: { kind: 'and', operands: [filter, this.parseComparison(sub)] } }
  }

  private parseComparison(path: AttributePath): Filter {
    this.terms += 1
    if (this.terms > MAX_FILTER_TERMS) {
      throw new ScimError(400, this.scimType, `The filter has more than ${MAX_FILTER_TERMS} comparisons.`)
    }
    const token = this.next()
    const keyword = token.kind === 'word' ? token.text.toLowerCase() : ''
    if (keyword === 'pr') return { kind: 'present', path }
    const operator = operatorByName.get(keyword)
    if (!operator) throw this.error(token, 'one of eq, ne, co, sw, ew, gt, ge, lt, le, pr')
    return { kind: 'compare', path, operator, value: this.parseLiteral() }
  }

  private parseLiteral(): Literal {
    const token = this.next()
    if (token.kind === 'string') return token.text
    if (token.kind === 'word') {
      const lower = token.text.toLowerCase()
      if (lower === 'true') return true
      if (lower === 'false') return false
      if (lower === 'null') return null
      if (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(token.text)) {
        const number = Number(token.text)
        // -0 and 0 are one value; what overflows is not a number that JSON could have carried.
        if (Number.isFinite(number)) return number === 0 ? 0 : number
      }
    }
    throw this.error(token, 'a value (a string in double quotes, a number, true, false or null)')
  }

  private peekWord(): string {
    const token = this.peek()
    return token.kind === 'word' ? token.text.toLowerCase() : ''
  }

  private descend(token: Token): void {
    this.depth += 1
    if (this.depth > MAX_FILTER_DEPTH) {
      const detail = `The filter is nested deeper than ${MAX_FILTER_DEPTH} levels, at position ${token.at + 1}.`
      throw new ScimError(400, this.scimType, detail)
    }
  }
}

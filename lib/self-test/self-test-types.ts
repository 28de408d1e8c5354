/** One request of a step and its answer, without what authorizes and without passwords. */
export type StepExchange = {
  /** Who sent it: the test itself, or Okta because of what the test did there. */
  by: 'test' | 'okta'
  method: string
  url: string
  requestHeaders: Record<string, string>
  requestBody: string
  /** 0: there was no answer; `responseBody` says why. */
  status: number
  responseBody: string
  milliseconds: number
}

export type Check = { text: string; passed: boolean; found?: string }

export type StepResult = {
  suite: string
  /** 1 for the first step of its suite. */
  number: number
  title: string
  /** False for a test that Okta calls optional: it may fail without failing the whole. */
  required: boolean
  passed: boolean
  checks: Check[]
  exchanges: StepExchange[]
  milliseconds: number
}

/** What a run came to: every required step passed; some did not; or it could not be carried through. */
export type SelfTestOutcome = 'passed' | 'failed' | 'error'

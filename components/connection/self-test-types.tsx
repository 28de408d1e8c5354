export type SelfTestState = 'waiting' | 'running' | 'passed' | 'failed' | 'warned'

export type SelfTestMessage = {
  key: string
  /** "The test" or "Okta", which sends because of what the test did there. */
  by: string
  method: string
  url: string
  /** 0: no answer came. */
  status: number
  milliseconds: number
  headers: { name: string; value: string }[]
  requestBody: string
  responseBody: string
}

export type SelfTestStep = {
  key: string
  title: string
  state: SelfTestState
  milliseconds?: number
  /** Opens the step, or closes it when it is open; absent while there is nothing to see. */
  href?: string
  open: boolean
  checks: { text: string; passed: boolean; found?: string }[]
  messages: SelfTestMessage[]
}

export type SelfTestSuite = { key: string; title: string; description: string; steps: SelfTestStep[] }

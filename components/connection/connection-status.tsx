import { Status } from '#components/ui/badge'

export type ConnectionState =
  | { kind: 'waiting' }
  | { kind: 'active' }
  | { kind: 'idle'; days: number }
  | { kind: 'failing' }
  | { kind: 'tokenless' }
  | { kind: 'disconnected' }

/** A connection's health in words. */
export function connectionWords(state: ConnectionState): string {
  switch (state.kind) {
    case 'waiting':
      return 'Waiting for first push'
    case 'active':
      return 'Active'
    case 'idle':
      return `Idle for ${state.days} ${state.days === 1 ? 'day' : 'days'}`
    case 'failing':
      return 'Failing'
    case 'tokenless':
      return 'No live token'
    case 'disconnected':
      return 'Disconnected'
  }
}

const tones = {
  waiting: 'info',
  active: 'success',
  idle: 'warning',
  failing: 'danger',
  tokenless: 'danger',
  disconnected: 'neutral',
} as const

export function ConnectionStatus({ state }: { state: ConnectionState }) {
  return (
    <Status tone={tones[state.kind]} hollow={state.kind === 'disconnected'} pulse={state.kind === 'waiting'}>
      {connectionWords(state)}
    </Status>
  )
}

import { makeRecoveryLink, RECOVERY_HOURS } from '#lib/auth/recovery/make-recovery-link'
import { command } from '../command.ts'

export const memberRecover = command({
  summary: 'Makes a link with which a person who cannot sign in chooses a new password',
  options: {
    email: { type: 'string', value: 'EMAIL', help: 'whom', required: true },
    'drop-second-factor': {
      type: 'boolean',
      help: 'the link also turns two-step sign-in off: for a lost phone without recovery codes',
    },
  },
  notes:
    `The link works once, within ${RECOVERY_HOURS} hours, and a newer one ends the one before. Hand it to the person ` +
    'yourself: whoever opens it gets the account. Nothing changes before it is used; then all their browsers are signed out.',
  async run({ email, 'drop-second-factor': dropsSecondFactor }) {
    const made = await makeRecoveryLink({ email, dropsSecondFactor }, Date.now())
    return {
      json: { email: made.email, url: made.url, expiresAt: made.expiresAt.toISOString(), dropsSecondFactor },
      text: `${made.url}\n\nFor ${made.email}, once, within ${RECOVERY_HOURS} hours. It is not shown again.`,
    }
  },
})

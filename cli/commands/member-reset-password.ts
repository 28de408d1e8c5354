import { resetPassword } from '#lib/auth/members/reset-password'
import { command, UsageError } from '../command.ts'
import { readStandardInput } from '../standard-input.ts'

export const memberResetPassword = command({
  summary: 'Gives a person a new password and signs them out everywhere',
  options: {
    email: { type: 'string', value: 'EMAIL', help: 'whom', required: true },
    'password-stdin': {
      type: 'boolean',
      help: 'read the password from standard input, where no list of processes shows it',
    },
  },
  async run({ email, 'password-stdin': passwordStdin }) {
    if (!passwordStdin)
      throw new UsageError('--password-stdin is missing: the password comes on standard input.')
    const password = (await readStandardInput()).replace(/\r?\n$/, '')
    await resetPassword({ email, password }, Date.now())
    return {
      json: { email: email.trim(), reset: true },
      text: `${email.trim()} signs in with the new password from now on.`,
    }
  },
})

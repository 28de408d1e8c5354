import { databaseFault } from '#lib/db/database-fault'
import { newId } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { problemPage } from './problem-page.ts'

/**
 * Answers a person's browser on its way between Okta and Muster. What fails becomes a page that says what happened and what
 * to do: 503 with Retry-After while the database does not answer, 500 for a fault of Muster's own. It is not sent back to the
 * client (`server_error`, RFC 6749 §4.1.2.1): trying again is this browser's, and leads on.
 */
export async function orProblem(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (cause) {
    const reference = newId()
    logger().error({ err: cause, requestId: reference }, 'an authorization request failed')
    const away = databaseFault(cause)
    if (!away)
      return problemPage({
        title: 'Muster could not do this',
        explanation: 'Muster met an error of its own, and shared nothing.',
        advice: 'Start again in Okta. If it happens again, Muster’s operator finds the cause in the log.',
        reference,
        status: 500,
      })
    return problemPage({
      title: 'Muster’s database does not answer',
      explanation:
        away.kind === 'lost'
          ? 'The connection to Muster’s database was lost before it said whether this was done.'
          : away.what,
      advice:
        away.kind === 'lost'
          ? 'Start again in Okta: a connection that was made twice is listed in Muster under Connections, and can be disconnected there.'
          : 'Reload this page in a moment, or start again in Okta.',
      reference,
      status: 503,
      headers: { 'retry-after': String(away.seconds) },
    })
  }
}

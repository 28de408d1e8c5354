import { notFound } from 'next/navigation'
import { SelfTestSuite } from '#components/connection/self-test-suite'
import { SelfTestSummary } from '#components/connection/self-test-summary'
import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { connectionDetail } from '#lib/connections/connection-detail'
import { latestRun, type SelfTestRun } from '#lib/self-test/self-test-runs'
import { plannedSteps, SUITES } from '#lib/self-test/suites'
import { runSelfTest } from './actions.ts'
import { suitesShown } from './suites-shown.ts'

export default async function SelfTestPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string; id: string }>
  searchParams: Promise<{ step?: string | string[] }>
}) {
  const [{ team: slug, id }, { step }] = await Promise.all([params, searchParams])
  const { team } = await requireTeam(slug, 'admin')
  const connection = (await connectionDetail(team.id, id, Date.now())) ?? notFound()
  const run = await latestRun(team.id, id, Date.now())
  const path = `/${slug}/connections/${id}/self-test`
  const running = run !== undefined && run.outcome === null
  return (
    <Page
      crumbs={[
        { label: 'Connections', href: `/${slug}/connections` },
        { label: connection.name, href: `/${slug}/connections/${id}` },
        { label: 'Self-test' },
      ]}
      title="Self-test"
      description="Runs Okta’s own SCIM tests against this server over HTTP, as Okta would. They run in a team of their own, which is removed again: your users and groups are not touched."
      action={
        <ActionForm action={runSelfTest.bind(null, slug, id)} className="grid gap-2">
          <SubmitButton pending="Starting…">
            {running ? 'Running…' : run ? 'Run again' : 'Run self-test'}
          </SubmitButton>
        </ActionForm>
      }
      narrow
    >
      <div className="grid gap-4">
        {run && <SelfTestSummary facts={summaryOf(run)} />}
        {suitesShown(run, typeof step === 'string' ? step : '', path).map((suite) => (
          <SelfTestSuite key={suite.key} suite={suite} />
        ))}
      </div>
    </Page>
  )
}

function summaryOf(run: SelfTestRun) {
  return {
    outcome: run.outcome ?? ('running' as const),
    done: run.steps.length,
    passed: run.steps.filter((step) => step.passed || !step.required).length,
    total: SUITES.reduce((sum, suite) => sum + plannedSteps(suite).length, 0),
    startedBy: run.startedBy,
    startedAt: run.startedAt.toISOString(),
    scimBaseUrl: run.scimBaseUrl ?? undefined,
    problem: run.problem ?? undefined,
  }
}

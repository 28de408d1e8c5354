import { Hono } from 'hono'
import { html } from 'hono/html'
import { dismissTasks, retryTasks } from '../org/apps.ts'
import { appUrl } from './apps.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { counted, page, when } from './layout.ts'

export function taskPages(sandbox: Sandbox): Hono {
  const { org } = sandbox
  const pages = new Hono()

  pages.get('/', (c) => {
    const tasks = org.state.apps.flatMap((app) => app.tasks.map((task) => ({ app, task })))
    const pushErrors = org.state.apps.flatMap((app) => {
      const count = app.pushes.filter((push) => push.status === 'ERROR').length
      return count === 0 ? [] : [{ app, count }]
    })
    const waiting = org.state.apps.flatMap((app) =>
      app.jobs.filter((job) => job.notBefore !== '').map((job) => ({ app, job })),
    )
    const body = html`<h1>Tasks</h1>
<div data-live id="paused">${waiting.map(({ app, job }) => html`<div class="callout warn"><p>${app.label} is rate limited. Attempt ${job.attempts + 1} of 10 at ${when(job.notBefore)}.</p></div>`)}</div>
${pushErrors.map(({ app, count }) => html`<div class="callout error"><p><strong>${count}</strong> pushed ${count === 1 ? 'group' : 'groups'} of ${app.label} ${count === 1 ? 'has' : 'have'} errors. <a href="${appUrl(app, 'push-groups')}?show=errors">Push Groups</a></p></div>`)}
<div data-live id="tasks">${
      tasks.length === 0
        ? html`<p class="empty">No failed operation.</p>`
        : html`<form method="post" action="/admin/tasks"><div class="scroll"><table class="stack"><caption>Application assignments encountered errors</caption><thead><tr><th scope="col"><span class="hidden">Choose</span></th><th scope="col">Task</th><th scope="col">Application</th><th scope="col">Time</th></tr></thead>
<tbody>${tasks.map(
            ({ app, task }) =>
              html`<tr><td><input type="checkbox" name="task" value="${app.id}:${task.id}" aria-label="Choose this task" checked></td><td class="wide">${task.message}</td><td data-label="Application"><a href="${appUrl(app, 'assignments')}">${app.label}</a></td><td data-label="Time">${when(task.at)}</td></tr>`,
          )}</tbody></table></div><div class="actions"><button class="primary" name="do" value="retry">Retry Selected</button><button class="plain" name="do" value="dismiss">Dismiss Selected</button></div></form>`
    }</div>`
    return page(c, sandbox, { title: 'Tasks', section: 'tasks', body })
  })

  pages.post('/', async (c) => {
    const form = await readForm(c)
    return act(c, '/admin/tasks', () => {
      const chosen = form.list('task').map((value) => value.split(':'))
      for (const app of [...org.state.apps]) {
        const ids = chosen.flatMap(([appId, taskId]) =>
          appId === app.id && taskId !== undefined ? [taskId] : [],
        )
        if (form.text('do') === 'dismiss') dismissTasks(org, app.id, ids)
        else retryTasks(org, app.id, ids)
      }
      return form.text('do') === 'dismiss' ? 'Dismissed.' : `Retrying ${counted(chosen.length, 'task')}.`
    })
  })

  return pages
}

// Keeps the parts marked data-live current: fetches this page once a second and exchanges what changed.
// Without it everything works, with a reload.
const regions = () => document.querySelectorAll('[data-live]')

function inUse(region) {
  return region.querySelector('details[open]') !== null || region.contains(document.activeElement)
}

async function refresh() {
  if (document.hidden) return
  const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const region of regions()) {
    const next = fresh.getElementById(region.id)
    if (next === null || inUse(region) || next.innerHTML === region.innerHTML) continue
    region.innerHTML = next.innerHTML
  }
}

if (regions().length > 0) {
  const tick = () =>
    refresh()
      .catch(() => {})
      .finally(() => setTimeout(tick, 1000))
  setTimeout(tick, 500)
}

// A menu closes when the click goes elsewhere, and with Escape.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open], details.info[open]')) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of document.querySelectorAll('details.menu[open], details.info[open]')) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

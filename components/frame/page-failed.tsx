/** What a page says that could not be shown, inside a team and outside. */
export const PAGE_FAILED = {
  title: 'This page could not be shown',
  explanation:
    'Muster met an error of its own, or its database does not answer. Try again in a moment; what Okta cannot deliver meanwhile it sends again.',
}

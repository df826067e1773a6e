/** A line that git leaves where a merge needs a person (git-merge(1), HOW CONFLICTS ARE PRESENTED). */
export const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/m

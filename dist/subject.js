// src/action/subject.ts
/** What the reports of this run are about. People know a pull request by its last commit, not by the one that merges it. */
function subjectOf(app, { environment }, { sha, url, pullRequest }) {
	return {
		app,
		environment,
		commit: pullRequest?.head ?? sha,
		run: url
	};
}
export { subjectOf as t };

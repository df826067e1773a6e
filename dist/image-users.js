// src/app/image-users.ts
/** Every process, every container with an image of its own, every task, in the order of the config. */
function imageUsers({ processes, tasks }) {
	return [...processes.flatMap((each) => [user(`process:${each.name}`, each.name, `processes.${each.name}`, each), ...Object.entries(each.containers).flatMap(([name, { image, build }]) => {
		if (image === null && build === null) return [];
		const path = `processes.${each.name}.containers.${name}`;
		return user(containerId(each.name, name), `${each.name}/${name}`, path, {
			image,
			build: build ?? each.build
		});
	})]), ...tasks.map((each) => user(`task:${each.name}`, `task ${each.name}`, `tasks.${each.name}`, each))];
}
/** `process:web/proxy`. */
function containerId(process, container) {
	return `process:${process}/${container}`;
}
function user(id, name, path, { image, build }) {
	return {
		id,
		name,
		path,
		image,
		build
	};
}
export { imageUsers as n, containerId as t };
